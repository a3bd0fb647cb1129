import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConfigError, loadConfig } from '@commerce/kit/config';
import { createTokenMint } from '@commerce/kit/internal-token';
import { createLogger } from '@commerce/kit/logger';
import { createTestDatabase, type TestDatabase } from '@commerce/testkit/database';
import { startTestPaymentProvider, type TestPaymentProvider } from '@commerce/testkit/payment-provider';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ordersConfig } from '../src/config.ts';
import { startOrders } from '../src/start.ts';
import { customer, input } from './orders-fixture.ts';

const key = 'internal-key-of-these-tests-0123456789-0123456';

/** Cart and catalog behind one port, as far as an order needs them. */
function startNeighbours(): Promise<Server> {
  const answers: Record<string, unknown> = {
    CheckoutCart: {
      checkoutCart: {
        cartId: 'cart_usr_1',
        version: 1,
        currencyCode: 'USD',
        subtotalCents: 100,
        taxCents: 8,
        shippingCents: 1_000,
        totalCents: 1_108,
        pricing: { taxRateBasisPoints: 800, taxRounding: 'down', shippingFlatCents: 1_000 },
        lines: [
          {
            productId: 'prod_1',
            name: 'Pen',
            quantity: 1,
            priceCents: 100,
            shownPriceCents: 100,
            available: 5,
            isActive: true,
          },
        ],
      },
    },
    CartVersion: { cartVersion: 1 },
    ReserveStock: { reserveStock: { status: 'HELD' } },
    CommitStock: { commitStock: { status: 'COMMITTED' } },
    ConsumeCart: { consumeCart: { consumed: true } },
  };
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => {
      text += chunk;
    });
    request.on('end', () => {
      const name = /(?:query|mutation) (\w+)/.exec(JSON.parse(text).query)?.[1] ?? '';
      response.end(JSON.stringify({ data: answers[name] }));
    });
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(server));
  });
}

let database: TestDatabase;
let neighbours: Server;
let payments: TestPaymentProvider;
let sql: postgres.Sql;
beforeAll(async () => {
  database = await createTestDatabase('orders');
  neighbours = await startNeighbours();
  payments = await startTestPaymentProvider();
  sql = postgres(database.url, { max: 1 });
});
afterAll(async () => {
  neighbours.closeAllConnections();
  neighbours.close();
  await sql.end({ timeout: 5 });
  await payments.close();
  await database.drop();
});

const logger = createLogger({ service: 'orders', level: 'silent' });

async function start() {
  const url = `http://127.0.0.1:${(neighbours.address() as AddressInfo).port}`;
  const config = loadConfig(ordersConfig, {
    PORT: '0',
    INTERNAL_KEYS: `users:${key},catalog:${key},cart:${key}`,
    INTERNAL_KEYS_ACCEPTED: `router:${key}`,
    ORDERS_DATABASE_URL: database.url,
    CATALOG_URL: url,
    CART_URL: url,
    USERS_URL: url,
    PAYMENT_PROVIDER_URL: payments.url,
    PAYMENT_PROVIDER_SECRET: payments.secret,
  });
  return await startOrders(config, { logger });
}

function createOrder(url: string) {
  const mint = createTokenMint('router', { orders: key });
  return fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-internal-token': mint({ viewer: customer(), clientAddress: '192.0.2.1' }, 'orders'),
    },
    body: JSON.stringify({
      query: 'mutation ($i: CreateOrderInput!) { createOrder(input: $i) { order { orderId status } } }',
      variables: { i: input },
    }),
  });
}

describe('the service', () => {
  it('answers the router, and lets the capture end before it stops', async () => {
    const service = await start();
    expect((await fetch(`${service.url}/health`)).status).toBe(200);
    expect((await fetch(`${service.url}/ready`)).status).toBe(200);
    expect((await fetch(`${service.url}/graphql`, { method: 'POST', body: '{}' })).status).toBe(401);
    expect(await (await createOrder(service.url)).json()).toMatchObject({
      data: { createOrder: { order: { status: 'PENDING' } } },
    });
    await service.close();
    const rows = await sql`select status, state from orders join checkouts using (order_id)`;
    expect([...rows]).toEqual([{ status: 'confirmed', state: 'done' }]);
  });

  it('takes up unfinished orders when it starts', async () => {
    await sql`update orders set status = 'pending'`;
    await sql`update checkouts set state = 'capturing', due_at = now() - interval '1 second'`;
    await sql`delete from order_timeline where status = 'confirmed'`;
    const service = await start();
    await expect
      .poll(async () => (await sql`select status from orders`)[0]?.status, { timeout: 10_000 })
      .toBe('confirmed');
    await service.close();
    const ledger = postgres(payments.databaseUrl, { max: 1 });
    expect(await ledger`select 1 from entries where kind = 'capture'`).toHaveLength(1);
    await ledger.end({ timeout: 5 });
  });
});

describe('the configuration', () => {
  it('lists all faults at once', () => {
    const load = () =>
      loadConfig(ordersConfig, { PORT: 'x', CART_URL: 'ftp://cart', DATABASE_POOL_SIZE: '0' });
    expect(load).toThrow(ConfigError);
    const names = [
      'PORT',
      'INTERNAL_KEYS',
      'INTERNAL_KEYS_ACCEPTED',
      'ORDERS_DATABASE_URL',
      'CATALOG_URL',
      'CART_URL',
      'USERS_URL',
      'DATABASE_POOL_SIZE',
    ];
    try {
      load();
    } catch (error) {
      for (const name of names) expect(String(error)).toContain(name);
    }
  });
});
