import { backgroundOrigin } from '../clients/call-origin.ts';
import type { CheckoutState, OrderRecord } from '../data/order-record.ts';
import { refundPayment, returnMoney } from './order-payment.ts';
import type { OrdersDeps } from './orders-deps.ts';

type GiveBackDeps = Pick<OrdersDeps, 'orders' | 'catalog' | 'payment'>;

/** Finishes what was decided for an order that is given up: money and stock go back, then it is noted.
 *  Every step is keyed by the order, so that it may be repeated, also by several at once.
 *  @throws what kept a step from finishing; the others were tried all the same */
export async function giveBack(
  deps: GiveBackDeps,
  order: OrderRecord,
  states: { from: CheckoutState; to: CheckoutState },
): Promise<void> {
  const outcomes = await Promise.allSettled([
    returnMoney(deps.payment, order),
    deps.catalog.releaseStock(order.orderId, backgroundOrigin(order.orderId)),
  ]);
  for (const outcome of outcomes) {
    if (outcome.status === 'rejected') throw outcome.reason;
  }
  await deps.orders.moveCheckout(order.orderId, states.from, states.to);
}

/** Finishes an order that is not taken after all. */
export async function finishUndo(deps: GiveBackDeps, order: OrderRecord): Promise<void> {
  await giveBack(deps, order, { from: 'undoing', to: 'failed' });
}

export async function finishCancellation(deps: GiveBackDeps, order: OrderRecord): Promise<void> {
  await giveBack(deps, order, { from: 'cancelling', to: 'closed' });
}

/** Finishes an order that is paid back after shipment: its stock stays where it is. */
export async function finishRefund(
  deps: Pick<OrdersDeps, 'orders' | 'payment'>,
  order: OrderRecord,
): Promise<void> {
  await refundPayment(deps.payment, order);
  await deps.orders.moveCheckout(order.orderId, 'refunding', 'closed');
}
