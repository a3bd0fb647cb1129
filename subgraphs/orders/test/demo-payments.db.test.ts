import { newId } from '@commerce/kit/ids';
import { cents } from '@commerce/kit/money';
import { createTestDatabase, type TestDatabase } from '@commerce/testkit/database';
import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDemoPaymentProvider } from '../src/clients/demo-payment-provider.ts';
import type { PaymentProvider } from '../src/clients/payment.ts';
import { createDemoPaymentStore } from '../src/data/demo-payment-store.ts';

let database: TestDatabase;
let sql: postgres.Sql;
let provider: PaymentProvider;
beforeAll(async () => {
  database = await createTestDatabase('orders');
  sql = postgres(database.url, { max: 10 });
  provider = createDemoPaymentProvider(createDemoPaymentStore(drizzle(sql)), newId);
});
afterAll(async () => {
  await sql.end({ timeout: 5 });
  await database.drop();
});

function payment(token = 'tok_visa_1234') {
  const orderId = newId('ord');
  const name = { orderId, authorisationKey: `${orderId}:auth:1`, reference: null };
  const money = { amount: cents(22_597), currency: 'USD' };
  return {
    authorise: () => provider.authorise({ ...name, ...money, method: { type: 'credit_card', token } }),
    find: () => provider.findByKey(name.authorisationKey),
    ...Object.fromEntries(
      (['capture', 'void', 'refund'] as const).map((step) => [
        step,
        () => provider[step]({ ...name, ...money, key: `${orderId}:${step}:1` }),
      ]),
    ),
    entries: async () =>
      (
        await sql`select kind, outcome, amount from demo_payments.entries where order_id = ${orderId} order by entry_id`
      ).map((entry) => `${entry.kind} ${entry.outcome} ${entry.amount}`),
  } as {
    authorise(): ReturnType<PaymentProvider['authorise']>;
    find(): ReturnType<PaymentProvider['findByKey']>;
    capture(): ReturnType<PaymentProvider['capture']>;
    void(): ReturnType<PaymentProvider['void']>;
    refund(): ReturnType<PaymentProvider['refund']>;
    entries(): Promise<string[]>;
  };
}

describe('the demonstration provider', () => {
  it.each([
    ['tok_visa_1234', 'visa', '1234'],
    ['tok_visa', 'visa', null],
    ['tok_mastercard_0042', 'mastercard', '0042'],
    ['tok_amex_5_123', 'amex', null],
    ['tok_visa_99991111', 'visa', '1111'],
  ])('accepts %s', async (token, brand, last4) => {
    const { authorise, find } = payment(token);
    const outcome = await authorise();
    expect(outcome).toEqual({ kind: 'approved', reference: expect.stringMatching(/^pay_/), brand, last4 });
    expect(await find()).toEqual(outcome);
  });

  it.each([
    ['tok_declined', 'The card was declined'],
    ['tok_declined_1234', 'The card was declined'],
    ['tok_discover_1', 'The payment provider does not know this token'],
    ['visa', 'The payment provider does not know this token'],
  ])('declines %s', async (token, reason) => {
    const { authorise, find, capture, entries } = payment(token);
    expect(await authorise()).toEqual({ kind: 'declined', reason });
    expect(await find()).toEqual({ kind: 'declined', reason });
    expect(await capture()).toMatchObject({ kind: 'refused' });
    expect(await entries()).toEqual(['authorise declined 225.97']);
  });

  it('does everything once, however often and at once it is asked', async () => {
    const { authorise, capture, refund, entries } = payment();
    const answers = await Promise.all(Array.from({ length: 10 }, authorise));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    for (const answer of await Promise.all(Array.from({ length: 10 }, capture))) {
      expect(answer).toEqual({ kind: 'captured' });
    }
    for (const answer of await Promise.all(Array.from({ length: 10 }, refund))) {
      expect(answer).toEqual({ kind: 'refunded' });
    }
    expect(await capture()).toEqual({ kind: 'captured' });
    expect(await entries()).toEqual([
      'authorise approved 225.97',
      'capture approved 225.97',
      'refund approved 225.97',
    ]);
  });

  it('takes nothing that was not authorised, or was voided', async () => {
    const { authorise, capture, refund, void: giveUp, entries } = payment();
    expect(await capture()).toMatchObject({ kind: 'refused' });
    expect(await refund()).toMatchObject({ kind: 'refused' });
    await authorise();
    expect(await refund()).toMatchObject({ kind: 'refused' });
    expect(await giveUp()).toEqual({ kind: 'voided' });
    expect(await giveUp()).toEqual({ kind: 'voided' });
    expect(await capture()).toMatchObject({ kind: 'refused', reason: 'The payment is voided' });
    expect(await entries()).toEqual(['authorise approved 225.97', 'void approved 225.97']);
  });

  it('tells that it is too late to void what was captured', async () => {
    const { authorise, capture, refund, void: giveUp } = payment();
    await authorise();
    await capture();
    expect(await giveUp()).toEqual({ kind: 'captured' });
    await refund();
    expect(await giveUp()).toEqual({ kind: 'captured' });
  });

  it('declines an authorisation that comes after its void', async () => {
    const { authorise, find, void: giveUp, entries } = payment();
    expect(await find()).toEqual({ kind: 'absent' });
    expect(await giveUp()).toEqual({ kind: 'voided' });
    expect(await authorise()).toMatchObject({ kind: 'declined' });
    expect(await entries()).toEqual(['void approved 0.00']);
  });

  it('lets a void and a capture at the same time both be right', async () => {
    for (let round = 0; round < 20; round += 1) {
      const { authorise, capture, void: giveUp } = payment();
      await authorise();
      const [captured, voided] = await Promise.all([capture(), giveUp()]);
      expect([
        ['captured', 'captured'],
        ['refused', 'voided'],
      ]).toContainEqual([captured.kind, voided.kind]);
    }
  });
});
