import { createTestDatabase, type TestDatabase } from '@commerce/testkit/database';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { adoptDemoPayments } from '../src/adopt-demo-payments.ts';
import { paymentOf, startProvider } from './provider-fixture.ts';

let provider: Awaited<ReturnType<typeof startProvider>>;
// Any database of another owner stands in for the orders' database.
let orders: TestDatabase;
let sql: postgres.Sql;
beforeAll(async () => {
  [provider, orders] = await Promise.all([startProvider(), createTestDatabase('users')]);
  sql = postgres(orders.url, { max: 1, onnotice: () => {} });
});
afterAll(async () => {
  await sql.end({ timeout: 5 });
  await Promise.all([provider.close(), orders.drop()]);
});

const adopt = () =>
  adoptDemoPayments({
    ordersUrl: orders.url,
    paymentsUrl: provider.databaseUrl,
    isMigrated: Promise.resolve(),
  });

// As orders' migration 0001 made them.
async function createOldLedger(): Promise<void> {
  await sql.unsafe(`
    create schema demo_payments;
    create table demo_payments.payments (authorisation_key varchar(100) primary key, order_id varchar(50) not null,
      state varchar(20) not null, amount numeric(10, 2) not null, currency varchar(3) not null);
    create table demo_payments.entries (entry_id integer primary key generated always as identity,
      entry_key varchar(100) not null unique, kind varchar(20) not null, order_id varchar(50) not null,
      authorisation_key varchar(100) not null, amount numeric(10, 2) not null, currency varchar(3) not null,
      outcome varchar(20) not null, reason varchar(200), reference varchar(50), brand varchar(20),
      last4 varchar(4), created_at timestamp (3) with time zone not null default now());
    insert into demo_payments.payments values
      ('ord_1:auth:1', 'ord_1', 'captured', 225.97, 'USD'), ('ord_2:auth:1', 'ord_2', 'declined', 10, 'USD'),
      ('ord_3:auth:1', 'ord_3', 'voided', 0, 'USD'), ('ord_4:auth:1', 'ord_4', 'refunded', 20, 'EUR');
    insert into demo_payments.entries (entry_key, kind, order_id, authorisation_key, amount, currency, outcome,
      reason, reference, brand, last4, created_at) values
      ('ord_1:auth:1', 'authorise', 'ord_1', 'ord_1:auth:1', 225.97, 'USD', 'approved', null, 'pay_1', 'visa', '1234', '2026-01-01T10:00:00.123Z'),
      ('ord_1:capture:1', 'capture', 'ord_1', 'ord_1:auth:1', 225.97, 'USD', 'approved', null, null, null, null, '2026-01-01T10:00:01Z'),
      ('ord_2:auth:1', 'authorise', 'ord_2', 'ord_2:auth:1', 10, 'USD', 'declined', 'The card was declined', null, null, null, '2026-01-02T10:00:00Z'),
      ('ord_3:void:1', 'void', 'ord_3', 'ord_3:auth:1', 0, 'USD', 'approved', null, null, null, null, '2026-01-03T10:00:00Z'),
      ('ord_4:auth:1', 'authorise', 'ord_4', 'ord_4:auth:1', 20, 'EUR', 'approved', null, 'pay_4', null, null, '2026-01-04T10:00:00Z'),
      ('ord_4:capture:1', 'capture', 'ord_4', 'ord_4:auth:1', 20, 'EUR', 'approved', null, null, null, null, '2026-01-04T10:00:01Z'),
      ('ord_4:refund:1', 'refund', 'ord_4', 'ord_4:auth:1', 20, 'EUR', 'approved', null, null, null, null, '2026-01-04T11:00:00Z')`);
}

it('has nothing to take over from a database without an old ledger', async () => {
  await adopt();
  expect(await provider.sql`select 1 from payments`).toEqual([]);
});

it('takes the old ledger over once, with its times and order, so that refunds go on', async () => {
  await createOldLedger();
  await Promise.all([adopt(), adopt()]);
  await adopt();
  const entries = await provider.sql`
    select entry_key, created_at from entries order by entry_id`;
  expect(entries.map(({ entry_key }) => entry_key)).toEqual([
    'ord_1:auth:1',
    'ord_1:capture:1',
    'ord_2:auth:1',
    'ord_3:void:1',
    'ord_4:auth:1',
    'ord_4:capture:1',
    'ord_4:refund:1',
  ]);
  expect(entries[0]?.created_at).toEqual(new Date('2026-01-01T10:00:00.123Z'));
  const refund = { orderId: 'ord_1', authorisationKey: 'ord_1:auth:1', currency: 'USD', amountCents: 22_597 };
  const { body } = await provider.send('POST', '/refunds', { ...refund, key: 'ord_1:refund:1' });
  expect(body).toEqual({ kind: 'refunded' });
  const again = { orderId: 'ord_4', authorisationKey: 'ord_4:auth:1', currency: 'EUR', amountCents: 2_000 };
  expect((await provider.send('POST', '/refunds', { ...again, key: 'ord_4:refund:1' })).body).toEqual({
    kind: 'refunded',
  });
  expect((await provider.send('POST', '/refunds', { ...again, key: 'ord_4:refund:2' })).body).toEqual({
    kind: 'refused',
    reason: 'It is more than what is left of the payment',
  });
});

it('takes nothing over into a ledger that is in use', async () => {
  await provider.sql`truncate payments, entries`;
  await paymentOf(provider.send).authorise();
  await adopt();
  expect(await provider.sql`select 1 from payments`).toHaveLength(1);
});
