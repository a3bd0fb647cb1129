import { setTimeout as delay } from 'node:timers/promises';
import { findViolations } from '@commerce/invariants/find-violations';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { setStock } from './torture/administrator.ts';
import { headersOf, orderInput, startCrowdedShop } from './torture/crowd.ts';
import { type KeptConnection, keepConnection } from './torture/kept-connection.ts';
import { createRequests } from './torture/requests.ts';
import { settle } from './torture/settle.ts';
import type { Customer, TortureShop } from './torture/shop.ts';
import { createTally } from './torture/tally.ts';
import { startTcpProxy, type TcpProxy } from './torture/tcp-proxy.ts';

/** New instances take over from old ones, which drain, as an orchestrator replaces them: nobody notices.
 *  RESTARTS=20 is the figure of docs/reliability.md. */

const restarts = Number(process.env.RESTARTS || 2);
const PRODUCT = 'prod_006';
const READERS = 8;
const BUYERS = 4;

let shop: TortureShop;
let balancer: TcpProxy;
let routerOrigin = '';

beforeAll(async () => {
  shop = await startCrowdedShop({ customers: BUYERS + 1 });
  routerOrigin = shop.url;
  balancer = await startTcpProxy(() => ({ port: Number(new URL(routerOrigin).port) }), 'http');
  await setStock(administration(), PRODUCT, 100_000);
}, 120_000);
afterAll(async () => {
  await balancer?.close();
  await shop?.close();
});

function administration() {
  const tally = createTally();
  return { tally, requests: createRequests(shop.url, tally), token: shop.tokenOf(shop.administrator) };
}

it(
  `answers every request through ${restarts} restarts of orders and of the router`,
  async () => {
    const origin = `http://127.0.0.1:${balancer.port}`;
    const failures: string[] = [];
    let requests = 0;
    let orders = 0;
    let isOver = false;

    const send = async (client: KeptConnection, method: string, path: string, body?: unknown) => {
      const status = await client.send(method, path, body);
      requests += 1;
      if (status === 0 || status >= 500) failures.push(`${method} ${path}: ${status}`);
      return status;
    };
    const read = async (customer: Customer) => {
      const client = keepConnection(origin, headersOf(shop, customer));
      while (!isOver) {
        for (const path of ['orders', 'products/prod_001', 'cart'])
          await send(client, 'GET', `/api/v1/${path}`);
      }
      client.close();
    };
    const buy = async (customer: Customer) => {
      const client = keepConnection(origin, headersOf(shop, customer));
      while (!isOver) {
        await send(client, 'POST', '/api/v1/cart/items', { productId: PRODUCT, quantity: 1 });
        if ((await send(client, 'POST', '/api/v1/orders', orderInput)) === 201) orders += 1;
      }
      client.close();
    };
    const [reader, ...buyers] = shop.customers;
    if (!reader) throw new Error('Nobody is there');
    const load = [...Array.from({ length: READERS }, () => read(reader)), ...buyers.map(buy)];

    let old = { orders: shop.processes.orders, router: shop.processes.router };
    for (let restart = 0; restart < restarts; restart += 1) {
      const orderService = await shop.startInstance('orders');
      shop.directOrders(orderService.origin);
      await old.orders.stop();
      const router = await shop.startInstance('router');
      routerOrigin = router.origin;
      await old.router.stop();
      old = { orders: orderService.process, router: router.process };
      await delay(500);
    }
    isOver = true;
    await Promise.all(load);

    process.stdout.write(`restarts: ${requests} requests, ${orders} orders, ${failures.length} failures\n`);
    expect(failures).toEqual([]);
    expect(orders).toBeGreaterThan(restarts);
    const deps = { ...administration(), requests: createRequests(routerOrigin, createTally()) };
    expect(await settle(shop, deps)).not.toBeNull();
    expect(await findViolations(shop.databaseUrls(), { mode: 'quiet', settleSeconds: 30 })).toEqual([]);
  },
  120_000 + restarts * 30_000,
);
