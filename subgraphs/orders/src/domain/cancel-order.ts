import { AppError } from '@commerce/kit/errors';
import { describeError } from '@commerce/kit/graphql-errors';
import { isPlausibleId } from '@commerce/kit/ids';
import { z } from 'zod';
import type { CheckoutRecord } from '../data/checkout-record.ts';
import type { OrderScope } from '../data/order-reader.ts';
import type { OrderRecord, OrderStatus } from '../data/order-record.ts';
import { noteInput } from './note.ts';
import type { OrdersDeps } from './orders-deps.ts';
import { finishCheckout } from './recover-checkouts.ts';

export const cancelInput = z.object({ orderId: z.string(), reason: noteInput });

/** Money and stock that are not back by then follow: the order is cancelled whatever becomes of them. */
const PATIENCE_MS = 8_000;

export type CancelOrderRequest = z.output<typeof cancelInput> & { scope: OrderScope };

/** Cancels an order before shipment and gives back its money and stock. The one conditional update decides
 *  against a shipment or another cancellation at the same time. What cannot be given back at once, such as
 *  while the provider is away, is given back later.
 *  @throws AppError RES_001 where there is no such order in the scope, BUS_002 where it can no longer be
 *  cancelled */
export async function cancelOrder(deps: OrdersDeps, request: CancelOrderRequest): Promise<OrderRecord> {
  const { orderId, reason, scope } = request;
  if (!isPlausibleId(orderId)) throw new AppError('RES_001', 'No such order');
  const cancelled = await deps.checkouts.cancel({ orderId, scope, note: reason });
  if (!cancelled) return await findHalfCancelled(deps, request);
  await giveBackInTime(deps, cancelled);
  return cancelled.order;
}

async function giveBackInTime(deps: OrdersDeps, checkout: CheckoutRecord): Promise<void> {
  const givingBack = giveBack(deps, checkout);
  // It goes on also when nobody waits any more.
  deps.background.run('give back a cancelled order', () => givingBack);
  const late = new AbortController();
  const patience = deps.timing.wait(PATIENCE_MS, late.signal);
  await Promise.race([givingBack, patience]).finally(() => late.abort());
}

async function giveBack(deps: OrdersDeps, checkout: CheckoutRecord): Promise<void> {
  const { orderId } = checkout.order;
  try {
    await deps.failpoint('written voiding');
    await finishCheckout(deps, checkout, []);
  } catch (error) {
    const reason = describeError(error);
    deps.logger.warn(
      { orderId, reason },
      'Money or stock of a cancelled order is not back yet; it will be tried again',
    );
  }
}

/** An order whose cancellation was cut short: it is under way already. */
async function findHalfCancelled(
  deps: OrdersDeps,
  { orderId, scope }: CancelOrderRequest,
): Promise<OrderRecord> {
  const order = await getOrder(deps, orderId, scope);
  const checkout = order.status === 'cancelled' ? await deps.checkouts.find(orderId) : null;
  if (checkout === null || checkout.state === 'failed') throw illegalTransition(order, 'cancelled');
  return order;
}

/** @throws AppError RES_001 where there is none in the scope */
export async function getOrder(
  { reader }: Pick<OrdersDeps, 'reader'>,
  orderId: string,
  scope: OrderScope,
): Promise<OrderRecord> {
  const [order] = await reader.findOrders([orderId], scope);
  if (!order) throw new AppError('RES_001', 'No such order');
  return order;
}

export function illegalTransition(order: OrderRecord, to: OrderStatus): AppError {
  return new AppError('BUS_002', `An order that is ${order.status} cannot become ${to}`, {
    details: { orderId: order.orderId, from: order.status, to },
  });
}
