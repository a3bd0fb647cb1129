import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { findFreePort } from '@commerce/launcher/free-port';
import { Pool } from 'undici';
import { z } from 'zod';

/** What placing an order costs, uncontended, beside an earlier build: `npm run bench:checkout -- <revision> [orders]`.
 *  Builds the revision in a folder of its own, runs both shops, and orders at them in turns, so that whatever the
 *  machine does meanwhile it does to both. Fails where the median is more than a quarter above the earlier one. */

const [revision = 'HEAD~1', orders = '300'] = process.argv.slice(2);
const ORDERS = Number(orders);
const WARM_UP = 40;
const LIMIT = 1.25;
/** What goes on after an answer is over before the other shop is asked. */
const PAUSE_MS = 40;

const repository = fileURLToPath(new URL('..', import.meta.url));
const loginAnswer = z.object({ data: z.object({ accessToken: z.string() }) });
const address = { street: '123 Main St', city: 'New York', state: 'NY', zipCode: '10001', country: 'USA' };

type Shop = { name: string; order(): Promise<number>; close(): Promise<void> };

const work = await mkdtemp(path.join(tmpdir(), 'commerce-bench-'));
const earlier = path.join(work, 'earlier');
const shops: Shop[] = [];
try {
  build(earlier);
  shops.push(await startShop(`earlier (${revision})`, earlier), await startShop('this build', repository));
  const [before = [], now = []] = await measure(shops);
  const ratio = report(before, now);
  process.exitCode = ratio > LIMIT ? 1 : 0;
} finally {
  await Promise.all(shops.map((shop) => shop.close()));
  git('worktree', 'remove', '--force', earlier);
  await rm(work, { recursive: true, force: true });
}

function git(...args: string[]): void {
  execFileSync('git', args, { cwd: repository, stdio: 'ignore' });
}

function build(folder: string): void {
  git('worktree', 'add', '--detach', folder, revision);
  for (const command of [
    ['ci', '--no-audit', '--no-fund'],
    ['run', 'build'],
  ]) {
    execFileSync('npm', command, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  }
}

async function startShop(name: string, folder: string): Promise<Shop> {
  const port = String(await findFreePort());
  const dataFolder = await mkdtemp(path.join(work, 'data-'));
  const shop = spawn(process.execPath, [path.join(folder, 'infra/launcher/dist/main.js')], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      PORT: port,
      DATA_DIR: dataFolder,
      RATE_LIMIT_API_MAX: '100000000',
      RATE_LIMIT_AUTH_MAX: '100000000',
      RATE_LIMIT_ORDER_MAX: '100000000',
      RATE_LIMIT_REFUND_MAX: '100000000',
      LOG_LEVEL: 'warn',
    },
  });
  const origin = `http://127.0.0.1:${port}`;
  await waitUntilReady(origin, shop);
  const pool = new Pool(origin, { connections: 1 });
  const call = createCall(pool);
  const { data } = loginAnswer.parse(
    await call('/api/v1/users/login', { email: 'customer@example.com', password: 'Demo-Passw0rd!' }),
  );
  const headers = { authorization: `Bearer ${data.accessToken}` };
  await restock(call);
  return {
    name,
    async order() {
      await call('/api/v1/cart/items', { productId: 'prod_001', quantity: 1 }, headers);
      const startedAt = performance.now();
      await call(
        '/api/v1/orders',
        { shippingAddress: address, paymentMethod: { type: 'credit_card', token: 'tok_visa_1234' } },
        headers,
      );
      return performance.now() - startedAt;
    },
    async close() {
      await pool.destroy();
      shop.kill('SIGTERM');
      if (shop.exitCode === null) await once(shop, 'exit');
    },
  };
}

type Call = (path: string, body: unknown, headers?: Record<string, string>) => Promise<unknown>;

function createCall(pool: Pool): Call {
  return async (pathname, body, headers = {}) => {
    const response = await pool.request({
      method: 'POST',
      path: pathname,
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    const text = await response.body.text();
    if (response.statusCode >= 300) throw new Error(`${pathname} answered ${response.statusCode}: ${text}`);
    return JSON.parse(text);
  };
}

// Enough for all orders.
async function restock(call: Call): Promise<void> {
  const { data } = loginAnswer.parse(
    await call('/api/v1/users/login', { email: 'admin@example.com', password: 'Demo-Passw0rd!' }),
  );
  const query =
    'mutation { updateInventory(input: { productId: "prod_001", onHand: 100000 }) { product { productId } } }';
  await call('/graphql', { query }, { authorization: `Bearer ${data.accessToken}` });
}

async function waitUntilReady(origin: string, shop: ChildProcess): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline && shop.exitCode === null) {
    const isReady = await fetch(`${origin}/ready`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (isReady) return;
    await delay(50);
  }
  throw new Error('The shop did not become ready');
}

/** @returns milliseconds of each order, by shop */
async function measure(both: readonly Shop[]): Promise<number[][]> {
  const times: number[][] = both.map(() => []);
  for (let round = -WARM_UP; round < ORDERS; round += 1) {
    // Who comes first changes, so that neither always follows the other.
    const turns = [...both.entries()];
    for (const [index, shop] of round % 2 === 0 ? turns : turns.reverse()) {
      const time = await shop.order();
      if (round >= 0) times[index]?.push(time);
      await delay(PAUSE_MS);
    }
  }
  return times;
}

function report(before: readonly number[], now: readonly number[]): number {
  const line = (name: string, times: readonly number[]) =>
    `${name.padEnd(24)} p50 ${quantile(times, 0.5).toFixed(2)} ms, p90 ${quantile(times, 0.9).toFixed(2)} ms`;
  const ratio = quantile(now, 0.5) / quantile(before, 0.5);
  console.log(`${ORDERS} orders each in turns, ${cpus().length} cores`);
  console.log(line(`earlier (${revision})`, before));
  console.log(line('this build', now));
  console.log(`median ${ratio.toFixed(2)} of the earlier one (at most ${LIMIT})`);
  return ratio;
}

function quantile(times: readonly number[], share: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
