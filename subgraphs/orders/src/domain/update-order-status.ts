import { AppError, validationError } from '@commerce/kit/errors';
import { describeError } from '@commerce/kit/graphql-errors';
import { isPlausibleId } from '@commerce/kit/ids';
import { z } from 'zod';
import { type OrderRecord, orderStatuses } from '../data/order-record.ts';
import type { StatusChange } from '../data/order-store.ts';
import { cancelOrder, getOrder, illegalTransition } from './cancel-order.ts';
import { finishRefund } from './give-back.ts';
import { noteInput } from './note.ts';
import { statusesBefore } from './order-status.ts';
import type { OrdersDeps } from './orders-deps.ts';
import { trackingInput } from './tracking.ts';

export const statusInput = z.object({
  orderId: z.string(),
  status: z.enum(orderStatuses),
  tracking: trackingInput.nullish(),
  note: noteInput,
});
export type StatusInput = z.output<typeof statusInput>;

/** Moves an order on, for an administrator.
 *  @throws AppError VAL_002 for a shipment without tracking, VAL_001 for tracking of anything else, RES_001
 *  where there is no such order, BUS_002 for an illegal transition */
export async function updateOrderStatus(deps: OrdersDeps, input: StatusInput): Promise<OrderRecord> {
  checkTracking(input);
  const { orderId, status, note } = input;
  if (!isPlausibleId(orderId)) throw new AppError('RES_001', 'No such order');
  if (status === 'cancelled')
    return await cancelOrder(deps, { orderId, reason: note, scope: { kind: 'all' } });
  if (status === 'refunded') return await refundOrder(deps, input);
  return await change(deps, {
    orderId,
    from: statusesBefore(status, 'fulfil'),
    to: status,
    fromCheckout: ['taken', 'settled'],
    note,
    ...(input.tracking ? { tracking: input.tracking } : {}),
  });
}

function checkTracking({ status, tracking }: StatusInput): void {
  if (status === 'shipped' && !tracking) {
    throw validationError([{ field: 'tracking', message: 'is required', isMissing: true }]);
  }
  if (status !== 'shipped' && tracking) {
    throw validationError([{ field: 'tracking', message: 'belongs to a shipment', isMissing: false }]);
  }
}

async function refundOrder(deps: OrdersDeps, { orderId, note }: StatusInput): Promise<OrderRecord> {
  const order = await change(deps, {
    orderId,
    from: statusesBefore('refunded', 'refund'),
    to: 'refunded',
    fromCheckout: ['taken', 'settled'],
    toCheckout: 'refunding',
    note,
  });
  try {
    await finishRefund(deps, order);
  } catch (error) {
    deps.logger.warn(
      { orderId, reason: describeError(error) },
      'The money of a refunded order is not back yet; it will be tried again',
    );
  }
  return order;
}

async function change(deps: OrdersDeps, wanted: StatusChange): Promise<OrderRecord> {
  const changed = await deps.orders.changeStatus(wanted);
  if (changed) return changed;
  throw illegalTransition(await getOrder(deps, wanted.orderId, { kind: 'all' }), wanted.to);
}
