import { findViolations } from '@commerce/invariants/find-violations';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { setStock } from './torture/administrator.ts';
import { countAnswers, fillCarts, forEach, placeOrder, startCrowdedShop } from './torture/crowd.ts';
import { createRequests } from './torture/requests.ts';
import type { Customer, TortureShop } from './torture/shop.ts';
import { createTally } from './torture/tally.ts';

/** Many customers at once, on real processes. CROWD=1000 and OPPOSITE_ORDERS=10000 are the figures of
 *  docs/reliability.md. */

const crowd = Number(process.env.CROWD || 250);
const oppositeOrders = Number(process.env.OPPOSITE_ORDERS || 200);
const UNITS = 100;
/** Mails follow at their own speed, and the machine is this test's alone. */
const SETTLE_SECONDS = 60 + oppositeOrders / 20;

let shop: TortureShop;
let nextCustomer = 0;

beforeAll(async () => {
  shop = await startCrowdedShop({ customers: crowd + 100 + oppositeOrders });
}, 120_000);
afterAll(async () => {
  await shop?.close();
});

function takeCustomers(count: number): Customer[] {
  nextCustomer += count;
  return shop.customers.slice(nextCustomer - count, nextCustomer);
}

async function stock(productId: string, onHand: number): Promise<void> {
  const token = shop.tokenOf(shop.administrator);
  await setStock({ requests: createRequests(shop.url, createTally()), token }, productId, onHand);
}

/** Orders that somebody was told of, of these customers. */
async function countOrders(customers: readonly Customer[]): Promise<number> {
  const ids = customers.map(({ userId }) => `'${userId}'`).join(',');
  const [row] = await shop.clusters.orders.query(
    'orders',
    `select count(*)::int as count from orders where acknowledged_at is not null and user_id in (${ids})`,
    z.object({ count: z.number() }),
  );
  return row?.count ?? 0;
}

async function violations() {
  return await findViolations(shop.databaseUrls(), { mode: 'quiet', settleSeconds: SETTLE_SECONDS });
}

describe('many customers', () => {
  it(`sells ${UNITS} units to exactly ${UNITS} of ${crowd} who order at once`, async () => {
    const customers = takeCustomers(crowd);
    await stock('prod_001', crowd);
    await fillCarts(shop, customers, () => [{ productId: 'prod_001', quantity: 1 }]);
    await stock('prod_001', UNITS);

    const answers = await Promise.all(customers.map((customer) => placeOrder(shop, customer)));

    const slowest = Math.max(...answers.map(({ ms }) => ms));
    process.stdout.write(
      `${crowd} orders at once: ${JSON.stringify(countAnswers(answers))}, slowest ${Math.round(slowest)} ms\n`,
    );
    expect(countAnswers(answers)).toEqual({ '201': UNITS, '400 BUS_001': crowd - UNITS });
    expect(await violations()).toEqual([]);
  }, 180_000);

  it(
    `never waits for itself where ${oppositeOrders} carts hold the same lines in opposite order`,
    async () => {
      const customers = takeCustomers(oppositeOrders);
      const products = ['prod_002', 'prod_003', 'prod_004', 'prod_005'];
      for (const productId of products) await stock(productId, oppositeOrders);
      const lines = products.map((productId) => ({ productId, quantity: 1 }));
      await fillCarts(shop, customers, (index) => (index % 2 === 0 ? lines : [...lines].reverse()));
      const before = await countDeadlocks();

      const answers = await forEach(customers, 48, (customer) => placeOrder(shop, customer));

      expect(countAnswers(answers)).toEqual({ '201': oppositeOrders });
      expect((await countDeadlocks()) - before).toBe(0);
      expect(await violations()).toEqual([]);
    },
    120_000 + oppositeOrders * 200,
  );

  async function countDeadlocks(): Promise<number> {
    const statement = 'select sum(deadlocks)::int as count from pg_stat_database';
    const row = z.object({ count: z.number() });
    const [orders] = await shop.clusters.orders.query('postgres', statement, row);
    const [others] = await shop.clusters.others.query('postgres', statement, row);
    return (orders?.count ?? 0) + (others?.count ?? 0);
  }
});

describe('one customer', () => {
  it('gets one order for 100 requests with one key', async () => {
    const [customer] = takeCustomers(1);
    if (!customer) throw new Error('Nobody is left');
    await stock('prod_006', 1_000);
    await fillCarts(shop, [customer], () => [{ productId: 'prod_006', quantity: 2 }]);

    const answers = await Promise.all(
      Array.from({ length: 100 }, () => placeOrder(shop, customer, { key: 'one key' })),
    );

    const counts = countAnswers(answers);
    expect(Object.keys(counts).every((name) => name === '201' || name === '409 RES_002')).toBe(true);
    expect(counts['201']).toBeGreaterThanOrEqual(1);
    expect(new Set(answers.flatMap(({ orderId }) => orderId ?? [])).size).toBe(1);
    expect(await countOrders([customer])).toBe(1);
    const again = await placeOrder(shop, customer, { key: 'one key' });
    expect(again).toMatchObject({ status: 201, orderId: answers.find(({ orderId }) => orderId)?.orderId });
  });

  it('gets one order from 100 tabs without a key', async () => {
    const [customer] = takeCustomers(1);
    if (!customer) throw new Error('Nobody is left');
    await stock('prod_006', 1_000);
    await fillCarts(shop, [customer], () => [{ productId: 'prod_006', quantity: 1 }]);

    const answers = await Promise.all(Array.from({ length: 100 }, () => placeOrder(shop, customer)));

    const counts = countAnswers(answers);
    expect(counts['201']).toBe(1);
    // Once it is ordered, the cart is empty.
    expect(Object.keys(counts).sort()).toEqual(
      Object.keys(counts)
        .filter((name) => ['201', '400 BUS_002', '409 RES_002'].includes(name))
        .sort(),
    );
    expect(await countOrders([customer])).toBe(1);
    expect(await violations()).toEqual([]);
  });
});
