import { type Db, queryRows } from '@commerce/kit/postgres';
import { z } from 'zod';
import type { CheckoutRecord, Postponement, Transition } from './checkout-record.ts';
import { checkoutRow } from './checkout-rows.ts';
import {
  acknowledgeStatement,
  advanceStatement,
  cancelStatement,
  claimStatement,
  findStatement,
  parkStatement,
  postponeStatement,
  retryStatement,
  wakeStatement,
} from './checkout-statements.ts';
import type { OrderScope } from './order-reader.ts';
import type { OrderRecord } from './order-record.ts';
import { orderRow } from './order-rows.ts';

/** Writes of checkouts. Each is one statement and fenced: under an old epoch, or from another state, it writes
 *  nothing. The events it gives rise to are written with it. */
export type CheckoutStore = {
  find(orderId: string): Promise<CheckoutRecord | null>;
  /** Writes a transition and takes the lease anew.
   *  @returns null where somebody else has taken the checkout over */
  advance(checkout: CheckoutRecord, transition: Transition): Promise<CheckoutRecord | null>;
  /** Leaves a checkout alone for a while. */
  postpone(checkout: CheckoutRecord, postponement: Postponement): Promise<void>;
  /** Takes up what is due, each by one taker, under a new epoch. */
  claimDue(limit: number): Promise<CheckoutRecord[]>;
  /** Parks what was taken up too often without getting on.
   *  @returns their orders */
  parkHopeless(): Promise<string[]>;
  /** Shows a customer an order that is not decided yet.
   *  @returns null where it has failed meanwhile */
  acknowledge(orderId: string): Promise<OrderRecord | null>;
  /** Cancels an order that was not shipped, and takes its checkout over to give everything back.
   *  @returns null where there is no such order in the scope, or it stands elsewhere */
  cancel(cancellation: {
    orderId: string;
    scope: OrderScope;
    note: string | null;
  }): Promise<CheckoutRecord | null>;
  /** Lets a parked checkout be taken up again.
   *  @returns false where there is no such one */
  retry(orderId: string): Promise<boolean>;
  /** Makes an unfinished checkout due at once, a parked one too: the provider has news of it.
   *  @returns whether somebody is at work on it, who may not hear of the news */
  wake(orderId: string): Promise<'woken' | 'at-work'>;
};

const orderIdRow = z.object({ orderId: z.string() });

export function createCheckoutStore(db: Db): CheckoutStore {
  return {
    async find(orderId) {
      const [found = null] = await queryRows(db, findStatement(orderId), checkoutRow);
      return found;
    },
    async advance(checkout, transition) {
      const [advanced = null] = await queryRows(db, advanceStatement(checkout, transition), checkoutRow);
      return advanced;
    },
    async postpone(checkout, postponement) {
      await db.execute(postponeStatement(checkout, postponement));
    },
    claimDue: (limit) => queryRows(db, claimStatement(limit), checkoutRow),
    async parkHopeless() {
      return (await queryRows(db, parkStatement(), orderIdRow)).map(({ orderId }) => orderId);
    },
    async acknowledge(orderId) {
      const [acknowledged = null] = await queryRows(db, acknowledgeStatement(orderId), orderRow);
      return acknowledged;
    },
    async cancel(cancellation) {
      const [cancelled = null] = await queryRows(db, cancelStatement(cancellation), checkoutRow);
      return cancelled;
    },
    async retry(orderId) {
      return (await queryRows(db, retryStatement(orderId), orderIdRow)).length > 0;
    },
    async wake(orderId) {
      return (await queryRows(db, wakeStatement(orderId), orderIdRow)).length > 0 ? 'at-work' : 'woken';
    },
  };
}
