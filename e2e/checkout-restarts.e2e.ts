import { setTimeout as delay } from 'node:timers/promises';
import { findViolations } from '@commerce/invariants/find-violations';
import { type BoundFolder, createBoundFolder } from '@commerce/testkit/bound-folder';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { setStock } from './torture/administrator.ts';
import { headersOf, orderInput } from './torture/crowd.ts';
import { type KeptConnection, keepConnection } from './torture/kept-connection.ts';
import { createRequests } from './torture/requests.ts';
import { settle } from './torture/settle.ts';
import { type Customer, startTortureShop, type TortureShop } from './torture/shop.ts';
import { createTally } from './torture/tally.ts';
import { startTcpProxy, type TcpProxy } from './torture/tcp-proxy.ts';

/** New instances take over from old ones, which drain, as an orchestrator replaces them: nobody notices.
 *  RESTARTS=20 REQUESTS=50000 is the figure of docs/reliability.md: each restart replaces every service, one after the
 *  other, and the load goes on between restarts until its share of the requests was sent. */

const restarts = Number(process.env.RESTARTS || 1);
const wantedRequests = Number(process.env.REQUESTS || 0);
const SERVICES = ['users', 'catalog', 'cart', 'orders', 'router'] as const;
const PRODUCT = 'prod_006';
const PAGES = ['users/profile', 'orders', 'products/prod_001', 'cart'];
const READERS = 8;
const BUYERS = 4;
/** Services cut what still hangs after 4.5 s: whoever was cut there explains what failed. */
const LONG_DRAIN_MS = 4_000;
/** What a slow machine needs for a request. */
const REQUEST_MS = 50;

let folder: BoundFolder;
let shop: TortureShop;
let balancer: TcpProxy;
let routerOrigin = '';

beforeAll(async () => {
  folder = await createBoundFolder();
  const options = { killsOrders: false, customers: BUYERS + 1, isReplaceable: true };
  shop = await startTortureShop(folder.path, options);
  routerOrigin = shop.url;
  balancer = await startTcpProxy(() => ({ port: Number(new URL(routerOrigin).port) }), 'http');
  await setStock(administration(), PRODUCT, 1_000_000);
}, 120_000);
afterAll(async () => {
  await balancer?.close();
  await shop?.close();
  await folder?.remove();
});

function administration() {
  const tally = createTally();
  return { tally, requests: createRequests(routerOrigin, tally), token: shop.tokenOf(shop.administrator) };
}

/** Customers who read and customers who buy, each over a connection that is kept, until they are stopped. */
function startLoad() {
  const failures: string[] = [];
  let requests = 0;
  let orders = 0;
  let step = 'nothing';
  let isOver = false;

  const send = async (client: KeptConnection, method: string, path: string, body?: unknown) => {
    const { status, text } = await client.send(method, `/api/v1/${path}`, body);
    requests += 1;
    if (status < 200 || status >= 300) {
      failures.push(`${method} ${path} while ${step} was replaced: ${status} ${text.slice(0, 300)}`);
    }
    return status;
  };
  const read = async (client: KeptConnection) => {
    for (const path of PAGES) await send(client, 'GET', path);
  };
  const buy = async (client: KeptConnection) => {
    await send(client, 'POST', 'cart/items', { productId: PRODUCT, quantity: 1 });
    if ((await send(client, 'POST', 'orders', orderInput)) === 201) orders += 1;
  };
  const repeat = async (act: typeof read, customer: Customer) => {
    const client = keepConnection(`http://127.0.0.1:${balancer.port}`, headersOf(shop, customer));
    while (!isOver) await act(client);
    client.close();
  };
  const [reader, ...buyers] = shop.customers;
  if (!reader) throw new Error('Nobody is there');
  const readers = Array.from({ length: READERS }, () => reader);
  const load = [...readers.map((one) => repeat(read, one)), ...buyers.map((one) => repeat(buy, one))];
  return {
    failures,
    requests: () => requests,
    orders: () => orders,
    /** Names what is being done, for what is told of a failure. */
    enter(name: string) {
      step = name;
    },
    async stop() {
      isOver = true;
      await Promise.all(load);
    },
  };
}

/** Starts a further instance of a service, sends everybody there, and drains the one before. */
async function replace(name: (typeof SERVICES)[number], old: TortureShop['processes']) {
  const { origin, process: next } = await shop.startInstance(name);
  if (name === 'router') routerOrigin = origin;
  else shop.direct(name, origin);
  const startedAt = Date.now();
  await old[name].stop();
  const drainMs = Date.now() - startedAt;
  if (drainMs > LONG_DRAIN_MS) process.stdout.write(`${name} took ${drainMs} ms to end\n`);
  return { ...old, [name]: next };
}

it(
  `answers every request through ${restarts} restarts of every service`,
  async () => {
    const load = startLoad();
    let { processes } = shop;
    for (let restart = 1; restart <= restarts; restart += 1) {
      for (const name of SERVICES) {
        load.enter(name);
        processes = await replace(name, processes);
      }
      load.enter('nothing');
      await delay(500);
      while (load.requests() < (wantedRequests * restart) / restarts) await delay(50);
    }
    await load.stop();

    const { failures } = load;
    process.stdout.write(
      `${restarts} restarts: ${load.requests()} requests, ${load.orders()} orders, ${failures.length} failures\n`,
    );
    expect(failures).toEqual([]);
    expect(load.orders()).toBeGreaterThan(restarts);
    expect(await settle(shop, administration())).not.toBeNull();
    expect(await findViolations(shop.databaseUrls(), { mode: 'quiet', settleSeconds: 30 })).toEqual([]);
  },
  120_000 + restarts * 60_000 + wantedRequests * REQUEST_MS,
);
