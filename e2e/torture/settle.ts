import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { AdministratorDeps } from './administrator.ts';
import { reviveParked } from './parked-work.ts';
import type { TortureShop } from './shop.ts';

/** Unfinished is due to end by itself within this, once everything runs. */
const SETTLE_MS = 60_000;

const countRow = z.object({ count: z.number() });

const UNFINISHED = `select (
    (select count(*) from checkouts where state not in ('done', 'failed'))
    + (select count(*) from refunds where state not in ('done', 'refused')))::int as count`;

/** Waits until no checkout and no refund is unfinished. What is parked is taken up again, as an operator would.
 *  @returns how long it took, in milliseconds; null where it did not end */
export async function settle(shop: TortureShop, deps: AdministratorDeps): Promise<number | null> {
  const startedAt = Date.now();
  const { orders } = shop.clusters;
  while (Date.now() - startedAt < SETTLE_MS) {
    await reviveParked(shop, deps);
    const [row] = await orders.query('orders', UNFINISHED, countRow);
    if (row?.count === 0) return Date.now() - startedAt;
    await delay(250);
  }
  return null;
}

/** What is known of an unfinished or wrong order, for whoever has to find out why. */
export async function describeOrder(shop: TortureShop, orderId: string): Promise<string> {
  const id = `'${orderId.replaceAll("'", '')}'`;
  const json = z.object({ json: z.unknown() });
  const all = async (database: 'orders' | 'catalog' | 'payments', table: string) =>
    await shop
      .clusterOf(database)
      .query(database, `select to_jsonb(t) as json from ${table} t where order_id = ${id}`, json)
      .then((rows) => rows.map((row) => `  ${table} ${JSON.stringify(row.json)}`));
  const parts = await Promise.all([
    all('orders', 'orders'),
    all('orders', 'order_items'),
    all('orders', 'checkouts'),
    all('orders', 'order_timeline'),
    all('orders', 'refunds'),
    all('catalog', 'stock_reservations'),
    all('catalog', 'stock_releases'),
    all('catalog', 'stock_movements'),
    all('payments', 'payments'),
    all('payments', 'entries'),
  ]);
  return [orderId, ...parts.flat()].join('\n');
}
