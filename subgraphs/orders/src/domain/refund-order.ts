import { createHash } from 'node:crypto';
import { AppError, assertNever } from '@commerce/kit/errors';
import { isPlausibleId } from '@commerce/kit/ids';
import { type Cents, decimalText } from '@commerce/kit/money';
import { refundKey } from '../clients/refund-keys.ts';
import type { OrderItemRecord, OrderRecord } from '../data/order-record.ts';
import type { RefundRecord, RestockLine } from '../data/refund-record.ts';
import { getOrder, illegalTransition } from './cancel-order.ts';
import type { OrdersDeps } from './orders-deps.ts';
import { settleOrPutOff } from './settle-refunds.ts';

export type RefundRequest = {
  orderId: string;
  /** All that is left where null. */
  amount: Cents | null;
  reason: string | null;
  /** What goes back into the stock. */
  restock: readonly RestockLine[];
  idempotencyKey: string | null;
};

export type Refunded = { order: OrderRecord; refund: RefundRecord; isReplayed: boolean };

/** Gives back money of a paid order, all or a part of it, and the named pieces into the stock. What cannot be done
 *  at once, such as while the provider is away, is done later.
 *  @param adminId who wants it
 *  @throws AppError RES_001 where there is no such order, BUS_002 where it is not paid, more is asked for than is
 *  left, or all of it before shipment (which is a cancellation), VAL_001 (422) for a key of another refund */
export async function refundOrder(
  deps: OrdersDeps,
  request: RefundRequest,
  adminId: string,
): Promise<Refunded> {
  if (!isPlausibleId(request.orderId)) throw new AppError('RES_001', 'No such order');
  const requestHash = hashOf(request);
  const earlier = await findEarlier(deps, request, requestHash);
  if (earlier) return earlier;
  let refund: RefundRecord;
  try {
    refund = await requestRefund(deps, request, { requestedBy: adminId, requestHash });
  } catch (error) {
    // Another request with the same key may have been faster, and left too little for this one.
    const replayed = await findEarlier(deps, request, requestHash);
    if (replayed) return replayed;
    throw error;
  }
  await settleOrPutOff(deps, refund);
  return await currentRefund(deps, refund, false);
}

async function findEarlier(
  deps: OrdersDeps,
  { orderId, idempotencyKey }: RefundRequest,
  requestHash: string,
): Promise<Refunded | null> {
  if (idempotencyKey === null) return null;
  const earlier = await deps.refunds.findByKey(orderId, idempotencyKey);
  return earlier && (await replay(deps, earlier, requestHash));
}

async function requestRefund(
  deps: OrdersDeps,
  request: RefundRequest,
  origin: { requestedBy: string; requestHash: string },
): Promise<RefundRecord> {
  const { orderId } = request;
  await getOrder(deps, orderId, { kind: 'all' });
  await refuseForeignPieces(deps, request);
  const refundId = deps.newId('rfd');
  const providerKey = refundKey(orderId, refundId);
  const refund = await deps.refunds.request({ ...request, ...origin, refundId, providerKey });
  // Another refund has taken them since they were counted: now the count says so.
  if (refund === 'pieces-taken') {
    await refuseForeignPieces(deps, request);
    throw new AppError('RES_002', 'Other pieces of this order go back just now', { retryAfterSeconds: 1 });
  }
  if (refund === 'key-taken') {
    throw new AppError('RES_002', 'This refund is being made already', { retryAfterSeconds: 1 });
  }
  // Read anew: another refund may have taken what was left.
  if (refund === null) throw refusal(await getOrder(deps, orderId, { kind: 'all' }), request);
  return refund;
}

async function replay(deps: OrdersDeps, refund: RefundRecord, requestHash: string): Promise<Refunded> {
  if (refund.requestHash === requestHash) return await currentRefund(deps, refund, true);
  throw new AppError('VAL_001', 'The idempotency key was used for another refund', {
    httpStatus: 422,
    details: [{ field: 'idempotencyKey', message: 'was used for another refund' }],
  });
}

export async function currentRefund(
  deps: OrdersDeps,
  { refundId, orderId }: RefundRecord,
  isReplayed: boolean,
): Promise<Refunded> {
  const [order, [refunds = []]] = await Promise.all([
    getOrder(deps, orderId, { kind: 'all' }),
    deps.refunds.listByOrders([orderId]),
  ]);
  const refund = refunds.find((candidate) => candidate.refundId === refundId);
  if (!refund) throw new Error('A refund that was written is not there');
  return { order, refund, isReplayed };
}

/** @throws AppError BUS_002 for more pieces than were ordered and are not back yet */
async function refuseForeignPieces({ reader, refunds }: OrdersDeps, request: RefundRequest): Promise<void> {
  if (request.restock.length === 0) return;
  const [[items = []], [earlier = []]] = await Promise.all([
    reader.listItems([request.orderId]),
    refunds.listByOrders([request.orderId]),
  ]);
  const back = earlier.filter(({ state }) => state !== 'refused').flatMap(({ restock }) => restock);
  const excess = request.restock.find((line) => line.quantity > piecesLeft(line.productId, items, back));
  if (!excess) return;
  throw new AppError('BUS_002', 'More pieces than were ordered and are not back yet', {
    details: {
      productId: excess.productId,
      requested: excess.quantity,
      available: piecesLeft(excess.productId, items, back),
    },
  });
}

function piecesLeft(
  productId: string,
  items: readonly OrderItemRecord[],
  back: readonly RestockLine[],
): number {
  const count = (lines: readonly RestockLine[]) =>
    lines.filter((line) => line.productId === productId).reduce((sum, { quantity }) => sum + quantity, 0);
  return count(items) - count(back);
}

function refusal(order: OrderRecord, { orderId, amount }: RefundRequest): AppError {
  const available = order.total - order.refunded;
  switch (order.status) {
    case 'pending':
    case 'cancelled':
    case 'refunded':
      return illegalTransition(order, 'refunded');
    case 'confirmed':
    case 'processing':
    case 'shipped':
    case 'delivered': {
      const isWhole = (amount ?? available) === available && available > 0;
      const message = isWhole
        ? 'An order that is not shipped is cancelled rather than refunded in whole'
        : 'More than is left of what was paid';
      return new AppError('BUS_002', message, {
        details: { orderId, available: Number((available / 100).toFixed(2)) },
      });
    }
    default:
      return assertNever(order.status);
  }
}

function hashOf({ orderId, amount, reason, restock }: RefundRequest): string {
  const lines = [...restock].sort((a, b) => (a.productId < b.productId ? -1 : 1));
  const text = JSON.stringify([orderId, amount === null ? null : decimalText(amount), reason, lines]);
  return createHash('sha256').update(text).digest('hex');
}
