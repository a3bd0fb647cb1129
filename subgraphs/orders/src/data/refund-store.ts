import { type Db, queryRows, violatedConstraint } from '@commerce/kit/postgres';
import type { SQL } from 'drizzle-orm';
import { z } from 'zod';
import { groupByOrder } from './order-reader.ts';
import type { NewRefund, RefundRecord } from './refund-record.ts';
import { refundRow } from './refund-rows.ts';
import {
  claimStatement,
  doneStatement,
  findByKeyStatement,
  leaveStatement,
  listStatement,
  oweStatement,
  parkHopelessStatement,
  parkRefusedStatement,
  postponeStatement,
  refundedStatement,
  refusedStatement,
  reopenStatement,
  requestStatement,
  retryStatement,
  wakeStatement,
} from './refund-statements.ts';

/** Refunds. Each write is one statement. The provider's and the catalog's operations are keyed by the refund, so
 *  that two takers of one refund do no harm. */
export type RefundStore = {
  /** Records a refund and sets its amount and its pieces aside.
   *  @returns null where the order cannot be refunded so far; `key-taken` where the key has a refund;
   *  `pieces-taken` where more go back by then than are left */
  request(refund: NewRefund): Promise<RefundRecord | 'key-taken' | 'pieces-taken' | null>;
  /** Records that a cancelled order's money is owed which was thought to be back, unless it is recorded. */
  owe(orderId: string, providerKey: string): Promise<void>;
  findByKey(orderId: string, idempotencyKey: string): Promise<RefundRecord | null>;
  /** The money is back: written once, with its event. */
  markRefunded(refundId: string): Promise<void>;
  /** All is back. An order that was shipped, and all of whose money is back, is refunded. */
  markDone(refundId: string): Promise<void>;
  /** Nothing goes back, for good: the amount and the pieces may be refunded anew.
   *  @returns false where it is owed all the same: the order was cancelled less this refund, or is refunded, or
   *  the money was thought to be back */
  markRefused(refundId: string, lastError: string): Promise<boolean>;
  /** Nothing goes back under its key, but it is owed: parked, to be asked for under the next key. */
  parkRefused(refund: RefundRecord, next: { providerKey: string; lastError: string }): Promise<void>;
  /** The provider is at it: asked again after a while, however often. */
  leaveWithProvider(refundId: string, delayMs: number): Promise<void>;
  /** Makes what is left with the provider, or failed, due at once: there is news of it. */
  wake(orderId: string): Promise<void>;
  /** Has the provider asked once more for a refund that was thought to be back.
   *  @returns false where no such refund has that key */
  reopen(orderId: string, providerKey: string): Promise<boolean>;
  claimDue(limit: number): Promise<RefundRecord[]>;
  postpone(refundId: string, postponement: { delayMs: number; lastError: string }): Promise<void>;
  /** @returns the refunds that were parked */
  parkHopeless(): Promise<string[]>;
  /** Lets the parked refunds of an order be taken up again.
   *  @returns false where there is none */
  retry(orderId: string): Promise<boolean>;
  /** @returns result[i] are the refunds of orderIds[i], oldest first */
  listByOrders(orderIds: readonly string[]): Promise<RefundRecord[][]>;
};

const refundIdRow = z.object({ refundId: z.string() });

export function createRefundStore(db: Db): RefundStore {
  const run = async (statement: SQL) => void (await db.execute(statement));
  return {
    async request(refund) {
      try {
        const [requested = null] = await queryRows(db, requestStatement(refund), refundRow);
        return requested;
      } catch (error) {
        const constraint = violatedConstraint(error);
        if (constraint === 'refunds_idempotency_key_key') return 'key-taken';
        if (constraint === 'order_items_restock_fits') return 'pieces-taken';
        throw error;
      }
    },
    async findByKey(orderId, key) {
      const [found = null] = await queryRows(db, findByKeyStatement(orderId, key), refundRow);
      return found;
    },
    markRefunded: (refundId) => run(refundedStatement(refundId)),
    markDone: (refundId) => run(doneStatement(refundId)),
    async markRefused(refundId, lastError) {
      return (await queryRows(db, refusedStatement(refundId, lastError), refundIdRow)).length > 0;
    },
    owe: (orderId, providerKey) => run(oweStatement(orderId, providerKey)),
    parkRefused: (refund, next) => run(parkRefusedStatement(refund, next)),
    leaveWithProvider: (refundId, delayMs) => run(leaveStatement(refundId, delayMs)),
    wake: (orderId) => run(wakeStatement(orderId)),
    async reopen(orderId, providerKey) {
      return (await queryRows(db, reopenStatement(orderId, providerKey), refundIdRow)).length > 0;
    },
    claimDue: (limit) => queryRows(db, claimStatement(limit), refundRow),
    postpone: (refundId, postponement) => run(postponeStatement(refundId, postponement)),
    async parkHopeless() {
      return (await queryRows(db, parkHopelessStatement(), refundIdRow)).map(({ refundId }) => refundId);
    },
    async retry(orderId) {
      return (await queryRows(db, retryStatement(orderId), refundIdRow)).length > 0;
    },
    async listByOrders(orderIds) {
      return groupByOrder(orderIds, await queryRows(db, listStatement(orderIds), refundRow));
    },
  };
}
