import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ProcessSupergraph, startProcessSupergraph } from '../src/process-supergraph.ts';

let shop: ProcessSupergraph;
beforeAll(async () => {
  shop = await startProcessSupergraph();
});
afterAll(async () => {
  await shop.close();
});

const authorise = async (authorisationKey: string, timeoutMs = 2_000) =>
  await fetch(`${shop.payments.url}/authorisations`, {
    method: 'POST',
    headers: { authorization: `Bearer ${shop.payments.secret}` },
    body: JSON.stringify({
      orderId: 'ord_test',
      authorisationKey,
      amountCents: 100,
      currency: 'USD',
      token: 'tok_visa',
    }),
    signal: AbortSignal.timeout(timeoutMs),
  });

describe('the payment provider of a supergraph of processes', () => {
  it('has the demonstration payments, and a ledger that can be read', async () => {
    const sql = postgres(shop.databaseUrls.payments, { max: 1 });
    expect(await sql`select 1 from payments where order_id = 'ord_demo_shipped'`).toHaveLength(1);
    await sql.end();
  });

  it('fails on request', async () => {
    await shop.payments.faults.add('authorise', 'error', { count: 2 });
    const statuses = [(await authorise('a')).status, (await authorise('b')).status];
    expect(statuses).toEqual([500, 500]);
    expect((await authorise('c')).status).toBe(200);
    await shop.payments.faults.add('authorise', 'lose-answer');
    await shop.payments.faults.clear();
    expect((await authorise('d')).status).toBe(200);
  });

  it('can hang, be killed and be started again', async () => {
    shop.pause('payments');
    await expect(authorise('e', 300)).rejects.toThrow();
    shop.resume('payments');
    expect((await authorise('e')).status).toBe(200);
    const before = await shop.pid('payments');
    await shop.kill('payments');
    await expect(authorise('f')).rejects.toThrow();
    await shop.restart('payments');
    expect((await authorise('f')).status).toBe(200);
    expect(await shop.pid('payments')).not.toBe(before);
  });
});
