import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseNames, ensureDatabases } from '../src/databases.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../src/embedded-postgres.ts';

const passwords = {
  users: 'pw-users',
  catalog: 'pw-catalog',
  cart: 'pw-cart',
  orders: 'pw-orders',
  payments: 'pw-payments',
};
let server: EmbeddedPostgres;

beforeAll(async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'commerce-launcher-test-'));
  const options = { folder, removeOnStop: folder, isDurable: false, maxConnections: 30 };
  server = await startEmbeddedPostgres({ ...options, password: 'the superuser password' });
});
afterAll(async () => {
  await server.close();
});

async function run(url: string, query: string): Promise<unknown> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    return [...(await sql.unsafe(query))];
  } finally {
    await sql.end();
  }
}

function withDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
}

describe('the databases', () => {
  it('each belong to a role of their own, which may create tables and extensions there', async () => {
    const urls = await ensureDatabases(server, databaseNames, passwords);
    for (const name of databaseNames) {
      const url = urls[name] ?? '';
      await run(url, 'create extension pg_trgm; create table here (id int)');
      expect(await run(url, 'select current_user as who, current_database() as at')).toEqual([
        { who: name, at: name },
      ]);
    }
  });

  it('are closed to the other roles, as is the maintenance database', async () => {
    const urls = await ensureDatabases(server, databaseNames, passwords);
    const others = [...databaseNames.filter((name) => name !== 'cart'), 'postgres', 'template1'];
    for (const other of others) {
      const url = withDatabase(urls.cart ?? '', other);
      await expect(run(url, 'select 1')).rejects.toThrow(/permission denied for database/);
    }
    await expect(run(urls.cart ?? '', 'create role intruder')).rejects.toThrow(/permission denied/);
  });

  it('are completed where an earlier start was killed in the middle', async () => {
    await run(server.adminUrl(), 'drop database orders with (force)');
    await run(server.adminUrl(), 'grant connect on database users to public');
    const urls = await ensureDatabases(server, databaseNames, passwords);
    expect(await run(urls.orders ?? '', 'select 1 as one')).toEqual([{ one: 1 }]);
    const url = withDatabase(urls.cart ?? '', 'users');
    await expect(run(url, 'select 1')).rejects.toThrow(/permission denied/);
  });

  it('are made only as far as they are asked for', async () => {
    const urls = await ensureDatabases(server, ['cart'], passwords);
    expect(Object.keys(urls)).toEqual(['cart']);
    expect(await ensureDatabases(server, [], passwords)).toEqual({});
  });
});
