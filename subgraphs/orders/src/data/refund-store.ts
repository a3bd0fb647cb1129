import { type Db, queryRows, violatedConstraint } from '@commerce/kit/postgres';
import type { SQL } from 'drizzle-orm';
import { z } from 'zod';
import type { Postponement } from './checkout-record.ts';
import { groupByOrder } from './order-reader.ts';
import type { NewRefund, PaidElsewhere, RefundRecord } from './refund-record.ts';
import { refundRow } from './refund-rows.ts';
import {
  claimStatement,
  doneStatement,
  findByKeyStatement,
  leaveStatement,
  listStatement,
  oweStatement,
  paidElsewhereStatement,
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
  markRefunded(refund: RefundRecord): Promise<void>;
  /** The money of a refund that the provider refused is back in another way.
   *  @returns null where no such refund is parked because it was refused */
  markPaidElsewhere(payment: PaidElsewhere): Promise<RefundRecord | null>;
  /** All is back. An order that was shipped, and all of whose money is back, is refunded. */
  markDone(refund: RefundRecord): Promise<void>;
  /** Nothing goes back, for good: the amount and the pieces may be refunded anew.
   *  @returns false where it is owed all the same (the order was cancelled less this refund, or is refunded, or the
   *  money was thought to be back), or where it is settled already */
  markRefused(refundId: string, lastError: string): Promise<boolean>;
  /** Nothing goes back under its key, but it is owed: parked, to be asked for under the next key. Who was told that it
   *  is back is told that it is not.
   *  @returns false where somebody else has settled it */
  parkRefused(refund: RefundRecord, next: { providerKey: string; lastError: string }): Promise<boolean>;
  /** The provider is at it: asked again after a while, for two weeks.
   *  @returns whether it was parked, because these are over */
  leaveWithProvider(refund: RefundRecord, delayMs: number): Promise<boolean>;
  /** Makes what is left with the provider, or failed, due at once: there is news of it.
   *  @returns whether somebody is at work on one of them, who may not hear of the news */
  wake(orderId: string): Promise<'woken' | 'at-work'>;
  /** Has the provider asked once more for a refund that was thought to be back.
   *  @returns false where no such refund has that key */
  reopen(orderId: string, providerKey: string): Promise<boolean>;
  claimDue(limit: number): Promise<RefundRecord[]>;
  postpone(refund: RefundRecord, postponement: Postponement): Promise<void>;
  /** @returns the refunds that were parked */
  parkHopeless(): Promise<string[]>;
  /** Lets the parked refunds of an order be taken up again.
   *  @returns false where there is none */
  retry(orderId: string): Promise<boolean>;
  /** @returns result[i] are the refunds of orderIds[i], oldest first */
  listByOrders(orderIds: readonly string[]): Promise<RefundRecord[][]>;
};

const refundIdRow = z.object({ refundId: z.string() });
const leftRow = z.object({ isParked: z.boolean() });

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
    markRefunded: (refund) => run(refundedStatement(refund)),
    async markPaidElsewhere(payment) {
      const [paid = null] = await queryRows(db, paidElsewhereStatement(payment), refundRow);
      return paid;
    },
    markDone: (refund) => run(doneStatement(refund)),
    async markRefused(refundId, lastError) {
      return (await queryRows(db, refusedStatement(refundId, lastError), refundIdRow)).length > 0;
    },
    owe: (orderId, providerKey) => run(oweStatement(orderId, providerKey)),
    async parkRefused(refund, next) {
      return (await queryRows(db, parkRefusedStatement(refund, next), refundIdRow)).length > 0;
    },
    async leaveWithProvider(refund, delayMs) {
      const [left] = await queryRows(db, leaveStatement(refund, delayMs), leftRow);
      return left?.isParked ?? false;
    },
    async wake(orderId) {
      return (await queryRows(db, wakeStatement(orderId), refundIdRow)).length > 0 ? 'at-work' : 'woken';
    },
    async reopen(orderId, providerKey) {
      return (await queryRows(db, reopenStatement(orderId, providerKey), refundIdRow)).length > 0;
    },
    claimDue: (limit) => queryRows(db, claimStatement(limit), refundRow),
    postpone: (refund, postponement) => run(postponeStatement(refund, postponement)),
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
