import { type Db, queryRows } from '@commerce/kit/postgres';
import { sql } from 'drizzle-orm';
import { z } from 'zod';

const counts = z.object({
  orders: z.number(),
  items: z.number(),
  refunds: z.number(),
  openRefunds: z.number(),
  timeline: z.number(),
  events: z.number(),
  mails: z.number(),
  notes: z.number(),
  keys: z.number(),
  unsentMails: z.number(),
  auditEntries: z.number(),
  erasedOrders: z.number(),
  openOrders: z.number(),
  waitingOrders: z.number(),
});

/** Rows of a customer: as they were found at the erasure; the last three as of now. */
export type ErasureCounts = z.output<typeof counts>;

const erasedRow = z.object({ counts });
const doneRow = z.object({ done: z.number() });

export type ErasureStore = {
  /** Refuses the customer's further orders and takes the person out of up to `limit` final ones, in one statement.
   *  Again, it only tells how far it is. */
  erase(userId: string, limit: number): Promise<ErasureCounts>;
  /** The same for orders of erased customers that became final since.
   *  @returns how many, `limit` at most */
  eraseFinalOrders(limit: number): Promise<number>;
};

export function createErasureStore(db: Db): ErasureStore {
  return {
    async erase(userId, limit) {
      const statement = sql`select erase_customer(${userId}, ${limit}::integer) as counts`;
      const [row] = await queryRows(db, statement, erasedRow);
      if (!row) throw new Error('A function gave no row');
      return row.counts;
    },
    async eraseFinalOrders(limit) {
      const statement = sql`select erase_final_orders(${limit}::integer) as done`;
      const [row] = await queryRows(db, statement, doneRow);
      return row?.done ?? 0;
    },
  };
}
