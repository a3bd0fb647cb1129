import { openDatabase } from '@commerce/kit/postgres';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { seedPayments } from '../src/seed.ts';
import { startProvider } from './provider-fixture.ts';

let provider: Awaited<ReturnType<typeof startProvider>>;
beforeAll(async () => {
  provider = await startProvider();
});
afterAll(async () => {
  await provider.close();
});

it('adds the demonstration orders’ payments once, none of them in the future', async () => {
  const { db, close } = openDatabase({ url: provider.databaseUrl, applicationName: 'seed' });
  const now = new Date('2026-01-11T00:00:00Z');
  await seedPayments({ db, now });
  await seedPayments({ db, now });
  await close();
  expect(await provider.entriesOf('ord_demo_shipped')).toEqual([
    'authorise approved 116.92',
    'capture approved 116.92',
  ]);
  expect(await provider.entriesOf('ord_demo_cancelled')).toEqual([
    'authorise approved 160.12',
    'capture approved 160.12',
    'refund approved 160.12',
  ]);
  expect(await provider.sql`select 1 from entries`).toHaveLength(7);
  expect(await provider.sql`select 1 from entries where created_at > ${now}`).toEqual([]);
});

it('seeds what can be given back', async () => {
  const refund = {
    key: 'ord_demo_delivered:refund:1',
    orderId: 'ord_demo_delivered',
    authorisationKey: 'ord_demo_delivered:auth:1',
    currency: 'USD',
  };
  const { body: tooMuch } = await provider.send('POST', '/refunds', { ...refund, amountCents: 121_637 });
  expect(tooMuch).toMatchObject({ kind: 'refused' });
  const { body } = await provider.send('POST', '/refunds', { ...refund, key: 'half', amountCents: 60_000 });
  expect(body).toEqual({ kind: 'refunded' });
});
