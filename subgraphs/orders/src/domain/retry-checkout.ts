import { AppError } from '@commerce/kit/errors';
import { isPlausibleId } from '@commerce/kit/ids';
import type { OrdersDeps } from './orders-deps.ts';

/** Lets what is parked of an order, its checkout and its refunds, be taken up again at once.
 *  @throws AppError RES_001 where nothing of it is parked */
export async function retryCheckout(
  deps: Pick<OrdersDeps, 'checkouts' | 'refunds'>,
  orderId: string,
): Promise<void> {
  if (!isPlausibleId(orderId)) throw nothingParked();
  const [hasCheckout, hasRefunds] = await Promise.all([
    deps.checkouts.retry(orderId),
    deps.refunds.retry(orderId),
  ]);
  if (!hasCheckout && !hasRefunds) throw nothingParked();
}

function nothingParked(): AppError {
  return new AppError('RES_001', 'Nothing of such an order is parked');
}
