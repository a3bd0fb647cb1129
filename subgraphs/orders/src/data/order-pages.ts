import type { PageRequest } from '@commerce/kit/pagination';
import { type Db, queryRows } from '@commerce/kit/postgres';
import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { isVisible } from './order-reader.ts';
import type { OrderRecord, OrderStatus } from './order-record.ts';
import { orderColumns, orderRow, plainOrderColumns } from './order-rows.ts';

/** Which orders a list holds. A cursor's position is [createdAt as ISO text, orderId]. */
export type OrderFilter = { status: OrderStatus | null };
export type OrderPageQuery = OrderFilter & { request: PageRequest };

/** Lists of orders, newest first, then by id. A page holds one row more than asked for where more follow. */
export type OrderPages = {
  /** @returns result[i] is the page of userIds[i]'s orders */
  listByUsers(userIds: readonly string[], query: OrderPageQuery): Promise<OrderRecord[][]>;
  listAll(query: OrderPageQuery): Promise<OrderRecord[]>;
  /** @returns result[i] is how many orders userIds[i] has */
  countByUsers(userIds: readonly string[], filter: OrderFilter): Promise<number[]>;
  countAll(filter: OrderFilter): Promise<number>;
};

export function createOrderPages(db: Db): OrderPages {
  return {
    async listByUsers(userIds, query) {
      const rows = await queryRows(db, pagesStatement(userIds, query), orderRow);
      const pages = new Map(userIds.map((userId): [string, OrderRecord[]] => [userId, []]));
      for (const row of rows) pages.get(row.userId)?.push(row);
      return userIds.map((userId) => pages.get(userId) ?? []);
    },
    async listAll(query) {
      const statement = pageStatement(query, { columns: orderColumns, owner: sql`true` });
      return await queryRows(db, statement, orderRow);
    },
    async countByUsers(userIds, filter) {
      const statement = sql`
        select o.user_id as "userId", count(*)::int as "count" from orders o
        where o.user_id in ${userIds} and ${matches(filter)} group by o.user_id`;
      const rows = await queryRows(db, statement, userCountRow);
      const counts = new Map(rows.map((row) => [row.userId, row.count]));
      return userIds.map((userId) => counts.get(userId) ?? 0);
    },
    async countAll(filter) {
      const statement = sql`select count(*)::int as "count" from orders o where ${matches(filter)}`;
      const [row] = await queryRows(db, statement, countRow);
      return row?.count ?? 0;
    },
  };
}

const countRow = z.object({ count: z.number() });
const userCountRow = countRow.extend({ userId: z.string() });

function pagesStatement(userIds: readonly string[], query: OrderPageQuery): SQL {
  const ofOwner = { columns: plainOrderColumns, owner: sql`o.user_id = owner.user_id` };
  return sql`
    select ${orderColumns} from json_array_elements_text(${JSON.stringify(userIds)}::json) as owner (user_id)
    cross join lateral (${pageStatement(query, ofOwner)}) as o
    order by o.created_at desc, o.order_id desc`;
}

function pageStatement(
  { request, ...filter }: OrderPageQuery,
  { columns, owner }: { columns: SQL; owner: SQL },
): SQL {
  const offset = request.kind === 'offset' ? request.offset : 0;
  return sql`select ${columns} from orders o
    where ${owner} and ${matches(filter)} and ${isBehind(request)}
    order by o.created_at desc, o.order_id desc
    limit ${request.size + 1} offset ${offset}`;
}

function matches(filter: OrderFilter): SQL {
  const visible = isVisible({ kind: 'all' });
  return filter.status === null ? visible : sql`${visible} and o.status = ${filter.status}`;
}

function isBehind(request: PageRequest): SQL {
  if (request.kind === 'offset' || request.after === null) return sql`true`;
  const [createdAt, orderId] = request.after;
  return sql`(o.created_at, o.order_id) < (${createdAt}::timestamptz, ${orderId})`;
}
