import { type Db, queryRows } from '@commerce/kit/postgres';
import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';

/** Removals, each of up to `limit` rows, oldest first.
 *  @returns of each: how many went; fewer than `limit` where nothing is left */
export type RetentionStore = {
  removeExpiredKeys(limit: number): Promise<number>;
  removeHandledMessages(olderThanDays: number, limit: number): Promise<number>;
  /** Delivered and parked ones. */
  removeSettledDeliveries(olderThanDays: number, limit: number): Promise<number>;
  /** The oldest events without a gap, never the newest of all: the next place is counted from it, and a reader
   *  knows by the oldest that is left whether one is missing. What was still to be delivered of them goes with them. */
  removeOldEvents(olderThanDays: number, limit: number): Promise<number>;
};

// Said of the row itself as well: one that was taken over, or is delivered anew, in the meantime stays.
const isExpired: SQL = sql`expires_at <= now()`;

const countRow = z.object({ count: z.number() });

export function createRetentionStore(db: Db): RetentionStore {
  const countOf = async (removal: SQL) => {
    const statement = sql`with removed as (${removal} returning 1) select count(*)::int as "count" from removed`;
    const [row] = await queryRows(db, statement, countRow);
    return row?.count ?? 0;
  };
  return {
    removeExpiredKeys: async (limit) =>
      await countOf(sql`delete from idempotency_keys where (user_id, idempotency_key) in (
        select user_id, idempotency_key from idempotency_keys
        where expires_at <= now() order by expires_at limit ${limit}) and ${isExpired}`),
    removeHandledMessages: async (days, limit) =>
      await countOf(sql`delete from provider_messages where message_id in (
        select message_id from provider_messages
        where created_at < ${daysAgo(days)} and handled_at < ${daysAgo(days)}
        order by created_at limit ${limit})`),
    removeSettledDeliveries: async (days, limit) =>
      await countOf(sql`delete from webhook_deliveries where (endpoint_id, event_id) in (
        select endpoint_id, event_id from webhook_deliveries
        where created_at < ${daysAgo(days)} and coalesce(delivered_at, parked_at) < ${daysAgo(days)}
        order by created_at limit ${limit}) and coalesce(delivered_at, parked_at) < ${daysAgo(days)}`),
    removeOldEvents: async (days, limit) => await countOf(oldEvents(days, limit)),
  };
}

function oldEvents(days: number, limit: number): SQL {
  return sql`delete from order_events where position < (
    -- The first that stays: a younger one, the newest of all, or the one behind the batch.
    select min(oldest.position) from (
      select v.position, v.created_at, row_number() over (order by v.position) as place
      from (select position, created_at from order_events where position is not null
        order by position limit ${limit + 1}) v) oldest
    where oldest.created_at >= ${daysAgo(days)} or oldest.place > ${limit}
      or oldest.position = (select max(position) from order_events))`;
}

function daysAgo(days: number): SQL {
  return sql`now() - make_interval(days => ${days})`;
}
