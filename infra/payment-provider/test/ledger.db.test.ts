import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { paymentOf, startProvider } from './provider-fixture.ts';

let provider: Awaited<ReturnType<typeof startProvider>>;
beforeAll(async () => {
  provider = await startProvider();
});
afterAll(async () => {
  await provider.close();
});

const payment = (token?: string) => paymentOf(provider.send, token);
const tenTimes = <Answer>(act: () => Promise<Answer>) => Promise.all(Array.from({ length: 10 }, act));

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
    const { orderId, authorise, find, capture } = payment(token);
    expect(await authorise()).toEqual({ kind: 'declined', reason });
    expect(await find()).toEqual({ kind: 'declined', reason });
    expect(await capture()).toEqual({ kind: 'refused', reason: 'The payment is declined' });
    expect(await provider.entriesOf(orderId)).toEqual([
      'authorise declined 225.97',
      'capture declined 225.97',
    ]);
  });

  it('does everything once, however often and at once it is asked', async () => {
    const { orderId, authorise, capture, refund } = payment();
    const answers = await tenTimes(authorise);
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    for (const answer of await tenTimes(() => capture())) expect(answer).toEqual({ kind: 'captured' });
    for (const answer of await tenTimes(() => refund('refund:1', 597)))
      expect(answer).toEqual({ kind: 'refunded' });
    expect(await capture()).toEqual({ kind: 'captured' });
    expect(await provider.entriesOf(orderId)).toEqual([
      'authorise approved 225.97',
      'capture approved 225.97',
      'refund approved 5.97',
    ]);
    expect(await provider.sql`select refunded_amount from payments where order_id = ${orderId}`).toEqual([
      { refunded_amount: '5.97' },
    ]);
  });

  it('captures once, also under two keys', async () => {
    const { authorise, capture } = payment();
    await authorise();
    const answers = await Promise.all([capture('capture:1'), capture('capture:2')]);
    expect(answers.map(({ kind }) => kind).sort()).toEqual(['captured', 'refused']);
  });

  it('gives back in parts, never more than was captured', async () => {
    const { orderId, authorise, capture, refund } = payment();
    await authorise();
    await capture();
    const parts = await Promise.all(Array.from({ length: 5 }, (_, part) => refund(`part:${part}`, 5_000)));
    expect(parts.map(({ kind }) => kind).sort()).toEqual([
      'refunded',
      'refunded',
      'refunded',
      'refunded',
      'refused',
    ]);
    expect(await refund('rest', 2_598)).toMatchObject({ kind: 'refused' });
    expect(await refund('all of the rest', 2_597)).toEqual({ kind: 'refunded' });
    expect(
      await provider.sql`select state, refunded_amount from payments where order_id = ${orderId}`,
    ).toEqual([{ state: 'refunded', refunded_amount: '225.97' }]);
  });

  it('takes nothing that was not authorised, or was voided', async () => {
    const { orderId, authorise, capture, refund, giveUp, find } = payment();
    expect(await capture()).toEqual({ kind: 'refused', reason: 'The payment is unknown' });
    expect(await refund()).toMatchObject({ kind: 'refused' });
    await authorise();
    expect(await refund('refund:2')).toEqual({ kind: 'refused', reason: 'The payment is authorised' });
    expect(await giveUp()).toEqual({ kind: 'voided' });
    expect(await giveUp()).toEqual({ kind: 'voided' });
    expect(await capture()).toEqual({ kind: 'refused', reason: 'The payment is voided' });
    expect(await find()).toEqual({ kind: 'declined', reason: 'The payment was given up' });
    expect(await provider.entriesOf(orderId)).toEqual([
      'authorise approved 225.97',
      'refund declined 225.97',
      'void approved 225.97',
      'capture declined 225.97',
    ]);
  });

  it('stays with a refusal when it is asked again', async () => {
    const { authorise, capture, refund } = payment();
    await authorise();
    expect(await refund('early')).toMatchObject({ kind: 'refused' });
    await capture();
    expect(await refund('early')).toEqual({ kind: 'refused', reason: 'The payment is authorised' });
    expect(await refund('in time')).toEqual({ kind: 'refunded' });
  });

  it('tells that it is too late to void what was captured', async () => {
    const { authorise, capture, refund, giveUp } = payment();
    await authorise();
    await capture();
    expect(await giveUp()).toEqual({ kind: 'captured' });
    await refund();
    expect(await giveUp()).toEqual({ kind: 'captured' });
  });

  it('declines an authorisation that comes after its void', async () => {
    const { orderId, authorise, find, giveUp } = payment();
    expect(await find()).toEqual({ kind: 'absent' });
    expect(await giveUp()).toEqual({ kind: 'voided' });
    expect(await find()).toMatchObject({ kind: 'declined' });
    expect(await authorise()).toMatchObject({ kind: 'declined' });
    expect(await provider.entriesOf(orderId)).toEqual(['void approved 0.00']);
  });

  it('lets a void and a capture at the same time both be right', async () => {
    for (let round = 0; round < 20; round += 1) {
      const { authorise, capture, giveUp } = payment();
      await authorise();
      const [captured, voided] = await Promise.all([capture(), giveUp()]);
      expect([
        ['captured', 'captured'],
        ['refused', 'voided'],
      ]).toContainEqual([captured.kind, voided.kind]);
    }
  });

  it('refuses one key for two operations', async () => {
    const { authorise, capture, refund } = payment();
    await authorise();
    await capture('same');
    expect(await refund('same', 500)).toEqual({ error: 'The key was used for another operation' });
    await refund('refund', 500);
    expect(await refund('refund', 501)).toEqual({ error: 'The key was used for another operation' });
  });

  it('keeps no token', async () => {
    const { authorise } = payment('tok_visa_secret_9876');
    await authorise();
    const rows = await provider.sql`select entries::text || payments::text as row from entries, payments`;
    expect(JSON.stringify(rows)).not.toContain('secret_9876');
  });
});

describe('the ledger', () => {
  const insert = (state: string, amounts: [number, number, number], currency = 'USD') => provider.sql`
    insert into payments (authorisation_key, order_id, state, amount, captured_amount, refunded_amount, currency)
    values (${`key ${state} ${amounts}`}, 'ord', ${state}, ${amounts[0]}, ${amounts[1]}, ${amounts[2]}, ${currency})`;

  it.each([
    ['captured', [10, 11, 0], /payments_captured_is_in_range/],
    ['captured', [10, 10, 11], /payments_(refunded_is_in_range|state_fits)/],
    ['captured', [10, 0, 0], /payments_state_fits/],
    ['captured', [10, 10, 10], /payments_state_fits/],
    ['refunded', [10, 10, 5], /payments_state_fits/],
    ['authorised', [10, 5, 0], /payments_state_fits/],
    ['authorised', [0, 0, 0], /payments_amount_is_positive/],
    ['lost', [10, 0, 0], /payments_state_fits/],
  ] as const)('holds no payment that is %s with %j', async (state, amounts, constraint) => {
    await expect(insert(state, [...amounts])).rejects.toThrow(constraint);
  });

  it('holds no second capture of one payment', async () => {
    const { orderId, authorise, capture } = paymentOf(provider.send);
    await authorise();
    await capture();
    const second = provider.sql`
      insert into entries (entry_key, kind, order_id, authorisation_key, amount, currency, outcome)
      values ('second', 'capture', ${orderId}, ${`${orderId}:auth:1`}, 1, 'USD', 'approved')`;
    await expect(second).rejects.toThrow(/entries_single_key/);
  });
});
