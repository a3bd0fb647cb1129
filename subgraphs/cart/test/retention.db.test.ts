import { drizzle } from 'drizzle-orm/postgres-js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCartStore } from '../src/data/cart-store.ts';
import { type CartFixture, createCartFixture } from './cart-fixture.ts';

const lines = [{ productId: 'prod_001', quantity: 1 }];
let fixture: CartFixture;
let store: ReturnType<typeof createCartStore>;
beforeEach(async () => {
  fixture = await createCartFixture();
  store = createCartStore(drizzle(fixture.client));
});
afterEach(async () => await fixture.close());

async function consume(orderId: string, daysAgo: number): Promise<void> {
  await fixture.consume({ userId: 'usr_1', orderId, version: 0, lines });
  await fixture.client`update cart_consumptions set consumed_at = now() - make_interval(days => ${daysAgo})
    where order_id = ${orderId}`;
}

async function known(): Promise<unknown[]> {
  const rows = await fixture.client`select order_id from cart_consumptions order by order_id`;
  return rows.map((row) => row.order_id);
}

describe('orders that were taken out of their carts', () => {
  it('are forgotten after 30 days, oldest first, and so many at once', async () => {
    for (const [orderId, days] of [
      ['ord_1', 31],
      ['ord_2', 33],
      ['ord_3', 32],
      ['ord_young', 29],
    ] as const)
      await consume(orderId, days);
    expect(await store.pruneConsumptions(30, 2)).toBe(2);
    expect(await known()).toEqual(['ord_1', 'ord_young']);
    expect(await store.pruneConsumptions(30, 2)).toBe(1);
    expect(await store.pruneConsumptions(30, 2)).toBe(0);
    expect(await known()).toEqual(['ord_young']);
  });
});
