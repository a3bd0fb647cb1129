import { type Db, queryRows } from '@commerce/kit/postgres';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { mailedEvents } from './event-record.ts';
import { type EventRecord, eventColumns, eventRow } from './event-rows.ts';

export type EventStore = {
  /** Gives new events their places in the feed, in the order in which they were written, and queues the mails and
   *  deliveries that follow from them. Safe beside other instances: they wait for each other.
   *  @returns how many were placed; fewer than `limit` where nothing is left */
  dispatch(limit: number): Promise<number>;
  /** Events behind a position, or all that are kept, in their order. */
  list(page: { after: number | null; limit: number }): Promise<EventRecord[]>;
  /** How many events have a place. */
  count(): Promise<number>;
};

const mailKinds = JSON.stringify(
  Object.fromEntries(Object.entries(mailedEvents).map(([kind, type]) => [type, kind])),
);

export function createEventStore(db: Db): EventStore {
  return {
    async dispatch(limit) {
      const statement = sql`select dispatch_order_events(${limit}::int, ${mailKinds}::jsonb) as "placed"`;
      const [row] = await queryRows(db, statement, z.object({ placed: z.number() }));
      return row?.placed ?? 0;
    },
    async list({ after, limit }) {
      const statement = sql`select ${eventColumns} from order_events v
        where v.position > ${after ?? 0}::bigint order by v.position limit ${limit}`;
      return await queryRows(db, statement, eventRow);
    },
    async count() {
      // Positions have no gaps: nothing needs to be counted.
      const statement = sql`select coalesce(max(position) - min(position) + 1, 0)::int as "count" from order_events`;
      const [row] = await queryRows(db, statement, z.object({ count: z.number() }));
      return row?.count ?? 0;
    },
  };
}
