import { assertNever } from '@commerce/kit/errors';
import { describeError } from '@commerce/kit/graphql-errors';
import { backgroundOrigin, type CallOrigin } from '../clients/call-origin.ts';
import type { OrderRecord } from '../data/order-record.ts';
import { finishCancellation } from './give-back.ts';
import { paymentRequest } from './order-payment.ts';
import { statusesBefore } from './order-status.ts';
import type { OrdersDeps } from './orders-deps.ts';

/** Captures a taken order's payment, which confirms the order. What stays open is done by a later sweep. */
export async function settleOrder(deps: OrdersDeps, order: OrderRecord): Promise<void> {
  if (order.status === 'pending') return await capture(deps, order);
  if (order.cartConsumedAt !== null) await deps.orders.moveCheckout(order.orderId, 'taken', 'settled');
}

/** Takes up a taken order where an earlier attempt left it. */
export async function resumeSettling(deps: OrdersDeps, order: OrderRecord): Promise<void> {
  if (order.cartConsumedAt !== null) return await settleOrder(deps, order);
  const [lines = []] = await deps.reader.listItems([order.orderId]);
  const origin = backgroundOrigin(order.orderId);
  await settleOrder(deps, await takeOutOfCart(deps, { order, lines, origin }));
}

/** Takes the ordered pieces out of the cart and records it. An order does not fail for a cart that cannot
 *  be reached.
 *  @returns the order as it stands then; unchanged, not consumed, where it has to be tried again */
export async function takeOutOfCart(
  deps: Pick<OrdersDeps, 'cart' | 'orders' | 'logger'>,
  {
    order,
    lines,
    origin,
  }: {
    order: OrderRecord;
    lines: readonly { productId: string; quantity: number }[];
    origin: CallOrigin;
  },
): Promise<OrderRecord> {
  const { userId, orderId, cartVersion: version } = order;
  const pieces = lines.map(({ productId, quantity }) => ({ productId, quantity }));
  try {
    await deps.cart.consumeCart({ userId, orderId, version, lines: pieces }, origin);
    return (await deps.orders.markCartConsumed(orderId)) ?? order;
  } catch (error) {
    deps.logger.warn({ orderId, reason: describeError(error) }, 'The cart may still hold what was ordered');
    return order;
  }
}

async function capture(deps: OrdersDeps, order: OrderRecord): Promise<void> {
  const { orderId } = order;
  const outcome = await deps.payment.capture(paymentRequest(order, 'capture'));
  switch (outcome.kind) {
    case 'captured':
      // Changes nothing where the order was cancelled meanwhile: whoever cancels gives the money back.
      await deps.orders.changeStatus({
        orderId,
        from: statusesBefore('confirmed', 'capture'),
        to: 'confirmed',
        fromCheckout: ['taken'],
        toCheckout: order.cartConsumedAt === null ? 'taken' : 'settled',
      });
      return;
    case 'refused':
      return await cancelUnpaid(deps, orderId, outcome.reason);
    case 'unknown':
      deps.logger.warn(
        { orderId, reason: describeError(outcome.cause) },
        'It is not known whether the payment was captured; it will be tried again',
      );
      return;
    default:
      return assertNever(outcome);
  }
}

async function cancelUnpaid(deps: OrdersDeps, orderId: string, reason: string): Promise<void> {
  const cancelled = await deps.orders.changeStatus({
    orderId,
    from: ['pending'],
    to: 'cancelled',
    fromCheckout: ['taken'],
    toCheckout: 'cancelling',
    note: 'The payment could not be taken',
  });
  if (!cancelled) return;
  deps.logger.warn({ orderId, reason }, 'A capture was refused; the order is cancelled');
  await finishCancellation(deps, cancelled);
}
