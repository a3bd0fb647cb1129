import Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { verifyStripeEvent } from '../src/clients/stripe-event.ts';
import { createPaymentWebhook } from '../src/domain/payment-webhook.ts';

const secret = 'whsec_test';
const payload = eventOf({ object: 'payment_intent', metadata: { order_id: 'ord_1' } });

function eventOf(object: object): string {
  return JSON.stringify({ id: 'evt_1', object: 'event', type: 'payment_intent.succeeded', data: { object } });
}

function sign(text: string, { at = Date.now() / 1_000, by = secret } = {}): string {
  return Stripe.webhooks.generateTestHeaderString({ payload: text, secret: by, timestamp: Math.floor(at) });
}

describe('a message of Stripe’s', () => {
  it('tells which order it is about', () => {
    expect(verifyStripeEvent(payload, sign(payload), secret)).toEqual({
      eventId: 'evt_1',
      type: 'payment_intent.succeeded',
      orderId: 'ord_1',
      failedRefundKey: null,
    });
  });

  it.each([
    ['failed', 'ord_1:refund:1'],
    ['canceled', 'ord_1:refund:1'],
    ['succeeded', null],
    ['pending', null],
  ])('tells of a refund that is %s', (status, failedRefundKey) => {
    const metadata = { order_id: 'ord_1', refund_key: 'ord_1:refund:1' };
    const text = eventOf({ object: 'refund', status, metadata });
    expect(verifyStripeEvent(text, sign(text), secret)).toMatchObject({ orderId: 'ord_1', failedRefundKey });
  });

  it.each([
    { object: 'charge', metadata: {} },
    { object: 'balance' },
    { object: 'charge', metadata: null },
    { object: 'charge', metadata: { order_id: 'somebody’s order' } },
    { object: 'charge', metadata: { order_id: 'x'.repeat(51) } },
  ])('may be about none: %j', (object) => {
    const text = eventOf(object);
    expect(verifyStripeEvent(text, sign(text), secret).orderId).toBeNull();
  });

  it.each([
    ['unsigned', payload, ''],
    ['signed with another secret', payload, sign(payload, { by: 'whsec_other' })],
    ['altered', payload.replace('ord_1', 'ord_2'), sign(payload)],
    ['older than five minutes', payload, sign(payload, { at: Date.now() / 1_000 - 301 })],
    ['signed in another way', payload, sign(payload).replace('v1=', 'v0=')],
  ])('is refused when it is %s', (_title, text, header) => {
    expect(() => verifyStripeEvent(text, header, secret)).toThrow();
  });

  it('is taken a few minutes late', () => {
    expect(verifyStripeEvent(payload, sign(payload, { at: Date.now() / 1_000 - 280 }), secret).eventId).toBe(
      'evt_1',
    );
  });

  it('is kept only where its signature is right', async () => {
    const kept: string[] = [];
    const receive = createPaymentWebhook(
      (message) => {
        const { eventId: messageId, ...event } = verifyStripeEvent(
          message.payload,
          message.signature,
          secret,
        );
        return { messageId, ...event };
      },
      { receive: async ({ messageId }) => kept.push(messageId) > 0 },
    );
    const forged = { payload, signature: sign(payload, { by: 'whsec_other' }) };
    await expect(receive(forged)).rejects.toMatchObject({ code: 'AUTH_003' });
    expect(kept).toEqual([]);
    expect(await receive({ payload, signature: sign(payload) })).toBe(true);
    expect(kept).toEqual(['evt_1']);
  });
});
