import { AppError, assertNever } from '@commerce/kit/errors';
import type { Approval, PaymentName, PaymentProvider, PaymentRequest } from '../clients/payment.ts';
import type { OrderRecord } from '../data/order-record.ts';

type PricedOrder = Pick<OrderRecord, 'orderId' | 'total' | 'currency' | 'paymentMethod'>;

/** One authorisation an order: its key is never another, so that money is never reserved twice. */
export function paymentName(order: PricedOrder): PaymentName {
  return {
    orderId: order.orderId,
    authorisationKey: `${order.orderId}:auth:1`,
    reference: order.paymentMethod.reference,
  };
}

export function paymentRequest(order: PricedOrder, step: 'capture' | 'void' | 'refund'): PaymentRequest {
  return {
    ...paymentName(order),
    key: `${order.orderId}:${step}:1`,
    amount: order.total,
    currency: order.currency,
  };
}

/** Reserves the order's total.
 *  @throws AppError BUS_003 where it is declined: nothing is reserved; SYS_002 where it is not known how
 *  it went */
export async function authorisePayment(
  payment: PaymentProvider,
  order: PricedOrder,
  method: { type: string; token: string },
): Promise<Approval> {
  const name = paymentName(order);
  const { total: amount, currency } = order;
  const answered = await payment.authorise({ ...name, amount, currency, method });
  const outcome = answered.kind === 'unknown' ? await payment.findByKey(name.authorisationKey) : answered;
  switch (outcome.kind) {
    case 'approved': {
      const { reference, brand, last4 } = outcome;
      return { reference, brand, last4 };
    }
    case 'declined':
      throw new AppError('BUS_003', outcome.reason);
    case 'absent':
    case 'unknown':
      throw new AppError('SYS_002', 'The payment provider is unavailable', {
        retryAfterSeconds: 2,
        cause: answered.kind === 'unknown' ? answered.cause : undefined,
      });
    default:
      return assertNever(outcome);
  }
}

/** Gives an order's money back, whether it was reserved or taken, or neither yet.
 *  @throws AppError SYS_002 where it is not known whether it went back: to be repeated */
export async function returnMoney(payment: PaymentProvider, order: PricedOrder): Promise<void> {
  const outcome = await payment.void(paymentRequest(order, 'void'));
  switch (outcome.kind) {
    case 'voided':
      return;
    case 'captured':
      return await refundPayment(payment, order);
    case 'unknown':
      throw unsettled(outcome.cause);
    default:
      return assertNever(outcome);
  }
}

/** Gives back what was taken.
 *  @throws AppError SYS_002 where it is not known whether it went back: to be repeated */
export async function refundPayment(payment: PaymentProvider, order: PricedOrder): Promise<void> {
  const outcome = await payment.refund(paymentRequest(order, 'refund'));
  switch (outcome.kind) {
    case 'refunded':
      return;
    case 'refused':
      throw unsettled(new Error(`The refund was refused: ${outcome.reason}`));
    case 'unknown':
      throw unsettled(outcome.cause);
    default:
      return assertNever(outcome);
  }
}

function unsettled(cause: unknown): AppError {
  return new AppError('SYS_002', 'The payment provider is unavailable', { cause });
}
