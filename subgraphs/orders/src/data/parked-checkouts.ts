import { type Cents, centsFromNumeric } from '@commerce/kit/money';
import type { PageRequest } from '@commerce/kit/pagination';
import { type Db, queryRows, timestampColumn } from '@commerce/kit/postgres';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { type CheckoutState, checkoutStates } from './checkout-record.ts';

export type ParkedCheckoutRecord = {
  orderId: string;
  userId: string;
  state: CheckoutState;
  attempts: number;
  parkedAt: Date;
  lastError: string | null;
  total: Cents;
  currency: string;
};

/** Checkouts that administrators are to look into, longest parked first. A cursor's position is [parkedAt as ISO
 *  text, orderId]; a page holds one row more than asked for where more follow. */
export type ParkedCheckouts = {
  list(request: PageRequest): Promise<ParkedCheckoutRecord[]>;
  count(): Promise<number>;
};

const parkedRow = z.object({
  orderId: z.string(),
  userId: z.string(),
  state: z.enum(checkoutStates),
  attempts: z.number(),
  parkedAt: timestampColumn,
  lastError: z.string().nullable(),
  total: z.string().transform(centsFromNumeric),
  currency: z.string(),
});

export function createParkedCheckouts(db: Db): ParkedCheckouts {
  return {
    async list(request) {
      const [parkedAt, orderId] = (request.kind === 'cursor' && request.after) || [];
      const isBehind = parkedAt
        ? sql`(c.parked_at, c.order_id) > (${parkedAt}::timestamptz, ${orderId})`
        : sql`true`;
      const statement = sql`
        select c.order_id as "orderId", o.user_id as "userId", c.state, c.attempts, c.parked_at as "parkedAt",
          c.last_error as "lastError", o.total_amount as "total", o.currency
        from checkouts c join orders o on o.order_id = c.order_id
        where c.parked_at is not null and ${isBehind}
        order by c.parked_at, c.order_id limit ${request.size + 1}`;
      return await queryRows(db, statement, parkedRow);
    },
    async count() {
      const statement = sql`select count(*)::int as "count" from checkouts where parked_at is not null`;
      const [row] = await queryRows(db, statement, z.object({ count: z.number() }));
      return row?.count ?? 0;
    },
  };
}
