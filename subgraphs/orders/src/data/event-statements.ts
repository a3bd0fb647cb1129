import { type SQL, sql } from 'drizzle-orm';
import type { EventType } from './event-record.ts';

/** As all timestamps are given: UTC without milliseconds. */
function moment(column: string): string {
  return `to_char(o.${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;
}

/** The order, named `o`, as subscribers are told of it. */
const orderData: SQL = sql.raw(`jsonb_build_object(
  'orderId', o.order_id, 'userId', o.user_id, 'status', o.status, 'currency', o.currency,
  'subtotal', o.subtotal::text, 'tax', o.tax::text, 'shipping', o.shipping::text, 'total', o.total_amount::text,
  'refundedAmount', o.refunded_amount::text, 'itemCount', o.item_count, 'tracking', o.tracking_info,
  'createdAt', ${moment('created_at')}, 'updatedAt', ${moment('updated_at')})`);

/** An expression of the next event id. */
const nextEventId: SQL = sql.raw(`'evt_' || replace(gen_random_uuid()::text, '-', '')`);

/** Writes an event about each order of the CTE `o`, which holds its new columns. Nobody is told of an order that
 *  is hidden; what was told is not told again.
 *  @param options.more further data, as jsonb
 *  @param options.where which of the orders; all by default */
export function insertEvent(
  type: EventType,
  { more = sql`'{}'::jsonb`, where = sql`true` }: { more?: SQL; where?: SQL } = {},
): SQL {
  return sql`
    insert into order_events (event_id, order_id, type, data, created_at)
    select ${nextEventId}, o.order_id, ${type}::varchar, ${orderData} || ${more}, o.updated_at
    from o where o.acknowledged_at is not null and ${where}
    on conflict do nothing`;
}
