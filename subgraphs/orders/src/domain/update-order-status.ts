import { AppError, assertNever, validationError } from '@commerce/kit/errors';
import { isPlausibleId } from '@commerce/kit/ids';
import { z } from 'zod';
import { type OrderRecord, orderStatuses, type TrackingRecord } from '../data/order-record.ts';
import type { StatusChange } from '../data/order-store.ts';
import { cancelOrder, getOrder, illegalTransition } from './cancel-order.ts';
import { noteInput } from './note.ts';
import { statusesBefore } from './order-status.ts';
import type { OrdersDeps } from './orders-deps.ts';
import { refundOrder } from './refund-order.ts';
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
export async function updateOrderStatus(
  deps: OrdersDeps,
  input: StatusInput,
  adminId: string,
): Promise<OrderRecord> {
  checkTracking(input);
  const { orderId, status, note } = input;
  if (!isPlausibleId(orderId)) throw new AppError('RES_001', 'No such order');
  switch (status) {
    case 'cancelled':
      return await cancelOrder(deps, { orderId, reason: note, scope: { kind: 'all' } });
    case 'refunded':
      return await refundWhole(deps, input, adminId);
    case 'processing':
    case 'shipped':
    case 'delivered':
      return await fulfil(deps, { orderId, status, note, tracking: input.tracking ?? null });
    case 'pending':
    case 'confirmed':
      throw illegalTransition(await getOrder(deps, orderId, { kind: 'all' }), status);
    default:
      return assertNever(status);
  }
}

function checkTracking({ status, tracking }: StatusInput): void {
  if (status === 'shipped' && !tracking) {
    throw validationError([{ field: 'tracking', message: 'is required', isMissing: true }]);
  }
  if (status !== 'shipped' && tracking) {
    throw validationError([{ field: 'tracking', message: 'belongs to a shipment', isMissing: false }]);
  }
}

// The status follows when the money is back.
async function refundWhole(
  deps: OrdersDeps,
  { orderId, note }: StatusInput,
  adminId: string,
): Promise<OrderRecord> {
  const order = await getOrder(deps, orderId, { kind: 'all' });
  if (!statusesBefore('refunded', 'refund').includes(order.status))
    throw illegalTransition(order, 'refunded');
  const refund = { orderId, amount: null, reason: note, restock: [], idempotencyKey: null };
  return (await refundOrder(deps, refund, adminId)).order;
}

async function fulfil(
  deps: OrdersDeps,
  {
    orderId,
    status,
    note,
    tracking,
  }: { orderId: string; status: StatusChange['to']; note: string | null; tracking: TrackingRecord | null },
): Promise<OrderRecord> {
  const from = statusesBefore(status, 'fulfil');
  const change = { orderId, from, to: status, note, ...(tracking ? { tracking } : {}) };
  const changed = await deps.orders.changeStatus(change);
  if (changed) return changed;
  throw illegalTransition(await getOrder(deps, orderId, { kind: 'all' }), status);
}
