import { createHmac, randomBytes } from 'node:crypto';
import { startTestSupergraph, type TestSupergraph } from '@commerce/testkit/in-process-supergraph';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { type FakeStripe, startFakeStripe } from '../subgraphs/orders/test/fake-stripe.ts';
import { createShopClient, type ShopClient } from './client.ts';
import { openShopDatabase, type ShopDatabase } from './shop-database.ts';
import { openTill, PATIENCE, type PlacedOrder, type Till, waitForStatus } from './till.ts';

/** The whole shop with PAYMENT_PROVIDER=stripe, against a server that speaks the part of Stripe's API that it uses. */

const WEBHOOK_SECRET = `whsec_${randomBytes(16).toString('hex')}`;
const PRODUCT = 'prod_001';
const twoPieces = { [PRODUCT]: 2 };

// Many a step waits for the next round of a worker, on a machine that may be busy.
vi.setConfig({ testTimeout: 120_000 });

let stripe: FakeStripe;
let shop: TestSupergraph;
let orders: ShopDatabase;
let catalog: ShopDatabase;
let client: ShopClient;
let till: Till;

beforeAll(async () => {
  stripe = await startFakeStripe();
  shop = await startTestSupergraph({
    env: {
      PAYMENT_PROVIDER: 'stripe',
      STRIPE_SECRET_KEY: 'sk_test_fake',
      STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET,
      STRIPE_API_URL: stripe.url,
    },
  });
  orders = openShopDatabase(shop.databaseUrls.orders);
  catalog = openShopDatabase(shop.databaseUrls.catalog);
  client = createShopClient(shop.url);
  till = await openTill(client);
  await waitAnHourAfterFailures();
}, 120_000);
afterAll(async () => {
  await Promise.all([orders?.close(), catalog?.close()]);
  await shop?.close();
  await stripe?.close();
});

/** A checkout that failed stays as it is until somebody wakes it: what goes on by itself within seconds could not
 *  be told from what a message has brought on. */
async function waitAnHourAfterFailures(): Promise<void> {
  await orders.run(`create function wait_an_hour() returns trigger language plpgsql as $$
    begin new.due_at := now() + interval '1 hour'; return new; end $$`);
  await orders.run(`create trigger wait_an_hour before update on checkouts for each row
    when (old.last_error is null and new.last_error is not null) execute function wait_an_hour()`);
}

const checkoutRow = z.object({
  state: z.string(),
  epoch: z.number(),
  waits: z.boolean(),
  updated: z.string(),
  timeline: z.number(),
});

async function checkoutOf(orderId: string): Promise<z.output<typeof checkoutRow>> {
  const [row] = await orders.query(
    `select c.state, c.epoch, c.last_error is not null and c.due_at > now() + interval '30 minutes' as waits,
      o.updated_at::text as updated,
      (select count(*)::int from order_timeline t where t.order_id = c.order_id) as timeline
    from checkouts c join orders o on o.order_id = c.order_id where c.order_id = '${orderId}'`,
    checkoutRow,
  );
  if (!row) throw new Error('There is no such checkout');
  return row;
}

/** An order whose capture went wrong, and which waits for an hour now. */
async function orderStuck(fault: 'lose-answer' | 'lose-request'): Promise<PlacedOrder> {
  // The SDK sends it again by itself once.
  stripe.fault('capture', fault, { count: 2 });
  const order = await till.order(twoPieces);
  await vi.waitFor(
    async () => expect(await checkoutOf(order.orderId)).toMatchObject({ state: 'capturing', waits: true }),
    PATIENCE,
  );
  return order;
}

function intentOf(orderId: string) {
  const found = [...stripe.intents.values()].filter(({ metadata }) => metadata.order_id === orderId);
  expect(found).toHaveLength(1);
  return found[0];
}

function capturesOf(orderId: string): number {
  return stripe.requests.filter(
    ({ route, headers }) => route === 'capture' && headers['idempotency-key'] === `${orderId}:capture:1`,
  ).length;
}

