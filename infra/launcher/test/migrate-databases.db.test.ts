import { cp, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { migrateDatabase } from '@commerce/kit/migrate';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseNames, ensureDatabases } from '../src/databases.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../src/embedded-postgres.ts';
import { migrateAll } from '../src/migrate-databases.ts';
import { StartError } from '../src/start-error.ts';
import { workspaceOf } from '../src/workspaces.ts';
import { temporaryFolder } from './temporary-folder.ts';

const passwords = { users: 'pw', catalog: 'pw', cart: 'pw', orders: 'pw', payments: 'pw' };
let server: EmbeddedPostgres;

beforeAll(async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'commerce-launcher-test-'));
  const options = { folder, removeOnStop: folder, isDurable: false, maxConnections: 30 };
  server = await startEmbeddedPostgres({ ...options, password: 'the superuser password' });
});
afterAll(async () => {
  await server.close();
});

async function run(url: string, query: string): Promise<unknown[]> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    return [...(await sql.unsafe(query))];
  } finally {
    await sql.end();
  }
}

async function createDatabase(name: string): Promise<string> {
  await run(server.adminUrl(), `create database ${name}`);
  return server.adminUrl(name);
}

/** Migrates an orders database to where the provider's ledger was still a schema of it. */
async function migrateToOldLedger(url: string): Promise<void> {
  const folder = await temporaryFolder();
  await cp(path.join(workspaceOf('orders'), 'migrations'), folder, { recursive: true });
  const file = path.join(folder, 'meta', '_journal.json');
  const journal = JSON.parse(await readFile(file, 'utf8'));
  await writeFile(file, JSON.stringify({ ...journal, entries: journal.entries.slice(0, 2) }));
  await migrateDatabase(url, folder);
}

describe('migrating', () => {
  it('saves the payments that an older orders database holds, and can be done again', async () => {
    const urls = await ensureDatabases(server, databaseNames, passwords);
    const { orders = '', payments = '' } = urls;
    await migrateToOldLedger(orders);
    await run(
      orders,
      `insert into demo_payments.payments values ('ord_1:auth:1', 'ord_1', 'captured', 99.99, 'USD');
       insert into demo_payments.entries (entry_key, kind, order_id, authorisation_key, amount, currency, outcome, reference)
       values ('ord_1:auth:1', 'authorise', 'ord_1', 'ord_1:auth:1', 99.99, 'USD', 'approved', 'pay_1')`,
    );
    await Promise.all([migrateAll(urls), migrateAll(urls)]);
    await migrateAll(urls);
    expect(await run(payments, 'select authorisation_key, state, captured_amount from payments')).toEqual([
      { authorisation_key: 'ord_1:auth:1', state: 'captured', captured_amount: '99.99' },
    ]);
    expect(await run(payments, 'select entry_key, reference from entries')).toEqual([
      { entry_key: 'ord_1:auth:1', reference: 'pay_1' },
    ]);
  });

  it('does not drop the payments of an older orders database where nobody takes them over', async () => {
    const orders = await createDatabase('old_orders');
    await migrateToOldLedger(orders);
    await run(
      orders,
      `insert into demo_payments.payments values ('ord_1:auth:1', 'ord_1', 'captured', 99.99, 'USD')`,
    );
    await expect(migrateAll({ orders })).rejects.toThrow(StartError);
    await expect(migrateAll({ orders })).rejects.toThrow('Set PAYMENTS_DATABASE_URL');
    expect(await run(orders, 'select order_id from demo_payments.payments')).toEqual([{ order_id: 'ord_1' }]);
    await run(orders, 'delete from demo_payments.payments');
    await migrateAll({ orders });
    await migrateAll({ orders });
    expect(await run(orders, `select to_regclass('demo_payments.payments') as ledger`)).toEqual([
      { ledger: null },
    ]);
  });

  it('does what is there, without the payments too', async () => {
    const { users = '' } = await ensureDatabases(server, ['users'], passwords);
    await migrateAll({ users });
    expect(await run(users, 'select 1 from users')).toEqual([]);
  });

  it('tells in the database’s own words what is wrong', async () => {
    await expect(migrateAll({ cart: server.adminUrl('absent') })).rejects.toThrow(
      'The cart database cannot be migrated: database "absent" does not exist',
    );
  });
});
