import { type Db, queryRows } from '@commerce/kit/postgres';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { createStockStore } from './data/stock-store.ts';
import { demoOrderStock } from './demo/order-stock.ts';

/** Long enough for the next statement. */
const HOLD_SECONDS = 900;

/** Takes what the demonstration orders bought out of the stock, by the same functions as any order: the ledger
 *  agrees. What was taken before stays taken; a second time costs one statement. */
export async function seedOrderStock({ db }: { db: Db }): Promise<void> {
  const rows = await queryRows(
    db,
    sql`select distinct order_id as "orderId" from stock_reservations where order_id like 'ord\_demo\_%'`,
    z.object({ orderId: z.string() }),
  );
  const known = new Set(rows.map(({ orderId }) => orderId));
  const stock = createStockStore(db);
  for (const { orderId, lines, isReturned } of demoOrderStock) {
    if (known.has(orderId)) continue;
    const { outcome } = await stock.reserve({ orderId, lines, holdSeconds: HOLD_SECONDS });
    if (outcome !== 'held') continue;
    await stock.commit(orderId);
    if (isReturned) await stock.release(orderId);
  }
}