let messages = 0;

/** A message as Stripe sends it. */
function messageOf(orderId: string, type = 'payment_intent.succeeded') {
  messages += 1;
  const id = `evt_${messages}`;
  const object = { id: 'pi_any', object: 'payment_intent', metadata: { order_id: orderId }, note: 'Zoë 😀' };
  return { id, payload: JSON.stringify({ id, object: 'event', type, data: { object } }, null, 2) };
}

function sign(payload: string, { secondsAgo = 0, secret = WEBHOOK_SECRET } = {}): string {
  const at = Math.floor(Date.now() / 1_000) - secondsAgo;
  return `t=${at},v1=${createHmac('sha256', secret).update(`${at}.${payload}`).digest('hex')}`;
}

async function deliver(payload: string, signature: string | null = sign(payload)) {
  const response = await fetch(`${shop.url}/webhooks/stripe`, {
    method: 'POST',
    body: payload,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      ...(signature === null ? {} : { 'stripe-signature': signature }),
    },
  });
  return { status: response.status, body: await response.json() };
}

async function inboxOf(...ids: string[]): Promise<{ id: string; isHandled: boolean }[]> {
  return await orders.query(
    `select message_id as id, handled_at is not null as "isHandled" from provider_messages
      where message_id in ('${ids.join("','")}') order by created_at, message_id`,
    z.object({ id: z.string(), isHandled: z.boolean() }),
  );
}

async function waitUntilHandled(...ids: string[]): Promise<void> {
  await vi.waitFor(async () => {
    const inbox = await inboxOf(...ids);
    expect(inbox.filter(({ isHandled }) => isHandled)).toHaveLength(ids.length);
  }, PATIENCE);
}

describe('an order by REST', () => {
  it('is pending, and confirmed once its card is charged', async () => {
    const order = await till.order(twoPieces);
    await waitForStatus(client, order, 'confirmed');

    expect(intentOf(order.orderId)).toMatchObject({ status: 'succeeded', amount: 22_597, currency: 'usd' });
    const { data } = await client.graphql(
      'query Paid($orderId: ID!) { order(orderId: $orderId) { paymentMethod { type brand last4 } } }',
      { token: order.token, variables: { orderId: order.orderId } },
    );
    expect(data).toEqual({
      order: { paymentMethod: { type: 'credit_card', brand: 'visa', last4: '4242' } },
    });
  });

  it.each(['tok_chargeDeclined', 'pm_card_stolen', 'pm_card_authenticationRequired', 'tok_unheard_of'])(
    'by %s is BUS_003, and nothing is held',
    async (card) => {
      const before = await till.inventoryOf(PRODUCT);
      const { token, userId } = await till.fillCart(twoPieces);

      const answer = await till.checkOut(token, card);

      expect(answer).toMatchObject({
        status: 400,
        body: { success: false, error: { code: 'BUS_003', path: '/api/v1/orders' } },
      });
      expect(JSON.stringify(answer.body)).not.toContain('stolen');
      const [row] = await orders.query(
        `select order_id as "orderId" from orders where user_id = '${userId}'`,
        z.object({ orderId: z.string() }),
      );
      const { status } = intentOf(row?.orderId ?? '') ?? {};
      expect(['requires_payment_method', 'canceled']).toContain(status);
      const cart = await client.rest('GET', '/api/v1/cart', { token });
      expect(cart.body).toMatchObject({ data: { items: [{ productId: PRODUCT, quantity: 2 }] } });
      await vi.waitFor(async () => {
        expect(await till.inventoryOf(PRODUCT)).toBe(before);
        const held = await catalog.query(
          `select status from stock_reservations where order_id = '${row?.orderId}' and status <> 'released'`,
          z.unknown(),
        );
        expect(held).toEqual([]);
      }, PATIENCE);
      expect((await client.rest('GET', '/api/v1/orders', { token })).body).toMatchObject({
        data: { orders: [] },
      });
    },
  );

  it('is confirmed where Stripe’s answer to the card was lost', async () => {
    stripe.fault('confirm', 'lose-answer', { count: 2 });
    const order = await till.orderConfirmed(twoPieces);

    expect(intentOf(order.orderId)).toMatchObject({ status: 'succeeded' });
  });
});

