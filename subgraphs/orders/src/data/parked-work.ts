import type { PageRequest } from '@commerce/kit/pagination';
import { type Db, queryRows, timestampColumn } from '@commerce/kit/postgres';
import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { countParked } from './parked-counts.ts';

export const parkedWorkKinds = ['checkout', 'refund', 'mail', 'webhook', 'provider_message'] as const;
export type ParkedWorkKind = (typeof parkedWorkKinds)[number];

export type ParkedWorkRecord = {
  kind: ParkedWorkKind;
  /** Null where it is about none of our orders. */
  orderId: string | null;
  /** Which one of its kind: with the order's id, no two are alike. */
  subject: string;
  attempts: number;
  parkedAt: Date;
  lastError: string | null;
};

/** Everything that administrators are to look into, longest parked first. A cursor's position is [parkedAt as ISO
 *  text, kind, subject, orderId or nothing]; a page holds one row more than asked for where more follow. */
export type ParkedWork = {
  list(request: PageRequest): Promise<ParkedWorkRecord[]>;
  count(): Promise<number>;
};

const parkedRow = z.object({
  kind: z.enum(parkedWorkKinds),
  orderId: z.string().nullable(),
  subject: z.string(),
  attempts: z.number(),
  parkedAt: timestampColumn,
  lastError: z.string().nullable(),
});

/** Where each kind is, as `w`. */
const sources: Record<ParkedWorkKind, { table: string; subject: string; orderId: string }> = {
  checkout: { table: 'checkouts', subject: 'w.order_id', orderId: 'w.order_id' },
  refund: { table: 'refunds', subject: 'w.refund_id', orderId: 'w.order_id' },
  mail: { table: 'order_mails', subject: 'w.kind', orderId: 'w.order_id' },
  webhook: {
    table: 'webhook_deliveries',
    subject: `w.endpoint_id || ':' || w.event_id`,
    orderId: '(select e.order_id from order_events e where e.event_id = w.event_id)',
  },
  provider_message: { table: 'provider_messages', subject: 'w.message_id', orderId: 'w.order_id' },
};

export function createParkedWork(db: Db): ParkedWork {
  return {
    async list(request) {
      const parts = parkedWorkKinds.map((kind) => sql`(${partOf(kind, request)})`);
      const statement = sql`
        select kind, subject, "orderId", attempts, "parkedAt", "lastError"
        from (${sql.join(parts, sql` union all `)}) as work
        order by "parkedAt", kind, subject, coalesce("orderId", '') limit ${request.size + 1}`;
      return await queryRows(db, statement, parkedRow);
    },
    async count() {
      const counts = Object.values(await countParked(db));
      return counts.reduce((sum, count) => sum + count, 0);
    },
  };
}

// Each part is bounded by itself: one endpoint that was away for days parks thousands of deliveries.
function partOf(kind: ParkedWorkKind, request: PageRequest): SQL {
  const { table, subject, orderId } = sources[kind];
  const [parkedAt, ...rest] = (request.kind === 'cursor' && request.after) || [];
  const place = sql.raw(`'${kind}'::text, (${subject})::text, coalesce(${orderId}, '')::text`);
  // The first condition says nothing new: it lets the index of what is parked be read from there on.
  const isBehind = parkedAt
    ? sql`w.parked_at >= ${parkedAt}::timestamptz
        and (w.parked_at, ${place}) > (${parkedAt}::timestamptz, ${sql.join(
          rest.map((part) => sql`${part}::text`),
          sql`, `,
        )})`
    : sql`true`;
  return sql`select ${sql.raw(`'${kind}'::text as kind, (${subject})::text as subject, ${orderId} as "orderId",
      w.attempts, w.parked_at as "parkedAt", w.last_error as "lastError" from ${table} w`)}
    where w.parked_at is not null and ${isBehind}
    order by w.parked_at, 2, coalesce(${sql.raw(orderId)}, '') limit ${request.size + 1}`;
}
