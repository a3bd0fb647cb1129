import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type DatabaseName, databaseNames, ensureDatabases } from '@commerce/launcher/databases';
import { startEmbeddedPostgres } from '@commerce/launcher/embedded-postgres';
import { findFreePort } from '@commerce/launcher/free-port';

export type BenchShop = {
  origin: string;
  pid: number;
  urls: Record<DatabaseName, string>;
  close(): Promise<void>;
};

const launcher = fileURLToPath(new URL('../infra/launcher/dist/main.js', import.meta.url));

/** Starts the built embedded shop, seeded, on a durable Postgres of its own, without rate limits in the way. */
export async function startBenchShop(): Promise<BenchShop> {
  const folder = await mkdtemp(path.join(tmpdir(), 'commerce-bench-'));
  const postgres = await startEmbeddedPostgres({
    folder: path.join(folder, 'postgres'),
    password: randomBytes(16).toString('hex'),
    isDurable: true,
    maxConnections: 60,
  });
  const password = () => randomBytes(16).toString('hex');
  const passwords = {
    users: password(),
    catalog: password(),
    cart: password(),
    orders: password(),
    payments: password(),
  };
  const {
    users = '',
    catalog = '',
    cart = '',
    orders = '',
    payments = '',
  } = await ensureDatabases(postgres, databaseNames, passwords);
  const port = String(await findFreePort());
  const shop = spawn(process.execPath, [launcher], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      PORT: port,
      DATA_DIR: path.join(folder, 'data'),
      USERS_DATABASE_URL: users,
      CATALOG_DATABASE_URL: catalog,
      CART_DATABASE_URL: cart,
      ORDERS_DATABASE_URL: orders,
      PAYMENTS_DATABASE_URL: payments,
      RATE_LIMIT_API_MAX: '100000000',
      RATE_LIMIT_AUTH_MAX: '100000000',
      RATE_LIMIT_ORDER_MAX: '100000000',
      RATE_LIMIT_REFUND_MAX: '100000000',
      RATE_LIMIT_GRAPHQL_MAX: '100000000',
      GRAPHQL_COST_BUDGET: '100000000',
      GRAPHQL_PLANNING_BUDGET: '100000000',
      LOG_LEVEL: 'warn',
    },
  });
  const close = async () => {
    shop.kill('SIGTERM');
    if (shop.exitCode === null) await once(shop, 'exit');
    await postgres.close();
    await rm(folder, { recursive: true, force: true });
  };
  const origin = `http://127.0.0.1:${port}`;
  try {
    await waitUntilReady(origin, shop);
  } catch (error) {
    await close();
    throw error;
  }
  return { origin, pid: shop.pid ?? 0, urls: { users, catalog, cart, orders, payments }, close };
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
