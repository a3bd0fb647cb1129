import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createTestDatabase, type TestDatabase } from '@commerce/testkit/database';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createShopClient } from './client.ts';

/** `npm start` and `npm run reset` as a person at a console meets them: the built launcher in a process of its own. */

let folder = '';
const running = new Set<ChildProcess>();

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'commerce-start-'));
});
afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

type Run = { child: ChildProcess; output(): string; exitCode: Promise<number | null> };

function run(program: 'main' | 'reset', env: Record<string, string>): Run {
  const file = fileURLToPath(new URL(`../infra/launcher/dist/${program}.js`, import.meta.url));
  const child = spawn(process.execPath, [file], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, DATA_DIR: path.join(folder, 'data'), ...env },
  });
  running.add(child);
  const texts: string[] = [];
  child.stdout.on('data', (text: Buffer) => texts.push(text.toString()));
  child.stderr.on('data', (text: Buffer) => texts.push(text.toString()));
  const exitCode = once(child, 'close').then(([code]: (number | null)[]) => {
    running.delete(child);
    return code ?? null;
  });
  return { child, output: () => texts.join(''), exitCode };
}

async function start(env: Record<string, string> = {}): Promise<Run & { origin: string }> {
  const shop = run('main', { PORT: '0', ...env });
  const origin = await vi.waitFor(
    () => {
      if (shop.child.exitCode !== null) throw new Error(`The shop has ended: ${shop.output()}`);
      const [, found] = /GraphQL \+ Sandbox +(http\S+)\/graphql\n/.exec(shop.output()) ?? [];
      if (found === undefined) throw new Error('It has not started yet');
      return found;
    },
    { timeout: 60_000, interval: 50 },
  );
  return { ...shop, origin };
}

async function stop(shop: Run): Promise<number | null> {
  shop.child.kill('SIGINT');
  return await shop.exitCode;
}

function processesOn(data: string): string[] {
  const list = execFileSync('ps', ['-eo', 'args='], { encoding: 'utf8' });
  return list.split('\n').filter((line) => line.includes(data));
}

type ProcessRow = { pid: number; parent: number; command: string };

/** The payment provider of a shop: the child of a supervisor that is the shop's child. */
function findProvider(shop: Run): ProcessRow | undefined {
  const rows = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .map(([pid, parent, ...args]) => ({ pid: Number(pid), parent: Number(parent), command: args.join(' ') }));
  const supervisors = rows.filter(({ parent }) => parent === shop.child.pid).map(({ pid }) => pid);
  return rows.find(
    ({ parent, command }) =>
      supervisors.includes(parent) && /^\S+ \S*payment-provider\/dist\/main\.js$/.test(command),
  );
}

async function order(origin: string, token: string): Promise<string> {
  const client = createShopClient(origin);
  const line = { productId: 'prod_001', quantity: 1 };
  await client.rest('POST', '/api/v1/cart/items', { token, body: line });
  const street = { street: '123 Main St', city: 'New York', state: 'NY', zipCode: '10001', country: 'USA' };
  const answer = await client.rest('POST', '/api/v1/orders', {
    token,
    body: { shippingAddress: street, paymentMethod: { type: 'credit_card', token: 'tok_visa_4242' } },
  });
  if (answer.status !== 201) return `${answer.status}`;
  const { orderId } = Object(answer.body).data;
  await client.waitForStatus(orderId, 'confirmed', token);
  return 'confirmed';
}

async function expectNothingLeft(): Promise<void> {
  await vi.waitFor(() => expect(processesOn(path.join(folder, 'data'))).toEqual([]), 10_000);
}

