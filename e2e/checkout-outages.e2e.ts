import { setTimeout as delay } from 'node:timers/promises';
import { findViolations } from '@commerce/invariants/find-violations';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { setStock } from './torture/administrator.ts';
import {
  countAnswers,
  fillCarts,
  forEach,
  headersOf,
  placeOrder,
  startCrowdedShop,
} from './torture/crowd.ts';
import { createRequests } from './torture/requests.ts';
import { settle } from './torture/settle.ts';
import type { Customer, TortureShop } from './torture/shop.ts';
import { createTally } from './torture/tally.ts';

/** What clients see while the database of orders is out of reach or out of breath, and that nothing is lost.
 *  LOST_ANSWERS=200 is the figure of docs/reliability.md. */

const lostAnswers = Number(process.env.LOST_ANSWERS || 24);
const PRODUCT = 'prod_006';
const WITHIN_MS = 2_000;

let shop: TortureShop;
let nextCustomer = 0;

beforeAll(async () => {
  shop = await startCrowdedShop({ customers: lostAnswers + 200 });
  await setStock(administration(), PRODUCT, 100_000);
  // A process that has just begun is slow, whatever the database does.
  await forEach(await takeCustomers(20), 10, (customer) => placeOrder(shop, customer));
}, 120_000);
afterAll(async () => {
  await shop?.close();
});
afterEach(async () => {
  await limitConnections(-1);
  shop.links['orders database'].goOn();
  shop.links['orders database'].clear();
});

function administration() {
  const tally = createTally();
  return { tally, requests: createRequests(shop.url, tally), token: shop.tokenOf(shop.administrator) };
}

/** @returns 2 s, and what this machine takes at the moment for as many requests that nothing keeps waiting */
async function allowedMs(customers: readonly Customer[]): Promise<number> {
  const read = async (customer: Customer) => {
    const startedAt = performance.now();
    const response = await fetch(`${shop.url}/api/v1/cart`, { headers: headersOf(shop, customer) });
    await response.text();
    return performance.now() - startedAt;
  };
  return WITHIN_MS + Math.max(...(await forEach(customers, customers.length, read)));
}

async function limitConnections(limit: number): Promise<void> {
  await shop.clusters.orders.query('postgres', `alter role orders connection limit ${limit}`, z.unknown());
}

async function takeCustomers(count: number): Promise<Customer[]> {
  nextCustomer += count;
  const customers = shop.customers.slice(nextCustomer - count, nextCustomer);
  await fillCarts(shop, customers, () => [{ productId: PRODUCT, quantity: 1 }]);
  return customers;
}

async function expectRest(): Promise<void> {
  expect(await settle(shop, administration())).not.toBeNull();
  expect(await findViolations(shop.databaseUrls(), { mode: 'quiet', settleSeconds: 30 })).toEqual([]);
}

/** @returns how long it took until an order was taken again */
async function recoveryMs(customers: readonly Customer[]): Promise<number> {
  const startedAt = performance.now();
  for (const customer of customers) {
    const { status } = await placeOrder(shop, customer);
    if (status === 201) return performance.now() - startedAt;
    await delay(50);
  }
  throw new Error('No order was taken');
}

describe('the database of orders', () => {
  it('fails what finds no connection within 2 s, and is there again within 2 s', async () => {
    const customers = await takeCustomers(90);
    const limitMs = await allowedMs(customers.slice(20, 36));
    shop.links['orders database'].hold();
    // They hold all connections, and their statements have no answer.
    const holders = forEach(customers.slice(0, 20), 20, (customer) => placeOrder(shop, customer));
    await delay(200);

    const answers = await forEach(customers.slice(20, 36), 16, (customer) => placeOrder(shop, customer));

    expect(countAnswers(answers)).toEqual({ '503 SYS_002': 16 });
    expect(Math.max(...answers.map(({ ms }) => ms))).toBeLessThan(limitMs);
    shop.links['orders database'].goOn();
    expect(await recoveryMs(customers.slice(36))).toBeLessThan(limitMs);
    await holders;
    await expectRest();
  });

  it('fails everything within 2 s while it takes no more connections, and is there again within 2 s', async () => {
    const customers = await takeCustomers(60);
    const limitMs = await allowedMs(customers.slice(0, 16));
    const { orders } = shop.clusters;
    await limitConnections(0);
    await orders.query(
      'postgres',
      `select pg_terminate_backend(pid) from pg_stat_activity where usename = 'orders'`,
      z.unknown(),
    );

    const answers = await forEach(customers.slice(0, 16), 16, (customer) => placeOrder(shop, customer));

    expect(countAnswers(answers)).toEqual({ '503 SYS_002': 16 });
    expect(Math.max(...answers.map(({ ms }) => ms))).toBeLessThan(limitMs);
    await limitConnections(-1);
    expect(await recoveryMs(customers.slice(16))).toBeLessThan(limitMs);
    await expectRest();
  });
});

/** The statements of a checkout, by a text that each holds and how many that hold it come before. */
const statements: readonly { text: string; after: number }[] = [
  { text: 'insert into orders', after: 0 },
  ...Array.from({ length: 6 }, (_, after) => ({ text: 'update checkouts', after })),
];

it(
  `gives one order for one cart where the answer to a commit is lost, ${lostAnswers} times`,
  async () => {
    const customers = await takeCustomers(lostAnswers);
    const link = shop.links['orders database'];
    const before = link.lost();
    const answers = await forEach(customers, 1, async (customer, index) => {
      const statement = statements[index % statements.length];
      if (!statement) throw new Error('There are no statements');
      link.loseNext({ what: 'answer', ...statement }, 1);
      const answer = await placeOrder(shop, customer, { key: `lost ${index}` });
      // What comes after the answer has its turn as well.
      await delay(100);
      link.clear();
      return answer;
    });

    expect(link.lost() - before).toBeGreaterThan(lostAnswers / 2);
    // With a key, whoever asks how the order went is told that it is under way.
    const expected = ['201', '409 RES_002', '503 SYS_002'];
    expect(Object.keys(countAnswers(answers)).filter((name) => !expected.includes(name))).toEqual([]);
    await expectRest();
    // Whoever had no answer asks again.
    const again = await forEach(customers, 8, (customer, index) =>
      placeOrder(shop, customer, { key: `lost ${index}` }),
    );
    expect(countAnswers(again)).toEqual({ '201': lostAnswers });
    for (const [index, { orderId }] of answers.entries()) {
      if (orderId !== null) expect(again[index]?.orderId).toBe(orderId);
    }
    await expectRest();
  },
  120_000 + lostAnswers * 1_000,
);