describe('a message of Stripe’s', () => {
  it('wakes a checkout whose capture got no answer, which is confirmed long before it is due', async () => {
    const order = await orderStuck('lose-answer');
    const { id, payload } = messageOf(order.orderId);

    expect(await deliver(payload)).toEqual({ status: 200, body: { received: true } });

    await waitForStatus(client, order, 'confirmed');
    await waitUntilHandled(id);
    expect(intentOf(order.orderId)).toMatchObject({ status: 'succeeded' });
  });

  it('that says too much is not believed: Stripe is asked', async () => {
    const order = await orderStuck('lose-request');
    expect(intentOf(order.orderId)).toMatchObject({ status: 'requires_capture' });

    await deliver(messageOf(order.orderId, 'payment_intent.canceled').payload);

    await waitForStatus(client, order, 'confirmed');
    expect(intentOf(order.orderId)).toMatchObject({ status: 'succeeded' });
  });

  it('that comes twice, at once or later, is one', async () => {
    const order = await orderStuck('lose-answer');
    const { id, payload } = messageOf(order.orderId);

    const answers = await Promise.all([deliver(payload), deliver(payload), deliver(payload)]);
    expect(answers).toEqual(answers.map(() => ({ status: 200, body: { received: true } })));
    await waitForStatus(client, order, 'confirmed');
    await waitUntilHandled(id);
    const [settled, captures] = [await checkoutOf(order.orderId), capturesOf(order.orderId)];

    // Stripe signs each attempt anew.
    expect(await deliver(payload, sign(payload, { secondsAgo: 1 }))).toMatchObject({ status: 200 });
    const later = messageOf(order.orderId, 'charge.updated');
    await deliver(later.payload);
    await waitUntilHandled(later.id);

    expect(await inboxOf(id)).toEqual([{ id, isHandled: true }]);
    expect(await checkoutOf(order.orderId)).toEqual(settled);
    expect(capturesOf(order.orderId)).toBe(captures);
  });

  it('that comes out of order changes nothing', async () => {
    const order = await till.orderConfirmed(twoPieces);
    await vi.waitFor(async () => expect((await checkoutOf(order.orderId)).state).toBe('done'), PATIENCE);
    const settled = await checkoutOf(order.orderId);
    const requests = stripe.requests.length;

    const late = ['created', 'amount_capturable_updated', 'payment_failed', 'canceled', 'succeeded'].map(
      (name) => messageOf(order.orderId, `payment_intent.${name}`),
    );
    for (const { payload } of late) expect(await deliver(payload)).toMatchObject({ status: 200 });
    await waitUntilHandled(...late.map(({ id }) => id));

    expect(await checkoutOf(order.orderId)).toEqual(settled);
    expect(stripe.requests.length).toBe(requests);
  });

  it('about no order of ours is taken, and nothing follows', async () => {
    const strange = messageOf('ord_of_somebody_else');
    const balance = {
      id: 'evt_balance',
      object: 'event',
      type: 'balance.available',
      data: { object: { object: 'balance' } },
    };

    expect(await deliver(strange.payload)).toMatchObject({ status: 200 });
    expect(await deliver(JSON.stringify(balance))).toMatchObject({ status: 200 });

    await waitUntilHandled(strange.id, balance.id);
  });

  it('that is altered, unsigned, signed by others or old wakes nobody', async () => {
    const order = await orderStuck('lose-answer');
    const waiting = await checkoutOf(order.orderId);
    const { id, payload } = messageOf(order.orderId);
    const genuine = sign(payload);

    const refusals = [
      await deliver(payload.replace('succeeded', 'canceled'), genuine),
      await deliver(`${payload}\n`, genuine),
      await deliver(`\ufeff${payload}`, genuine),
      await deliver(payload, null),
      await deliver(payload, ''),
      await deliver(payload, 'v1=00'),
      await deliver(payload, genuine.replace('v1=', 'v0=')),
      await deliver(payload, sign(payload, { secret: 'whsec_of_somebody_else' })),
      await deliver(payload, sign(payload, { secondsAgo: 600 })),
    ];

    for (const refusal of refusals) {
      expect(refusal).toMatchObject({ status: 401, body: { success: false, error: { code: 'AUTH_003' } } });
    }
    // A message behind them, which is about nothing, is through: they would have been as well.
    const next = messageOf('ord_of_somebody_else');
    await deliver(next.payload);
    await waitUntilHandled(next.id);
    expect(await inboxOf(id)).toEqual([]);
    expect(await checkoutOf(order.orderId)).toEqual(waiting);

    await deliver(payload, genuine);
    await waitForStatus(client, order, 'confirmed');
  });
});

