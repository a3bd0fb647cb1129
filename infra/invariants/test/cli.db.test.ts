import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DatabaseName } from '../src/invariant.ts';
import { createSeededShop, type SeededShop } from './seeded-shop.ts';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));

let shop: SeededShop;
let folder: string;

beforeAll(async () => {
  [shop, folder] = await Promise.all([createSeededShop(), mkdtemp(path.join(tmpdir(), 'invariants-'))]);
});
afterAll(async () => {
  await shop?.drop();
  await rm(folder, { recursive: true, force: true });
});

type Outcome = { code: number; stdout: string; stderr: string };

async function verify(env: Record<string, string>, ...args: string[]): Promise<Outcome> {
  const options = { env: { PATH: process.env.PATH, DATA_DIR: folder, ...env } };
  return await new Promise((resolve) => {
    const command = ['--conditions=source', '--import', 'tsx', main, ...args];
    execFile(process.execPath, command, options, (error, stdout, stderr) => {
      resolve({ code: Number(error?.code ?? 0), stdout, stderr });
    });
  });
}

function variables(urls: Partial<Record<DatabaseName, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(urls).map(([name, url]) => [`${name.toUpperCase()}_DATABASE_URL`, url]),
  );
}

describe('verify:invariants', () => {
  it('ends with 0 and a line for each invariant where all hold', async () => {
    const { code, stdout, stderr } = await verify(variables(shop.urls));

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const lines = stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(16);
    expect(lines[0]).toBe('ok       1  stock stays within its bounds');
    expect(lines[10]).toBe(
      'skipped 11  orders that clients were told of are there, unchanged (no --acked file)',
    );
  });

  it('ends with 1 and the rows where one is broken', async () => {
    const urls = await shop.after({
      catalog: `update products set on_hand = on_hand + 1 where product_id = 'prod_001'`,
    });

    const { code, stdout } = await verify(variables(urls));

    expect(code).toBe(1);
    expect(stdout).toMatch(
      /^BROKEN {3}3 {2}stock is what its ledger adds up to: 1\n +\{.*"product_id":"prod_001"/m,
    );
    expect(stdout).toMatch(/^ok {7}4 /m);
  });

  it('skips what needs the ledger where payments go elsewhere', async () => {
    const { payments: _, ...urls } = shop.urls;

    const { code, stdout } = await verify(variables(urls));

    expect(code).toBe(0);
    const why = 'the ledger is elsewhere: no PAYMENTS_DATABASE_URL';
    expect(stdout).toContain(`(in part; ${why})`);
    expect(stdout).toMatch(new RegExp(`^skipped {2}7 .*\\(${why}\\)$`, 'm'));
    expect(stdout).toMatch(new RegExp(`^skipped {2}8 .*\\(${why}\\)$`, 'm'));
  });

  it('leaves out what is not certain under load', async () => {
    const { code, stdout } = await verify(variables(shop.urls), '--live');

    expect(code).toBe(0);
    expect(stdout).toMatch(/^ok {6}12 .*\(in part; certain only at rest: not with --live\)$/m);
    expect(stdout).toMatch(/^ok {7}1 {2}stock stays within its bounds$/m);
  });

  it('compares what clients were told of', async () => {
    const file = path.join(folder, 'acked.jsonl');
    const order = { orderId: 'ord_nowhere', userId: 'usr_demo_customer', total: 1, items: [] };
    await writeFile(file, `${JSON.stringify(order)}\n\n`);

    const { code, stdout } = await verify(variables(shop.urls), '--acked', file);

    expect(code).toBe(1);
    expect(stdout).toMatch(/^BROKEN {2}11 .*: 1\n +\{.*"fault":"missing"/m);
  });

  it('needs a role that may select, and no more', async () => {
    const role = `invariants_reader_${process.pid}`;
    const readable = await withReader(shop.urls, role);
    try {
      const { code, stderr } = await verify(variables(readable));
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    } finally {
      await withoutReader(shop.urls, role);
    }
  });
});

describe('verify:invariants ends with 2', () => {
  it('where no shop is named and none is running', async () => {
    const { code, stderr } = await verify({});
    expect(code).toBe(2);
    expect(stderr).toContain(`no embedded shop runs on ${folder}`);
  });

  it('where a database is not named', async () => {
    const { cart: _, ...urls } = shop.urls;
    const { code, stderr } = await verify(variables(urls));
    expect(code).toBe(2);
    expect(stderr).toContain('CART_DATABASE_URL: is required');
  });

  it('where a database cannot be reached', async () => {
    const { code, stderr } = await verify(
      variables({ ...shop.urls, cart: 'postgres://cart:top-secret@127.0.0.1:1/cart' }),
    );
    expect(code).toBe(2);
    expect(stderr).toMatch(/^The cart database cannot be read: /);
    expect(stderr).not.toContain('top-secret');
  });

  it('where an option is not known', async () => {
    const { code, stderr } = await verify(variables(shop.urls), '--lively');
    expect(code).toBe(2);
    expect(stderr).toContain('--lively');
  });

  it.each([
    ['is to be waited for under load', 'nothing settles with --live', ['--live', '--settle-seconds', '5']],
    ['is to be waited for some time', 'must be a number', ['--settle-seconds', 'soon']],
  ])('where what is under way %s', async (_, message, args) => {
    const { code, stderr } = await verify(variables(shop.urls), ...args);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });

  it('where what clients were told cannot be read', async () => {
    const damaged = path.join(folder, 'damaged.jsonl');
    await writeFile(damaged, '{"orderId":"ord_1"}\n');
    const absent = path.join(folder, 'absent.jsonl');

    const outcomes = [
      await verify(variables(shop.urls), '--acked', damaged),
      await verify(variables(shop.urls), '--acked', absent),
    ];

    expect(outcomes.map(({ code }) => code)).toEqual([2, 2]);
    expect(outcomes[0]?.stderr).toContain('line 1 is not an order as JSON');
    expect(outcomes[1]?.stderr).toContain('cannot be read');
  });
});

describe('the embedded shop', () => {
  it('is found by its data folder', async () => {
    const { port } = new URL(shop.urls.orders);
    const dataFolder = path.join(folder, 'data');
    await mkdir(path.join(dataFolder, 'postgres', 'data'), { recursive: true });
    const password = 'p'.repeat(32);
    const rolePasswords = Object.fromEntries(Object.keys(shop.urls).map((name) => [name, password]));
    await writeFile(path.join(dataFolder, 'secrets.json'), JSON.stringify({ rolePasswords }));
    await writeFile(
      path.join(dataFolder, 'postgres', 'data', 'postmaster.pid'),
      `1\n/data\n1700000000\n${port}\n/tmp\n127.0.0.1\n1 2\nready   \n`,
    );

    const { code, stderr } = await verify({ DATA_DIR: dataFolder });

    // It asks the server that is named there, which has no such role.
    expect(code).toBe(2);
    expect(stderr).toMatch(/The catalog database cannot be read: .*catalog/);
  });
});

async function withReader(urls: SeededShop['urls'], role: string): Promise<Record<string, string>> {
  await run(urls.users, `create role ${role} login password 'reader'`);
  const readable = Object.entries(urls).map(async ([name, url]): Promise<[string, string]> => {
    await run(
      url,
      `grant usage on schema public to ${role}; grant select on all tables in schema public to ${role}`,
    );
    const reader = new URL(url);
    reader.username = role;
    reader.password = 'reader';
    return [name, reader.href];
  });
  return Object.fromEntries(await Promise.all(readable));
}

async function withoutReader(urls: SeededShop['urls'], role: string): Promise<void> {
  for (const url of Object.values(urls)) await run(url, `drop owned by ${role}`);
  await run(urls.users, `drop role ${role}`);
}

async function run(url: string, statements: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  await sql.unsafe(statements).finally(() => sql.end());
}
