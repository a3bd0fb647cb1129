import { AppError } from '@commerce/kit/errors';
import { cents } from '@commerce/kit/money';
import type { IdempotencyStore } from '../data/idempotency-store.ts';
import type { OrderRecord } from '../data/order-record.ts';

export type KeyedRequest = {
  userId: string;
  /** The client's key with the hash of what it asks for; null without a key. */
  idempotency: { key: string; requestHash: string } | null;
};

/** The answer that the same request got before.
 *  @returns null without a key, or where the key is free
 *  @throws AppError VAL_001 (422) where the key was used for another request, RES_002 (409) while the first
 *  request is under way */
export async function findStoredAnswer(
  keys: IdempotencyStore,
  { userId, idempotency }: KeyedRequest,
): Promise<OrderRecord | null> {
  if (!idempotency) return null;
  const found = await keys.findOrder(userId, idempotency.key);
  if (!found) return null;
  if (found.requestHash !== idempotency.requestHash) {
    throw new AppError('VAL_001', 'The idempotency key was used for another request', {
      httpStatus: 422,
      details: [{ field: 'idempotencyKey', message: 'was used for another request' }],
    });
  }
  if (found.order.acknowledgedAt === null) throw inFlight();
  return asTaken(found.order);
}

/** Somebody else is deciding the same thing right now. */
export function inFlight(): AppError {
  return new AppError('RES_002', 'This cart is being ordered already', { retryAfterSeconds: 1 });
}

/** The order as it was when the customer was first told of it, whatever became of it since. */
export function asTaken(order: OrderRecord): OrderRecord {
  const { orderId, createdAt, acknowledgedAt, updatedAt, paymentMethod } = order;
  return {
    ...order,
    paymentMethod: paymentMethod.isToldLate ? { ...paymentMethod, brand: null, last4: null } : paymentMethod,
    status: 'pending',
    tracking: null,
    refunded: cents(0),
    isAsTaken: true,
    updatedAt: acknowledgedAt ?? updatedAt,
    timeline: [{ orderId, status: 'pending', note: null, timestamp: createdAt }],
  };
}
