import { AppError } from '@commerce/kit/errors';
import { describeError } from '@commerce/kit/graphql-errors';
import { isPlausibleId } from '@commerce/kit/ids';
import { z } from 'zod';
import type { OrderScope } from '../data/order-reader.ts';
import type { OrderRecord, OrderStatus } from '../data/order-record.ts';
import { finishCancellation } from './give-back.ts';
import { noteInput } from './note.ts';
import { statusesBefore } from './order-status.ts';
import type { OrdersDeps } from './orders-deps.ts';

export const cancelInput = z.object({ orderId: z.string(), reason: noteInput });

export type CancelOrderRequest = z.output<typeof cancelInput> & { scope: OrderScope };

/** Cancels an order before shipment and gives back its money and stock. The one conditional update decides
 *  against a shipment or another cancellation at the same time. What cannot be given back at once, such as
 *  while the provider is away, is given back later.
 *  @throws AppError RES_001 where there is no such order in the scope, BUS_002 where it can no longer be
 *  cancelled */
export async function cancelOrder(deps: OrdersDeps, request: CancelOrderRequest): Promise<OrderRecord> {
  const { orderId, reason, scope } = request;
  if (!isPlausibleId(orderId)) throw new AppError('RES_001', 'No such order');
  const changed = await deps.orders.changeStatus({
    orderId,
    ownerId: scope.kind === 'owner' ? scope.userId : null,
    from: statusesBefore('cancelled', 'cancel'),
    to: 'cancelled',
    fromCheckout: ['taken', 'settled'],
    toCheckout: 'cancelling',
    note: reason,
  });
  const order = changed ?? (await findHalfCancelled(deps, request));
  try {
    await finishCancellation(deps, order);
  } catch (error) {
    deps.logger.warn(
      { orderId, reason: describeError(error) },
      'Money or stock of a cancelled order is not back yet; it will be tried again',
    );
  }
  return order;
}

/** An order whose cancellation was cut short: repeating it finishes it. */
async function findHalfCancelled(
  deps: Pick<OrdersDeps, 'reader'>,
  { orderId, scope }: CancelOrderRequest,
): Promise<OrderRecord> {
  const order = await getOrder(deps, orderId, scope);
  if (order.checkoutState === 'cancelling') return order;
  throw illegalTransition(order, 'cancelled');
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
