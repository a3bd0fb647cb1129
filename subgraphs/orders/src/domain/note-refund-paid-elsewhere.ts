import { AppError } from '@commerce/kit/errors';
import { isPlausibleId } from '@commerce/kit/ids';
import type { PaidElsewhere } from '../data/refund-record.ts';
import type { OrdersDeps } from './orders-deps.ts';
import { currentRefund, type Refunded } from './refund-order.ts';
import { settleOrPutOff } from './settle-refunds.ts';

/** Notes that the money of a refund that the payment provider refused is paid back in another way; the provider is asked
 *  no more, and the pieces follow.
 *  @throws AppError RES_001 where no such refund is parked because it was refused: any other one may still be paid */
export async function noteRefundPaidElsewhere(deps: OrdersDeps, payment: PaidElsewhere): Promise<Refunded> {
  const isPlausible = isPlausibleId(payment.orderId) && isPlausibleId(payment.refundId);
  const paid = isPlausible ? await deps.refunds.markPaidElsewhere(payment) : null;
  if (!paid) throw new AppError('RES_001', 'No such refund that was refused');
  await settleOrPutOff(deps, paid);
  return await currentRefund(deps, paid, false);
}
