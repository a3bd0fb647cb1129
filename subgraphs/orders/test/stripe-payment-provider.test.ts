import { cents } from '@commerce/kit/money';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PaymentProvider } from '../src/clients/payment.ts';
import { createStripePaymentProvider } from '../src/clients/stripe-payment-provider.ts';
import { type FakeStripe, startFakeStripe } from './fake-stripe.ts';

const TIMEOUT_MS = 600;
const options = { secretKey: 'sk_test_fake', timeoutMs: TIMEOUT_MS };

const open: { close(): Promise<void> }[] = [];
let stripe: FakeStripe;
let provider: PaymentProvider;
beforeEach(async () => {
  stripe = await startFakeStripe();
  const created = createStripePaymentProvider({ ...options, apiUrl: stripe.url });
  provider = created;
  open.push(created, stripe);
});
afterAll(async () => {
  for (const each of open) await each.close();
});

let orders = 0;

function paymentOf({ token = 'pm_card_visa', amount = 22_597, currency = 'USD' } = {}) {
  orders += 1;
  const orderId = `ord_${orders}`;
  const payment = {
    orderId,
    authorisationKey: `${orderId}:auth:1`,
    reference: null as string | null,
    amount: cents(amount),
    currency,
  };
  return {
    payment,
    authorise: () => provider.authorise({ ...payment, method: { type: 'credit_card', token } }),
    find: () => provider.find(payment),
    capture: () => provider.capture({ ...payment, key: `${orderId}:capture:1` }),
    giveUp: () => provider.void({ ...payment, key: `${orderId}:void:1` }),
    refund: (refunded: number, key = 'refund:1') =>
      provider.refund({ ...payment, key: `${orderId}:${key}`, refundAmount: cents(refunded) }),
    /** As the order remembers what Stripe called it. */
    async authorised() {
      const outcome = await this.authorise();
      if (outcome.kind !== 'approved') throw new Error(outcome.kind);
      payment.reference = outcome.reference;
    },
  };
}

const routes = () => stripe.requests.map(({ route }) => route);
const statuses = () => [...stripe.intents.values()].map(({ status }) => status);
const unknown = { kind: 'unknown', cause: expect.any(Error) };

describe('an authorisation', () => {
  it('reserves the amount in cents, names the order, and tells the card', async () => {
    const { authorise, find, payment } = paymentOf();
    const approved = { kind: 'approved', reference: 'pi_1', brand: 'visa', last4: '4242' };
    expect(await authorise()).toEqual(approved);
    const [created, confirmed] = stripe.requests;
    expect(created?.form).toEqual({
      amount: '22597',
      currency: 'usd',
      capture_method: 'manual',
      'allowed_payment_method_types[0]': 'card',
      'automatic_payment_methods[enabled]': 'true',
      'automatic_payment_methods[allow_redirects]': 'never',
      'metadata[order_id]': payment.orderId,
      'metadata[authorisation_key]': payment.authorisationKey,
    });
    expect(created?.headers['idempotency-key']).toBe(payment.authorisationKey);
    expect(confirmed?.headers['idempotency-key']).toBe(`${payment.authorisationKey}:confirm`);
    expect(created?.headers['x-stripe-client-telemetry']).toBeUndefined();
    expect(statuses()).toEqual(['requires_capture']);
    expect(await find()).toEqual(approved);
  });

  it('happens once, also when it is asked for again', async () => {
    const { authorise } = paymentOf();
    const first = await authorise();
    expect(await authorise()).toEqual(first);
    expect(stripe.intents.size).toBe(1);
  });

  it('takes the tokens of Stripe’s older libraries as well', async () => {
    expect(await paymentOf({ token: 'tok_visa' }).authorise()).toMatchObject({
      kind: 'approved',
      brand: 'visa',
    });
    expect(await paymentOf({ token: 'tok_chargeDeclined' }).authorise()).toMatchObject({ kind: 'declined' });
  });

  it.each([
    ['pm_card_chargeDeclined', 'The card was declined'],
    ['pm_card_stolen', 'The card was declined'],
    ['pm_card_chargeDeclinedInsufficientFunds', 'The card has not enough funds'],
    ['pm_card_chargeDeclinedExpiredCard', 'The card has expired'],
    ['pm_card_authenticationRequired', 'The card needs an authentication, which is not possible here'],
    ['pm_of_somebody_else', 'The payment provider does not know this token'],
    ['tok_unknown', 'The payment provider does not know this token'],
  ])('is declined for %s in words for the customer', async (token, reason) => {
    expect(await paymentOf({ token }).authorise()).toEqual({ kind: 'declined', reason });
  });

  it('leaves nothing open that wants an authentication', async () => {
    await paymentOf({ token: 'pm_card_authenticationRequired' }).authorise();
    expect(statuses()).toEqual(['canceled']);
  });

  it('is declined where the decline’s answer was lost', async () => {
    const { authorise, find } = paymentOf({ token: 'pm_card_chargeDeclinedExpiredCard' });
    stripe.fault('confirm', 'lose-answer', { count: 2 });
    expect(await authorise()).toEqual(unknown);
    expect(await find()).toEqual({ kind: 'declined', reason: 'The card has expired' });
  });

  it.each(['JPY', 'jpy', 'KWD', 'ISK'])('in %s, which has no cents, is never begun', async (currency) => {
    const { authorise, giveUp } = paymentOf({ currency });
    expect(await authorise()).toEqual({
      kind: 'declined',
      reason: `Payments in ${currency} are not possible`,
    });
    expect(await giveUp()).toEqual({ kind: 'voided' });
    expect(stripe.requests).toEqual([]);
  });

  it('of less than Stripe takes is declined', async () => {
    expect(await paymentOf({ amount: 10 }).authorise()).toEqual({
      kind: 'declined',
      reason: 'The payment provider does not take this amount',
    });
  });
});

