import { AppError } from '@commerce/kit/errors';
import { isPlausibleId } from '@commerce/kit/ids';
import type { PaidElsewhere } from '../data/refund-record.ts';
import type { OrdersDeps } from './orders-deps.ts';
import { currentRefund, type Refunded } from './refund-order.ts';
import { settleOrPutOff } from './settle-refunds.ts';

/** Notes that the money of a parked refund is back in another way than by the payment provider, which is asked no more;
 *  its pieces follow.
 *  @throws AppError RES_001 where there is no such parked refund */
export async function noteRefundPaidElsewhere(deps: OrdersDeps, payment: PaidElsewhere): Promise<Refunded> {
  const isPlausible = isPlausibleId(payment.orderId) && isPlausibleId(payment.refundId);
  const paid = isPlausible ? await deps.refunds.markPaidElsewhere(payment) : null;
  if (!paid) throw new AppError('RES_001', 'No such parked refund');
  await settleOrPutOff(deps, paid);
  return await currentRefund(deps, paid, false);
}
