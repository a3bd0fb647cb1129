import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { findViolations } from '@commerce/invariants/find-violations';
import type { AckedOrder } from '@commerce/invariants/invariant';
import { startTestSupergraph, type TestSupergraph } from '@commerce/testkit/in-process-supergraph';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { createShopClient, type ShopClient } from './client.ts';

/** A shop in which orders were placed, refused, shipped, refunded and cancelled. The tests build on each other. */

let shop: TestSupergraph;
let client: ShopClient;
let admin = '';
const acked: AckedOrder[] = [];

beforeAll(async () => {
  shop = await startTestSupergraph();
  client = createShopClient(shop.url);
  admin = await client.logIn('admin@example.com', 'Demo-Passw0rd!');
});
afterAll(async () => {
  await shop?.close();
});

const main = fileURLToPath(new URL('../infra/invariants/src/main.ts', import.meta.url));
const address = { street: '123 Main St', city: 'New York', state: 'NY', zipCode: '10001', country: 'USA' };
const SETTLE_SECONDS = 60;

const orderAnswer = z.object({
  data: z.object({
    orderId: z.string(),
    userId: z.string(),
    summary: z.object({ total: z.number() }),
    items: z.array(z.object({ productId: z.string(), quantity: z.number(), price: z.number() })),
  }),
});

async function fillCart(token: string, lines: Record<string, number>): Promise<void> {
  for (const [productId, quantity] of Object.entries(lines)) {
    const added = await client.rest('POST', '/api/v1/cart/items', { token, body: { productId, quantity } });
    expect(added.status).toBe(201);
  }
}

async function placeOrder(token: string, key: string, card = 'tok_visa_4242') {
  return await client.rest('POST', '/api/v1/orders', {
    token,
    body: { shippingAddress: address, paymentMethod: { type: 'credit_card', token: card } },
    headers: { 'idempotency-key': key },
  });
}

/** A confirmed order of one's own. */
async function order(lines: Record<string, number>): Promise<{ orderId: string; token: string }> {
  const { token } = await client.signUp();
  await fillCart(token, lines);
  const key = randomUUID();
  const placed = await placeOrder(token, key);
  expect(placed.status).toBe(201);
  const { orderId, userId, summary, items } = orderAnswer.parse(placed.body).data;
  acked.push({ orderId, userId, total: summary.total, items, key });
  await client.waitForStatus(orderId, 'confirmed', token);
  return { orderId, token };
}

async function change(mutation: string, input: unknown, token = admin): Promise<void> {
  const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`;
  const query = `mutation Change($input: ${type}!) { ${mutation}(input: $input) { order { orderId } } }`;
  const { errors } = await client.graphql(query, { token, variables: { input } });
  expect(errors).toEqual([]);
}

async function ship(orderId: string): Promise<void> {
  const tracking = { carrier: 'UPS', trackingNumber: '1Z999AA10123456784' };
  await change('updateOrderStatus', { orderId, status: 'SHIPPED', tracking });
}

async function verify(): Promise<{ code: number; stdout: string }> {
  const urls = Object.entries(shop.databaseUrls).map(([name, url]) => [
    `${name.toUpperCase()}_DATABASE_URL`,
    url,
  ]);
  const env = { PATH: process.env.PATH, ...Object.fromEntries(urls) };
  return await new Promise((resolve) => {
    const command = ['--conditions=source', '--import', 'tsx', main];
    execFile(process.execPath, command, { env }, (error, stdout) => {
      resolve({ code: Number(error?.code ?? 0), stdout });
    });
  });
}

it('keeps all invariants through orders, refusals, cancellations and refunds', async () => {
  const declined = await client.signUp();
  await fillCart(declined.token, { prod_001: 1 });
  const refused = await placeOrder(declined.token, 'declined', 'tok_declined');
  expect(refused.body).toMatchObject({ error: { code: 'BUS_003' } });

  await order({ prod_001: 1, prod_003: 2 });
  const delivered = await order({ prod_003: 1 });
  await ship(delivered.orderId);
  await change('updateOrderStatus', { orderId: delivered.orderId, status: 'DELIVERED' });
  const cancelled = await order({ prod_003: 3 });
  await change('cancelOrder', { orderId: cancelled.orderId }, cancelled.token);
  const partly = await order({ prod_003: 2 });
  await change('refundOrder', {
    orderId: partly.orderId,
    amount: 5,
    restock: [{ productId: 'prod_003', quantity: 1 }],
  });
  const halfBack = await order({ prod_003: 2 });
  await change('refundOrder', { orderId: halfBack.orderId, amount: 5 });
  await change('cancelOrder', { orderId: halfBack.orderId }, halfBack.token);
  const refunded = await order({ prod_003: 1 });
  await ship(refunded.orderId);
  await change('refundOrder', { orderId: refunded.orderId, amount: 5 });
  await change('refundOrder', { orderId: refunded.orderId });

  expect(await findViolations(shop.databaseUrls, { mode: 'live', acked })).toEqual([]);
  const violations = await findViolations(shop.databaseUrls, {
    mode: 'quiet',
    acked,
    settleSeconds: SETTLE_SECONDS,
  });
  expect(violations).toEqual([]);
}, 120_000);

it('keeps them where the payment provider fails in the middle', async () => {
  await shop.payments.faults.add('capture', 'error', { count: 2 });
  await order({ prod_003: 1 });

  const violations = await findViolations(shop.databaseUrls, {
    mode: 'quiet',
    acked,
    settleSeconds: SETTLE_SECONDS,
  });
  expect(violations).toEqual([]);
}, 120_000);

it('keeps at any moment what is said to hold at any moment', async () => {
  let isShopping = true;
  const shopping = Promise.all(
    Array.from({ length: 12 }, async (_, index) => {
      const { orderId, token } = await order({ prod_003: 1 });
      if (index % 3 === 0) await change('cancelOrder', { orderId }, token);
      if (index % 3 === 1) await change('refundOrder', { orderId, amount: 1 });
    }),
  ).finally(() => {
    isShopping = false;
  });
  let looks = 0;
  while (isShopping) {
    expect(await findViolations(shop.databaseUrls, { mode: 'live', acked })).toEqual([]);
    looks += 1;
  }
  await shopping;
  expect(looks).toBeGreaterThan(1);

  const violations = await findViolations(shop.databaseUrls, {
    mode: 'quiet',
    acked,
    settleSeconds: SETTLE_SECONDS,
  });
  expect(violations).toEqual([]);
}, 120_000);

it('says so on the command line', async () => {
  const { code, stdout } = await verify();

  expect(stdout).not.toContain('BROKEN');
  expect(code).toBe(0);
});

it('ends with the row of what was done by hand: money that the shop knows nothing of goes back', async () => {
  const [{ orderId } = { orderId: '' }] = acked;
  const { url, secret } = shop.payments;
  const payment = { orderId, authorisationKey: `${orderId}:auth:1`, currency: 'USD' };
  const refund = await fetch(`${url}/refunds`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
    body: JSON.stringify({ ...payment, key: 'by hand', amountCents: 100 }),
  });
  expect(await refund.json()).toEqual({ kind: 'refunded' });

  const { code, stdout } = await verify();

  expect(code).toBe(1);
  expect(stdout).toMatch(new RegExp(`^BROKEN {3}6 .*: 1\\n +\\{.*"order_id":"${orderId}"`, 'm'));
});