describe('an authorisation that fails before it is confirmed', () => {
  it.each([
    ['lose-request', 2],
    ['lose-answer', 2],
    ['error', 1],
    ['rate-limit', 1],
  ] as const)('has reserved nothing and never will (%s)', async (fault, count) => {
    const { authorise, find } = paymentOf();
    stripe.fault('create', fault, { count });
    expect(await authorise()).toEqual({ kind: 'unreached', cause: expect.any(Error) });
    expect(routes()).not.toContain('confirm');
    expect(await find()).toEqual({ kind: 'absent' });
    expect(statuses()).toEqual(['requires_payment_method']);
  });

  it('is not confirmed when the time is over', async () => {
    stripe.fault('card', 'delay', { delayMs: TIMEOUT_MS * 0.7 });
    stripe.fault('create', 'delay', { delayMs: TIMEOUT_MS * 0.7 });
    expect(await paymentOf({ token: 'tok_visa' }).authorise()).toMatchObject({ kind: 'unreached' });
    expect(routes()).toEqual(['create', 'card']);
  });

  it('was not reached where nobody listens', async () => {
    await stripe.close();
    const { authorise, capture, giveUp, refund, find } = paymentOf();
    expect(await authorise()).toMatchObject({ kind: 'unreached' });
    const others = [await capture(), await giveUp(), await refund(1), await find()];
    expect(others).toEqual([unknown, unknown, unknown, unknown]);
  });

  it('was not reached with a key that Stripe does not know', async () => {
    const stranger = createStripePaymentProvider({ ...options, apiUrl: stripe.url, secretKey: 'sk_other' });
    open.push(stranger);
    const { payment } = paymentOf();
    const request = { ...payment, method: { type: 'credit_card', token: 'pm_card_visa' } };
    expect(await stranger.authorise(request)).toMatchObject({ kind: 'unreached' });
    expect(await stranger.find(payment)).toEqual(unknown);
  });

  it('is unknown while another one under its key is under way', async () => {
    stripe.fault('create', 'busy');
    expect(await paymentOf().authorise()).toEqual(unknown);
  });
});

