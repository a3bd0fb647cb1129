import { randomInt } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { findViolations } from '@commerce/invariants/find-violations';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { setStock } from './torture/administrator.ts';
import { countAnswers, fillCarts, forEach, placeOrder, startCrowdedShop } from './torture/crowd.ts';
import { createRandom } from './torture/random.ts';
import { createRequests } from './torture/requests.ts';
import { settle } from './torture/settle.ts';
import type { Customer, TortureShop } from './torture/shop.ts';
import { createTally } from './torture/tally.ts';

/** A payment provider that is late, says things twice, or does not say whether it did. MIXED_PAYMENTS=500 is the
 *  figure of docs/reliability.md. */

const mixed = Number(process.env.MIXED_PAYMENTS || 40);
const seed = Number(process.env.PAYMENTS_SEED || randomInt(2 ** 31));
const PRODUCT = 'prod_006';
/** Longer than it takes to give an order up. */
const LATE_MS = 20_000;

let shop: TortureShop;
let nextCustomer = 0;

beforeAll(async () => {
  shop = await startCrowdedShop({ customers: mixed + 20 });
  await setStock(administration(), PRODUCT, 100_000);
}, 120_000);
afterAll(async () => {
  await shop?.close();
});
beforeEach(async () => {
  await shop.paymentFaults.clear();
});

function administration() {
  const tally = createTally();
  return { tally, requests: createRequests(shop.url, tally), token: shop.tokenOf(shop.administrator) };
}

async function takeCustomers(count: number): Promise<Customer[]> {
  nextCustomer += count;
  const customers = shop.customers.slice(nextCustomer - count, nextCustomer);
  await fillCarts(shop, customers, () => [{ productId: PRODUCT, quantity: 1 }]);
  return customers;
}

async function takeCustomer(): Promise<Customer> {
  const [customer] = await takeCustomers(1);
  if (!customer) throw new Error('Nobody is left');
  return customer;
}

/** How the orders of these customers stand. */
async function statusesOf(customers: readonly Customer[]): Promise<Record<string, number>> {
  const ids = customers.map(({ userId }) => `'${userId}'`).join(',');
  const rows = await shop.clusters.orders.query(
    'orders',
    `select status, count(*)::int as count from orders where user_id in (${ids}) group by status order by status`,
    z.object({ status: z.string(), count: z.number() }),
  );
  return Object.fromEntries(rows.map(({ status, count }) => [status, count]));
}

async function approvedEntriesOf(customer: Customer): Promise<string[]> {
  const [order] = await shop.clusters.orders.query(
    'orders',
    `select order_id as "orderId" from orders where user_id = '${customer.userId}'`,
    z.object({ orderId: z.string() }),
  );
  const rows = await shop
    .clusterOf('payments')
    .query(
      'payments',
      `select kind from entries where order_id = '${order?.orderId}' and outcome = 'approved' order by entry_id`,
      z.object({ kind: z.string() }),
    );
  return rows.map(({ kind }) => kind);
}

async function expectRest(): Promise<void> {
  expect(await settle(shop, administration())).not.toBeNull();
  expect(await findViolations(shop.databaseUrls(), { mode: 'quiet', settleSeconds: 30 })).toEqual([]);
}

describe('a payment whose outcome is not known', () => {
  it.each([
    ['applied, and the answer lost', 'authorise', 'lose-answer', 0],
    ['not applied', 'authorise', 'lose-request', 0],
    ['applied after the connection was lost', 'authorise', 'late', 1_000],
    ['applied twice', 'authorise', 'twice', 0],
    ['captured, and the answer lost', 'capture', 'lose-answer', 0],
    ['captured after the connection was lost', 'capture', 'late', 1_000],
    ['captured twice', 'capture', 'twice', 0],
  ] as const)('becomes one capture where it was %s', async (_, operation, fault, delayMs) => {
    const customer = await takeCustomer();
    await shop.paymentFaults.add(operation, fault, { delayMs });

    const answer = await placeOrder(shop, customer);

    expect(answer).toMatchObject({ status: 201, code: null });
    await expectRest();
    expect(await statusesOf([customer])).toEqual({ confirmed: 1 });
    expect(await approvedEntriesOf(customer)).toEqual(['authorise', 'capture']);
  });

  it('is a pending order after 8 s, which is decided without its customer', async () => {
    const customer = await takeCustomer();
    await shop.paymentFaults.add('authorise', 'delay', { count: 3, delayMs: 9_000 });

    const answer = await placeOrder(shop, customer);

    expect(answer).toMatchObject({ status: 201, code: null });
    expect(answer.ms).toBeGreaterThan(7_500);
    expect(answer.ms).toBeLessThan(10_000);
    await expectRest();
    expect(await statusesOf([customer])).toEqual({ confirmed: 1 });
    expect(await approvedEntriesOf(customer)).toEqual(['authorise', 'capture']);
  }, 90_000);

  it('takes no money from an authorisation that comes after the order was given up', async () => {
    const customer = await takeCustomer();
    await shop.paymentFaults.add('authorise', 'late', { count: 20, delayMs: LATE_MS });
    const startedAt = Date.now();

    const answer = await placeOrder(shop, customer);

    expect(answer).toMatchObject({ status: 201, code: null });
    await expectRest();
    expect(await statusesOf([customer])).toEqual({ cancelled: 1 });
    await delay(startedAt + answer.ms + LATE_MS - Date.now());
    expect(await approvedEntriesOf(customer)).toEqual(['void']);
  }, 90_000);
});

it(
  `confirms or cancels ${mixed} orders of mixed fates, with one capture each at most`,
  async () => {
    process.stdout.write(`payments seed ${seed}\n`);
    const random = createRandom(seed);
    const customers = await takeCustomers(mixed);
    for (let index = 0; index < mixed; index += 1) {
      const fault = random.pick([
        'delay',
        'delay',
        'lose-request',
        'lose-answer',
        'late',
        'twice',
        'error',
      ] as const);
      const delayMs = random.pick([0, 50, 500, 3_000, 6_000, 8_000]);
      await shop.paymentFaults.add('authorise', fault, { delayMs });
      const later = random.pick([fault, 'delay', 'refuse'] as const);
      await shop.paymentFaults.add('capture', later, { delayMs: random.pick([0, 500, 6_000]) });
      if (random.chance(0.2)) await shop.paymentFaults.add('void', fault, { delayMs });
      if (random.chance(0.2)) await shop.paymentFaults.add('find', fault, { delayMs });
    }

    const answers = await forEach(customers, 24, (customer) => placeOrder(shop, customer));

    expect(countAnswers(answers)).toEqual({ '201': mixed });
    await shop.paymentFaults.clear();
    await expectRest();
    const { confirmed = 0, cancelled = 0 } = await statusesOf(customers);
    process.stdout.write(`payments: ${confirmed} confirmed, ${cancelled} cancelled\n`);
    expect(confirmed + cancelled).toBe(mixed);
    const twice = await shop
      .clusterOf('payments')
      .query(
        'payments',
        `select order_id from entries where kind = 'capture' and outcome = 'approved' group by order_id having count(*) > 1`,
        z.unknown(),
      );
    expect(twice).toEqual([]);
  },
  180_000 + mixed * 1_000,
);
