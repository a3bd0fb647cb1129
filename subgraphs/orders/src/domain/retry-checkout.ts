import { AppError } from '@commerce/kit/errors';
import { isPlausibleId } from '@commerce/kit/ids';

/** Lets what is parked of an order be taken up again.
 *  @returns false where there is nothing */
type Retryable = { retry(orderId: string): Promise<boolean> };

export type RetryDeps = Record<'checkouts' | 'refunds' | 'mails' | 'messages', Retryable>;

/** Lets what is parked of an order, its checkout, refunds, mails and the payment provider's messages, be taken up
 *  again at once. Webhook deliveries are replayed one by one.
 *  @throws AppError RES_001 where nothing of it is parked */
export async function retryCheckout(deps: RetryDeps, orderId: string): Promise<void> {
  if (!isPlausibleId(orderId)) throw nothingParked();
  const isRetried = await Promise.all([
    deps.checkouts.retry(orderId),
    deps.refunds.retry(orderId),
    deps.mails.retry(orderId),
    deps.messages.retry(orderId),
  ]);
  if (!isRetried.includes(true)) throw nothingParked();
}

function nothingParked(): AppError {
  return new AppError('RES_001', 'Nothing of such an order is parked');
}
