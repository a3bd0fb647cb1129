import { asc, eq, sql } from 'drizzle-orm';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { products, stockMovements, stockReservations } from '../src/data/tables.ts';

/** On hand and reserved pieces, by product id. */
export async function readStocks(db: PostgresJsDatabase): Promise<Record<string, [number, number]>> {
  const { productId, onHand, reserved } = products;
  const rows = await db.select({ productId, onHand, reserved }).from(products).orderBy(asc(productId));
  return Object.fromEntries(rows.map((row) => [row.productId, [row.onHand, row.reserved]]));
}

/** Kinds, deltas and results of a product's movements, oldest first. */
export async function readLedger(db: PostgresJsDatabase, productId: string): Promise<string[]> {
  const rows = await db
    .select()
    .from(stockMovements)
    .where(eq(stockMovements.productId, productId))
    .orderBy(asc(stockMovements.sequence));
  return rows.map(
    (row) => `${row.kind} ${row.onHandDelta}/${row.reservedDelta} -> ${row.onHandAfter}/${row.reservedAfter}`,
  );
}

/** Lets the holds of an order end now. */
export async function expireHolds(db: PostgresJsDatabase, orderId: string): Promise<void> {
  await db
    .update(stockReservations)
    .set({ expiresAt: sql`now() - interval '1 second'` })
    .where(eq(stockReservations.orderId, orderId));
}

/** What breaks an invariant of the stock, each as text; none where all is well. */
export async function findStockFaults(db: PostgresJsDatabase): Promise<string[]> {
  const rows = await db.execute(sql`
    select 'stock out of range: ' || product_id as fault from products
    where on_hand < 0 or reserved < 0 or reserved > on_hand
    union all
    select 'reserved differs from the holds: ' || p.product_id from products p
    where p.reserved <> coalesce((select sum(r.quantity) from stock_reservations r
                                  where r.product_id = p.product_id and r.status = 'held'), 0)
    union all
    select 'stock differs from the ledger: ' || p.product_id from products p
    left join (
      select m.product_id, sum(m.on_hand_delta) as on_hand, sum(m.reserved_delta) as reserved
      from stock_movements m group by m.product_id
    ) m on m.product_id = p.product_id
    where m.product_id is null or m.on_hand <> p.on_hand or m.reserved <> p.reserved
    union all
    select 'a ledger entry does not follow from the one before: ' || m.movement_id from (
      select m.movement_id, m.on_hand_after, m.reserved_after,
             sum(m.on_hand_delta) over ledger as on_hand, sum(m.reserved_delta) over ledger as reserved
      from stock_movements m window ledger as (partition by m.product_id order by m.sequence)
    ) m where m.on_hand_after <> m.on_hand or m.reserved_after <> m.reserved
    union all
    select 'committed pieces differ from the ledger: ' || r.order_id from stock_reservations r
    where r.status = 'committed' and r.quantity - r.returned_quantity <> -(
      select sum(m.on_hand_delta) from stock_movements m
      where m.order_id = r.order_id and m.product_id = r.product_id)
    union all
    select 'returned pieces differ from the returns: ' || r.order_id from stock_reservations r
    where r.returned_quantity <> coalesce((
      select sum(t.quantity) from stock_returns t
      where t.order_id = r.order_id and t.product_id = r.product_id), 0)
    union all
    select 'a released order keeps stock: ' || r.order_id from stock_reservations r
    join stock_releases s on s.order_id = r.order_id where r.status <> 'released'
    union all
    select 'an order is held in part: ' || r.order_id from stock_reservations r
    group by r.order_id having count(distinct r.status) > 1 and bool_or(r.status = 'committed')`);
  return rows.map((row) => String(row.fault));
}