describe('a confirmation whose answer does not come', () => {
  it.each(['lose-answer', 'late'] as const)('is found by key before the index has it (%s)', async (fault) => {
    const { authorise, find } = paymentOf();
    stripe.fault('confirm', fault, { count: 2, delayMs: 100 });
    expect(await authorise()).toEqual(unknown);
    await vi.waitFor(async () => expect(await find()).toMatchObject({ kind: 'approved', last4: '4242' }));
    expect(stripe.intents.size).toBe(1);
  });

  it('is found by the index after the key was forgotten', async () => {
    const { authorise, find } = paymentOf();
    stripe.fault('confirm', 'lose-answer', { count: 2 });
    expect(await authorise()).toEqual(unknown);
    stripe.index();
    stripe.forgetKeys();
    expect(await find()).toMatchObject({ kind: 'approved', reference: 'pi_1' });
    expect(stripe.intents.size).toBe(1);
  });

  it('is unknown when it takes too long, and not sent again', async () => {
    const { authorise, find } = paymentOf();
    stripe.fault('confirm', 'delay', { delayMs: TIMEOUT_MS * 2 });
    const startedAt = performance.now();
    expect(await authorise()).toEqual(unknown);
    expect(performance.now() - startedAt).toBeLessThan(TIMEOUT_MS * 1.5);
    expect(routes().filter((route) => route === 'confirm')).toHaveLength(1);
    expect(await find()).toMatchObject({ kind: 'approved' });
  });

  it('is absent where it was never sent on', async () => {
    const { authorise, find } = paymentOf();
    stripe.fault('confirm', 'lose-request', { count: 2 });
    expect(await authorise()).toEqual(unknown);
    expect(await find()).toEqual({ kind: 'absent' });
  });

  it('that wants an authentication is closed by whoever asks for it', async () => {
    const { authorise, find } = paymentOf({ token: 'pm_card_authenticationRequired' });
    stripe.fault('confirm', 'lose-answer', { count: 2 });
    await authorise();
    expect(await find()).toMatchObject({ kind: 'declined' });
    expect(statuses()).toEqual(['canceled']);
  });
});

describe('a void', () => {
  it('gives up what was reserved, however often it is asked', async () => {
    const payment = paymentOf();
    await payment.authorised();
    expect(await payment.giveUp()).toEqual({ kind: 'voided' });
    expect(await payment.giveUp()).toEqual({ kind: 'voided' });
    expect(await payment.find()).toEqual({ kind: 'declined', reason: 'The payment was given up' });
    expect(await payment.capture()).toMatchObject({ kind: 'refused' });
  });

  it('bars a confirmation that comes late', async () => {
    const { authorise, giveUp } = paymentOf();
    stripe.fault('confirm', 'late', { count: 2, delayMs: 150 });
    expect(await authorise()).toEqual(unknown);
    expect(await giveUp()).toEqual({ kind: 'voided' });
    await vi.waitFor(() => expect(routes().filter((route) => route === 'confirm')).toHaveLength(2));
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(statuses()).toEqual(['canceled']);
  });

  it('bars a whole authorisation that comes late', async () => {
    const { authorise, giveUp } = paymentOf();
    expect(await giveUp()).toEqual({ kind: 'voided' });
    expect(await authorise()).toEqual({ kind: 'declined', reason: 'The payment was given up' });
    expect(statuses()).toEqual(['canceled']);
  });

  it('is repeated without harm when its answer was lost', async () => {
    const payment = paymentOf();
    await payment.authorised();
    stripe.fault('cancel', 'error');
    expect(await payment.giveUp()).toEqual(unknown);
    stripe.fault('cancel', 'lose-answer');
    // The SDK asks again and is told that it is cancelled already.
    expect(await payment.giveUp()).toEqual({ kind: 'voided' });
  });

  it('comes too late for what was captured', async () => {
    const payment = paymentOf();
    await payment.authorised();
    await payment.capture();
    expect(await payment.giveUp()).toEqual({ kind: 'captured' });
  });
});

describe('a capture', () => {
  it('takes the money once, however often it is asked', async () => {
    const payment = paymentOf();
    await payment.authorised();
    const answers = [await payment.capture(), ...(await Promise.all([payment.capture(), payment.capture()]))];
    expect(answers).toEqual(answers.map(() => ({ kind: 'captured' })));
    expect(statuses()).toEqual(['succeeded']);
  });

  it('is unknown when its answer was lost, and captured when asked again', async () => {
    const payment = paymentOf();
    await payment.authorised();
    stripe.fault('capture', 'lose-answer', { count: 2 });
    expect(await payment.capture()).toEqual(unknown);
    expect(await payment.capture()).toEqual({ kind: 'captured' });
  });

  it('is captured also where it was under another key', async () => {
    const payment = paymentOf();
    await payment.authorised();
    await payment.capture();
    stripe.forgetKeys();
    expect(await payment.capture()).toEqual({ kind: 'captured' });
  });

  it('finds a payment whose name at Stripe was never told', async () => {
    const { authorise, capture } = paymentOf();
    stripe.fault('confirm', 'lose-answer', { count: 2 });
    await authorise();
    expect(await capture()).toEqual({ kind: 'captured' });
  });

  it('is refused for what was not authorised', async () => {
    const { authorise, capture } = paymentOf({ token: 'pm_card_chargeDeclined' });
    await authorise();
    expect(await capture()).toEqual({ kind: 'refused', reason: 'The payment is not authorised' });
    const other = paymentOf();
    other.payment.reference = 'pi_unknown';
    // A payment that we know of is there: somebody else is asked.
    expect(await other.capture()).toEqual(unknown);
  });
});