describe('money that goes back', () => {
  it('goes in parts, each once, also where Stripe’s answer was lost', async () => {
    const { orderId } = await till.orderConfirmed(twoPieces);
    const { id } = intentOf(orderId) ?? {};
    const amounts = () =>
      stripe.refunds.filter(({ payment_intent }) => payment_intent === id).map(({ amount }) => amount);
    await till.change('refundOrder', { orderId, amount: 25.97 });
    stripe.fault('refund', 'lose-answer', { count: 2 });
    await till.change('refundOrder', { orderId, amount: 100 });

    await vi.waitFor(async () => {
      const { data } = await client.graphql(
        'query Refunds($orderId: ID!) { order(orderId: $orderId) { refunds { state } refundedAmount { cents } } }',
        { token: till.admin, variables: { orderId } },
      );
      expect(data).toEqual({
        order: { refunds: [{ state: 'DONE' }, { state: 'DONE' }], refundedAmount: { cents: 12_597 } },
      });
    }, PATIENCE);
    expect(amounts()).toEqual([2_597, 10_000]);
  });

  it('is all of it where a charged order is cancelled', async () => {
    const before = await till.inventoryOf(PRODUCT);
    const { orderId } = await till.orderConfirmed(twoPieces);
    await till.change('cancelOrder', { orderId, reason: 'Changed my mind' });

    await vi.waitFor(async () => {
      expect((await checkoutOf(orderId)).state).toBe('failed');
      expect(await till.inventoryOf(PRODUCT)).toBe(before);
    }, PATIENCE);
    const { id, status } = intentOf(orderId) ?? {};
    expect(status).toBe('succeeded');
    const refunds = stripe.refunds.filter(({ payment_intent }) => payment_intent === id);
    expect(refunds.map(({ amount }) => amount)).toEqual([22_597]);
  });

  it('was never taken where an order is cancelled before its card is charged', async () => {
    const order = await orderStuck('lose-request');
    const captures = capturesOf(order.orderId);
    const cancelled = await client.graphql(
      'mutation Cancel($input: CancelOrderInput!) { cancelOrder(input: $input) { order { status } } }',
      { token: order.token, variables: { input: { orderId: order.orderId } } },
    );
    expect(cancelled.data).toEqual({ cancelOrder: { order: { status: 'CANCELLED' } } });

    await vi.waitFor(() => expect(intentOf(order.orderId)).toMatchObject({ status: 'canceled' }), PATIENCE);
    await deliver(messageOf(order.orderId, 'payment_intent.canceled').payload);
    await vi.waitFor(async () => expect((await checkoutOf(order.orderId)).state).toBe('failed'), PATIENCE);
    expect(capturesOf(order.orderId)).toBe(captures);
    expect(
      stripe.refunds.filter(({ payment_intent }) => payment_intent === intentOf(order.orderId)?.id),
    ).toEqual([]);
  });
});
