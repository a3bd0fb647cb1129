import { type Db, queryRows } from '@commerce/kit/postgres';
import { type SQL, sql } from 'drizzle-orm';
import {
  type OrderItemRecord,
  type OrderRecord,
  orderStatuses,
  type TimelineRecord,
} from './order-record.ts';
import { itemRow, orderColumns, orderRow, timelineRow } from './order-rows.ts';

/** Whose orders may be seen: one user's, or everybody's (administrators, and the service itself). */
export type OrderScope = { kind: 'owner'; userId: string } | { kind: 'all' };

/** Reads of orders by id. Hidden orders are not found. */
export type OrderReader = {
  /** @returns result[i] belongs to orderIds[i]; null where missing, hidden or somebody else's */
  findOrders(orderIds: readonly string[], scope: OrderScope): Promise<(OrderRecord | null)[]>;
  /** @returns result[i] are the lines of orderIds[i], in their order */
  listItems(orderIds: readonly string[]): Promise<OrderItemRecord[][]>;
  /** @returns result[i] is the timeline of orderIds[i], oldest first */
  listTimelines(orderIds: readonly string[]): Promise<TimelineRecord[][]>;
};

export function createOrderReader(db: Db): OrderReader {
  return {
    async findOrders(orderIds, scope) {
      const rows = await queryRows(db, visibleOrders(orderIds, scope), orderRow);
      const byId = new Map(rows.map((row) => [row.orderId, row]));
      return orderIds.map((orderId) => byId.get(orderId) ?? null);
    },
    async listItems(orderIds) {
      return groupByOrder(orderIds, await queryRows(db, itemsOf(orderIds), itemRow));
    },
    async listTimelines(orderIds) {
      return groupByOrder(orderIds, await queryRows(db, timelinesOf(orderIds), timelineRow));
    },
  };
}

/** The condition that an order, named `o`, may be shown within the scope. */
export function isVisible(scope: OrderScope): SQL {
  return scope.kind === 'all'
    ? sql`o.acknowledged_at is not null`
    : sql`o.acknowledged_at is not null and o.user_id = ${scope.userId}`;
}

function visibleOrders(orderIds: readonly string[], scope: OrderScope): SQL {
  return sql`select ${orderColumns} from orders o where o.order_id in ${orderIds} and ${isVisible(scope)}`;
}

function itemsOf(orderIds: readonly string[]): SQL {
  return sql`
    select i.item_id as "itemId", i.order_id as "orderId", i.product_id as "productId",
      i.product_name as "name", i.price, i.quantity, i.subtotal, o.currency
    from order_items i join orders o on o.order_id = i.order_id
    where i.order_id in ${orderIds}
    order by i.order_id, i.position`;
}

function timelinesOf(orderIds: readonly string[]): SQL {
  return sql`
    select order_id as "orderId", status, note, created_at as "timestamp"
    from order_timeline where order_id in ${orderIds}
    order by order_id, ${statusRank}`;
}

/** Statuses are listed in the order in which an order can have them. */
const statusRank: SQL = sql.raw(
  `array_position(array[${orderStatuses.map((status) => `'${status}'`).join(', ')}], status::text)`,
);

/** @returns result[i] are the rows of orderIds[i], in the order given */
export function groupByOrder<Row extends { orderId: string }>(
  orderIds: readonly string[],
  rows: readonly Row[],
): Row[][] {
  const groups = new Map(orderIds.map((orderId): [string, Row[]] => [orderId, []]));
  for (const row of rows) groups.get(row.orderId)?.push(row);
  return orderIds.map((orderId) => groups.get(orderId) ?? []);
}