describe('a refund', () => {
  it('gives back in parts, each once, and no more than was taken', async () => {
    const payment = paymentOf();
    await payment.authorised();
    await payment.capture();
    expect(await payment.refund(20_000)).toEqual({ kind: 'refunded' });
    expect(await payment.refund(20_000)).toEqual({ kind: 'refunded' });
    expect(await payment.refund(2_598, 'refund:2')).toEqual({ kind: 'refused', reason: 'amount_too_large' });
    expect(await payment.refund(2_597, 'refund:3')).toEqual({ kind: 'refunded' });
    expect(stripe.refunds.map(({ amount }) => amount)).toEqual([20_000, 2_597]);
  });

  it('is not repeated, however long ago its answer was lost', async () => {
    const payment = paymentOf();
    await payment.authorised();
    await payment.capture();
    stripe.fault('refund', 'lose-answer', { count: 2 });
    expect(await payment.refund(5_000)).toEqual(unknown);
    stripe.forgetKeys();
    expect(await payment.refund(5_000)).toEqual({ kind: 'refunded' });
    expect(stripe.refunds).toHaveLength(1);
  });

  it('is refused for what was not captured', async () => {
    const payment = paymentOf();
    await payment.authorised();
    expect(await payment.refund(100)).toMatchObject({ kind: 'refused' });
  });

  it('is pending while Stripe has it under way, and asked about under its key', async () => {
    const payment = paymentOf();
    await payment.authorised();
    await payment.capture();
    stripe.refundsStart('pending');
    expect(await payment.refund(100)).toEqual({ kind: 'pending' });
    expect(await payment.refund(100)).toEqual({ kind: 'pending' });
    for (const refund of stripe.refunds) refund.status = 'requires_action';
    expect(await payment.refund(100)).toEqual({ kind: 'pending' });
    for (const refund of stripe.refunds) refund.status = 'succeeded';
    expect(await payment.refund(100)).toEqual({ kind: 'refunded' });
    expect(stripe.refunds).toHaveLength(1);
  });

  it('that was taken for refused and went through is not repeated under its next key', async () => {
    const payment = paymentOf();
    await payment.authorised();
    await payment.capture();
    expect(await payment.refund(100)).toEqual({ kind: 'refunded' });
    expect(await payment.refund(100, 'refund:1:2')).toEqual({ kind: 'refunded' });
    expect(await payment.refund(100, 'refund:1:3')).toEqual({ kind: 'refunded' });
    expect(stripe.refunds).toHaveLength(1);
    // Another one of the same amount is another one.
    expect(await payment.refund(100, 'refund:2')).toEqual({ kind: 'refunded' });
    expect(stripe.refunds).toHaveLength(2);
    for (const refund of stripe.refunds) refund.status = 'failed';
    expect(await payment.refund(100, 'refund:1:2')).toEqual({ kind: 'refunded' });
    expect(stripe.refunds).toHaveLength(3);
  });

  it('is unknown where Stripe does not know the payment: nothing is known of what went back before', async () => {
    const payment = paymentOf();
    await payment.authorised();
    await payment.capture();
    payment.payment.reference = 'pi_of_another_account';
    expect(await payment.refund(100)).toEqual(unknown);
  });

  it('that fails afterwards is refused', async () => {
    const payment = paymentOf();
    await payment.authorised();
    await payment.capture();
    await payment.refund(100);
    for (const refund of stripe.refunds) refund.status = 'failed';
    expect(await payment.refund(100)).toEqual({ kind: 'refused', reason: 'The refund is failed' });
  });
});