describe('npm start', () => {
  it('says what is where, keeps what was written, and ends in time with nothing left', async () => {
    const first = await start();
    const client = createShopClient(first.origin);
    const { email, password } = await client.signUp();
    for (const at of ['/graphql', '/api/v1', '/api/docs'])
      expect(first.output()).toContain(`${first.origin}${at}\n`);
    expect(first.output()).toContain('admin@example.com, customer@example.com');
    await client.logIn('admin@example.com', 'Demo-Passw0rd!');

    const stoppedAt = Date.now();
    expect(await stop(first)).toBe(0);
    expect(Date.now() - stoppedAt).toBeLessThan(5_000);
    await expectNothingLeft();

    const second = await start();
    await createShopClient(second.origin).logIn(email, password);
    expect(await stop(second)).toBe(0);
    await expectNothingLeft();
  }, 120_000);

  it('leaves no Postgres behind when it is killed, and starts again on its data at once', async () => {
    const shop = await start();
    expect(processesOn(path.join(folder, 'data'))).not.toEqual([]);
    shop.child.kill('SIGKILL');
    await shop.exitCode;
    const next = await start();
    expect(await stop(next)).toBe(0);
    await expectNothingLeft();
  }, 120_000);

  it('takes payments by a process of their own, which comes back when it is killed and ends with the shop', async () => {
    const shop = await start();
    const first = findProvider(shop);
    expect(first).toBeDefined();
    const { token } = await createShopClient(shop.origin).signUp();
    expect(await order(shop.origin, token)).toBe('confirmed');
    process.kill(Number(first?.pid), 'SIGKILL');
    await vi.waitFor(() => {
      expect(findProvider(shop)?.pid).toBeDefined();
      expect(findProvider(shop)?.pid).not.toBe(first?.pid);
    }, 10_000);
    expect(shop.output()).toContain('The payment provider has ended');
    await vi.waitFor(async () => expect(await order(shop.origin, token)).toBe('confirmed'), {
      timeout: 20_000,
      interval: 500,
    });
    const second = findProvider(shop)?.pid;
    shop.child.kill('SIGKILL');
    await shop.exitCode;
    await vi.waitFor(() => expect(() => process.kill(Number(second), 0)).toThrow(), 10_000);
    await expectNothingLeft();
  }, 120_000);

  it('starts no payment provider where there is one elsewhere', async () => {
    const shop = await start({
      PAYMENT_PROVIDER_URL: 'http://127.0.0.1:9',
      PAYMENT_PROVIDER_SECRET: 'a secret of at least thirty-two bytes',
    });
    expect(findProvider(shop)).toBeUndefined();
    expect(await stop(shop)).toBe(0);
  }, 120_000);

  it('is not started twice on one data folder, nor reset while it runs', async () => {
    const shop = await start();
    const second = run('main', { PORT: '0' });
    expect(await second.exitCode).toBe(1);
    expect(second.output()).toContain(`already running on ${path.join(folder, 'data')}`);
    const reset = run('reset', {});
    expect(await reset.exitCode).toBe(1);
    expect(reset.output()).toContain('stop it first');
    expect((await fetch(`${shop.origin}/ready`)).status).toBe(200);
    await stop(shop);
  }, 120_000);

  it('says so where its port is taken, and leaves nothing', async () => {
    const occupant = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void occupant.close());
    await once(occupant, 'listening');
    const { port } = Object(occupant.address());
    const shop = run('main', { PORT: String(port) });
    expect(await shop.exitCode).toBe(1);
    expect(shop.output()).toContain(`Port ${port} is in use`);
    await expectNothingLeft();
  });

  it('lists all faults of its configuration together', async () => {
    const shop = run('main', {
      PORT: 'http',
      JWT_SECRET: 'short',
      ORDERS_DATABASE_URL: 'mysql://localhost',
      RATE_LIMIT_API_MAX: 'many',
      TRUSTED_PROXIES: '-1',
      SMTP_URL: 'localhost:25',
      PAYMENT_PROVIDER: 'cheque',
    });
    expect(await shop.exitCode).toBe(1);
    const names = [...shop.output().matchAll(/^ {2}- (\w+):/gm)].map(([, name]) => name);
    const wrong = [
      'PORT',
      'JWT_SECRET',
      'ORDERS_DATABASE_URL',
      'RATE_LIMIT_API_MAX',
      'TRUSTED_PROXIES',
      'SMTP_URL',
      'PAYMENT_PROVIDER',
    ];
    expect(names.sort()).toEqual(wrong.sort());
  });
});

describe('npm run reset', () => {
  it('empties the data folder, and the next start begins anew', async () => {
    const reset = run('reset', {});
    expect(await reset.exitCode).toBe(0);
    expect(await readdir(path.join(folder, 'data'))).toEqual([]);
  });
});

describe('npm start on databases of one’s own', () => {
  const databases: TestDatabase[] = [];
  afterAll(async () => {
    await Promise.all(databases.map((database) => database.drop()));
  });

  it('starts no Postgres, and in production no account is known to everybody', async () => {
    const env: Record<string, string> = { NODE_ENV: 'production' };
    for (const name of ['users', 'catalog', 'cart', 'orders', 'payments'] as const) {
      const database = await createTestDatabase(name);
      databases.push(database);
      env[`${name.toUpperCase()}_DATABASE_URL`] = database.url;
    }
    const shop = await start(env);
    expect(await readdir(path.join(folder, 'data'))).not.toContain('postgres');
    expect(shop.output()).not.toContain('admin@example.com');
    const client = createShopClient(shop.origin);
    const body = { email: 'admin@example.com', password: 'Demo-Passw0rd!' };
    expect((await client.rest('POST', '/api/v1/users/login', { body })).status).toBe(401);
    expect((await client.rest('GET', '/api/v1/products/prod_001')).status).toBe(200);
    expect(await stop(shop)).toBe(0);
  }, 120_000);
});
