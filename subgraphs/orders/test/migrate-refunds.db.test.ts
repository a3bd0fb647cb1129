import { migrateTo, type TestDatabase } from '@commerce/testkit/database';
import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRefundStore } from '../src/data/refund-store.ts';
import { cloneOldDatabase } from './old-database.ts';

/** Of refunds before their keys and pieces were written down. */
const OLD_MIGRATIONS = 5;

let database: TestDatabase;
let sql: postgres.Sql;
beforeAll(async () => {
  database = await cloneOldDatabase(OLD_MIGRATIONS);
  sql = postgres(database.url, { onnotice: () => {}, fetch_types: false });
  await insertOrder('ord_1', { prod_a: 3, prod_b: 1 });
  await insertOrder('ord_2', { prod_a: 2 });
  await insertRefund('rfd_1', 'ord_1', { state: 'done', pieces: { prod_a: 1 } });
  await insertRefund('rfd_2', 'ord_1', { state: 'requested', pieces: { prod_a: 1, prod_b: 1 } });
  await insertRefund('rfd_3', 'ord_1', { state: 'refused', pieces: { prod_a: 1 } });
  // Both were asked for at once; the catalog took only one of them.
  await insertRefund('rfd_4', 'ord_2', { state: 'done', pieces: { prod_a: 2 } });
  await insertRefund('rfd_5', 'ord_2', { state: 'done', pieces: { prod_a: 2 } });
  await migrateTo('orders', database.url);
});
afterAll(async () => {
  await sql?.end({ timeout: 5 });
  await database?.drop();
});

async function insertOrder(orderId: string, quantities: Record<string, number>) {
  const method = { type: 'credit_card', brand: null, last4: null, reference: null };
  const total = Object.values(quantities).reduce((sum, quantity) => sum + quantity, 0);
  await sql`insert into orders (order_id, user_id, status, currency, subtotal, tax, shipping, total_amount, item_count,
      shipping_address, billing_address, payment_method, tracking_info, cart_id, cart_version, acknowledged_at,
      cart_consumed_at, estimated_delivery)
    values (${orderId}, 'usr_1', 'shipped', 'USD', ${total}, 0, 0, ${total}, ${total}, '{}', '{}', ${sql.json(method)},
      ${sql.json({ carrier: 'UPS', trackingNumber: '1Z', url: null })}, ${`cart_${orderId}`}, 1, now(), now(), now())`;
  for (const [position, [productId, quantity]] of Object.entries(quantities).entries()) {
    await sql`insert into order_items
        (item_id, order_id, product_id, product_name, quantity, price, subtotal, position)
      values (${`${orderId}_${position}`}, ${orderId}, ${productId}, 'A product', ${quantity}, 1, ${quantity}, ${position})`;
  }
}

async function insertRefund(
  refundId: string,
  orderId: string,
  { state, pieces }: { state: string; pieces: Record<string, number> },
) {
  const restock = Object.entries(pieces).map(([productId, quantity]) => ({ productId, quantity }));
  await sql`insert into refunds (refund_id, order_id, amount, restock, requested_by, request_hash, state, due_at)
    values (${refundId}, ${orderId}, 0.1, ${sql.json(restock)}, 'usr_admin', 'hash', ${state}, now())`;
}

describe('refunds from before their keys were written down', () => {
  it('keep the key under which the provider knows them', async () => {
    const lists = await createRefundStore(drizzle(sql)).listByOrders(['ord_1', 'ord_2']);
    expect(lists.flat().map(({ providerKey }) => providerKey)).toEqual([
      ...['ord_1:refund:rfd_1', 'ord_1:refund:rfd_2', 'ord_1:refund:rfd_3'],
      ...['ord_2:refund:rfd_4', 'ord_2:refund:rfd_5'],
    ]);
  });

  it('have put their pieces back, or are putting them, and no more than there are', async () => {
    const rows = await sql`select order_id, product_id, restocked_quantity from order_items order by 1, 2`;
    expect([...rows]).toEqual([
      { order_id: 'ord_1', product_id: 'prod_a', restocked_quantity: 2 },
      { order_id: 'ord_1', product_id: 'prod_b', restocked_quantity: 1 },
      { order_id: 'ord_2', product_id: 'prod_a', restocked_quantity: 2 },
    ]);
    const [surplus] = await sql`select restock from refunds where refund_id = 'rfd_5'`;
    expect(surplus).toEqual({ restock: [] });
  });

  it('come to their end, refused ones too, and leave their pieces for others', async () => {
    const refunds = createRefundStore(drizzle(sql));
    await sql`update orders set refunded_amount = 0.4`;
    await sql`update refunds set state = 'requested' where refund_id in ('rfd_4', 'rfd_5')`;
    expect(await refunds.markRefused('rfd_4', 'No')).toBe(true);
    expect(await refunds.markRefused('rfd_5', 'No')).toBe(true);
    const [[item], states] = await Promise.all([
      sql`select restocked_quantity from order_items where order_id = 'ord_2'`,
      sql`select distinct state from refunds where order_id = 'ord_2'`,
    ]);
    expect([item, ...states]).toEqual([{ restocked_quantity: 0 }, { state: 'refused' }]);
  });
});
