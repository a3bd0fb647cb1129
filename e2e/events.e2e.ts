import { createHmac } from 'node:crypto';
import { startTestSupergraph, type TestSupergraph } from '@commerce/testkit/in-process-supergraph';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { type MailInbox, startMailInbox } from '../subgraphs/orders/test/mail-inbox.ts';
import { createShopClient, type ShopClient } from './client.ts';
import { readByKind } from './metrics.ts';
import { openShopDatabase, type ShopDatabase } from './shop-database.ts';
import { openTill, PATIENCE, type PlacedOrder, type Till } from './till.ts';
import { startWebhookReceiver, type WebhookReceiver } from './webhook-receiver.ts';

/** Who is told of what becomes of an order: administrators by a feed, others over HTTP, customers by mail. */

// Many a step waits for the next round of a worker, on a machine that may be busy.
vi.setConfig({ testTimeout: 150_000 });

const PRODUCT = 'prod_003';

let inbox: MailInbox;
let receiver: WebhookReceiver;
let shop: TestSupergraph;
let orders: ShopDatabase;
let client: ShopClient;
let till: Till;

beforeAll(async () => {
  [inbox, receiver] = await Promise.all([startMailInbox(), startWebhookReceiver()]);
  shop = await startTestSupergraph({
    env: { SMTP_URL: inbox.url, MAIL_FROM: 'Shop <shop@shop.example>', PUBLIC_URL: 'https://shop.example' },
  });
  orders = openShopDatabase(shop.databaseUrls.orders);
  client = createShopClient(shop.url);
  till = await openTill(client);
}, 120_000);
afterAll(async () => {
  await orders?.close();
  await shop?.close();
  await Promise.all([receiver?.close(), inbox?.stop()]);
});

/** Ordered, shipped, delivered, and paid back in two parts. */
async function runJourney(): Promise<PlacedOrder> {
  const order = await till.orderConfirmed({ [PRODUCT]: 2 });
  const { orderId } = order;
  await till.ship(orderId);
  await till.change('updateOrderStatus', { orderId, status: 'DELIVERED' });
  await till.change('refundOrder', { orderId, amount: 5 });
  await till.change('refundOrder', { orderId });
  return order;
}

const journey = [
  'ORDER_CREATED',
  'ORDER_CONFIRMED',
  'ORDER_SHIPPED',
  'ORDER_DELIVERED',
  'REFUND_SUCCEEDED',
  'REFUND_SUCCEEDED',
  'ORDER_REFUNDED',
];

const FEED = `query Feed($after: String, $first: Int) { orderEvents(after: $after, first: $first) {
  nodes {
    eventId position type orderId status
    data { total { cents } refundedAmount { cents } tracking { trackingNumber } refund { amount { cents } } }
    order { status }
  }
  pageInfo { hasNextPage endCursor }
  totalCount
} }`;

const cents = z.object({ cents: z.number() });
const feedAnswer = z.object({
  orderEvents: z.object({
    nodes: z.array(
      z.object({
        eventId: z.string(),
        position: z.number(),
        type: z.string(),
        orderId: z.string(),
        status: z.string(),
        data: z.object({
          total: cents,
          refundedAmount: cents,
          tracking: z.object({ trackingNumber: z.string() }).nullable(),
          refund: z.object({ amount: cents }).nullable(),
        }),
        order: z.object({ status: z.string() }),
      }),
    ),
    pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
    totalCount: z.number(),
  }),
});
type FeedEvent = z.output<typeof feedAnswer>['orderEvents']['nodes'][number];

async function readFeed(variables: { after?: string | null; first?: number } = {}) {
  const { data, errors } = await client.graphql(FEED, { token: till.admin, variables });
  expect(errors).toEqual([]);
  return feedAnswer.parse(data).orderEvents;
}

/** All pages behind a cursor. */
async function readToEnd(from: string | null, first: number) {
  const events: FeedEvent[] = [];
  let after = from;
  for (let hasMore = true; hasMore; ) {
    const { nodes, pageInfo } = await readFeed({ after, first });
    expect(nodes.length).toBeLessThanOrEqual(first);
    events.push(...nodes);
    after = pageInfo.endCursor ?? after;
    hasMore = pageInfo.hasNextPage;
  }
  return { events, after };
}

async function waitForEvents(orderId: string, count: number): Promise<FeedEvent[]> {
  return await vi.waitFor(async () => {
    const { events } = await readToEnd(null, 100);
    const found = events.filter((event) => event.orderId === orderId);
    expect(found).toHaveLength(count);
    return found;
  }, PATIENCE);
}

describe('the feed of events', () => {
  it('tells administrators of a journey in its order, page by page, each event once', async () => {
    const { after: before } = await readToEnd(null, 100);
    const { orderId } = await runJourney();
    const events = await waitForEvents(orderId, journey.length);

    expect(events.map(({ type }) => type)).toEqual(journey);
    expect(events.map(({ status }) => status)).toEqual([
      ...['PENDING', 'CONFIRMED', 'SHIPPED', 'DELIVERED', 'DELIVERED', 'DELIVERED', 'REFUNDED'],
    ]);
    expect(new Set(events.map(({ order }) => order.status))).toEqual(new Set(['REFUNDED']));
    const [created, , shipped, , part, rest, refunded] = events.map(({ data }) => data);
    const total = created?.total.cents ?? 0;
    expect(created).toMatchObject({ refundedAmount: { cents: 0 }, tracking: null, refund: null });
    expect(shipped).toMatchObject({ tracking: { trackingNumber: '1Z999AA10123456784' } });
    expect(part).toMatchObject({ refundedAmount: { cents: 500 }, refund: { amount: { cents: 500 } } });
    expect(rest).toMatchObject({ refund: { amount: { cents: total - 500 } } });
    expect(refunded).toMatchObject({ refundedAmount: { cents: total }, refund: null });

    const paged = await readToEnd(before, 2);
    expect(paged.events.map(({ eventId }) => eventId)).toEqual(events.map(({ eventId }) => eventId));
    const { events: all } = await readToEnd(null, 3);
    expect(all.map(({ position }) => position)).toEqual(
      all.map((_, index) => (all[0]?.position ?? 0) + index),
    );
    expect((await readFeed({ first: 1 })).totalCount).toBe(all.length);
  });

  it('goes on behind a cursor with what is new, and nothing else', async () => {
    const { after } = await readToEnd(null, 100);
    expect(await readFeed({ after, first: 10 })).toMatchObject({
      nodes: [],
      pageInfo: { hasNextPage: false },
    });

    const { orderId } = await till.orderConfirmed({ [PRODUCT]: 1 });
    await waitForEvents(orderId, 2);

    const { nodes } = await readFeed({ after, first: 10 });
    expect(nodes.map((event) => [event.orderId, event.type])).toEqual([
      [orderId, 'ORDER_CREATED'],
      [orderId, 'ORDER_CONFIRMED'],
    ]);
  });

  it('tells of a cancellation, and not of orders that were never taken', async () => {
    const declined = await till.fillCart({ [PRODUCT]: 1 });
    expect((await till.checkOut(declined.token, 'tok_declined')).status).toBe(400);
    const { orderId } = await till.orderConfirmed({ [PRODUCT]: 1 });
    await till.change('cancelOrder', { orderId });

    const events = await waitForEvents(orderId, 3);
    expect(events.map(({ type }) => type)).toEqual(['ORDER_CREATED', 'ORDER_CONFIRMED', 'ORDER_CANCELLED']);
    const { events: all } = await readToEnd(null, 100);
    const users = await orders.query(
      `select order_id as "orderId" from orders where user_id = '${declined.userId}'`,
      z.object({ orderId: z.string() }),
    );
    for (const hidden of users) expect(all.map((event) => event.orderId)).not.toContain(hidden.orderId);
  });

  it('is for administrators: customers are AUTH_004, strangers AUTH_003', async () => {
    const { token } = await client.signUp();
    const customer = await client.graphql(FEED, { token });
    const stranger = await client.graphql(FEED);

    expect(customer).toMatchObject({
      data: { orderEvents: null },
      errors: [{ extensions: { code: 'AUTH_004', httpStatus: 403 } }],
    });
    expect(stranger).toMatchObject({
      data: { orderEvents: null },
      errors: [{ extensions: { code: 'AUTH_003' } }],
    });
  });

  it.each([
    ['a cursor of nobody’s', { after: 'bogus' }],
    ['no events', { first: 0 }],
    ['too many events', { first: 101 }],
  ])('refuses %s', async (_, variables) => {
    const { errors } = await client.graphql(FEED, { token: till.admin, variables });

    expect(errors).toMatchObject([{ extensions: { code: 'VAL_001' } }]);
  });
});

const endpointAnswer = z.object({
  createWebhookEndpoint: z.object({ secret: z.string(), endpoint: z.object({ endpointId: z.string() }) }),
});

async function createEndpoint(eventTypes: string[] | null): Promise<{ endpointId: string; secret: string }> {
  const { data, errors } = await client.graphql(
    `mutation Tell($input: CreateWebhookEndpointInput!) {
      createWebhookEndpoint(input: $input) { secret endpoint { endpointId } }
    }`,
    { token: till.admin, variables: { input: { url: receiver.url, eventTypes } } },
  );
  expect(errors).toEqual([]);
  const { secret, endpoint } = endpointAnswer.parse(data).createWebhookEndpoint;
  return { ...endpoint, secret };
}

async function deleteEndpoint(endpointId: string): Promise<void> {
  const { errors } = await client.graphql(
    `mutation Forget($input: DeleteWebhookEndpointInput!) { deleteWebhookEndpoint(input: $input) { endpointId } }`,
    { token: till.admin, variables: { input: { endpointId } } },
  );
  expect(errors).toEqual([]);
}

const deliveredBody = z.object({
  id: z.string(),
  type: z.string(),
  position: z.number(),
  occurredAt: z.string(),
  data: z.record(z.string(), z.unknown()),
});

/** What has come about an order. */
function deliveriesOf(orderId: string) {
  return receiver.deliveries
    .map((delivery) => ({ ...delivery, event: deliveredBody.parse(JSON.parse(delivery.body)) }))
    .filter(({ body }) => body.includes(orderId));
}

/** As https://www.standardwebhooks.com has a receiver check it. */
function expectSigned({ body, headers }: WebhookReceiver['deliveries'][number], secret: string): void {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature } = headers;
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  expect(key).toHaveLength(32);
  const expected = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  expect(signature.split(' ')).toContain(`v1,${expected}`);
  expect(Math.abs(Date.now() / 1_000 - Number(timestamp))).toBeLessThan(300);
  expect(JSON.parse(body)).toMatchObject({ id });
}

describe('a webhook endpoint', () => {
  it('receives all events of a journey, signed, each once', async () => {
    const { endpointId, secret } = await createEndpoint(null);
    const { orderId } = await runJourney();
    const told = await vi.waitFor(() => {
      const deliveries = deliveriesOf(orderId);
      expect(deliveries).toHaveLength(journey.length);
      return deliveries;
    }, PATIENCE);

    for (const delivery of told) expectSigned(delivery, secret);
    const feed = await waitForEvents(orderId, journey.length);
    const inOrder = [...told].sort((a, b) => a.event.position - b.event.position);
    expect(inOrder.map(({ event }) => event.id)).toEqual(feed.map(({ eventId }) => eventId));
    expect(inOrder.map(({ event }) => event.type.toUpperCase().replace('.', '_'))).toEqual(journey);
    expect(JSON.stringify(told)).not.toContain('tok_visa');
    await deleteEndpoint(endpointId);
  });

  it('receives only what it wants, again after a 500, and once more by replay', async () => {
    const { endpointId, secret } = await createEndpoint(['ORDER_SHIPPED']);
    const { orderId } = await till.orderConfirmed({ [PRODUCT]: 1 });
    receiver.answerNext(500);
    await till.ship(orderId);

    const attempts = async (count: number) =>
      await vi.waitFor(() => {
        const deliveries = deliveriesOf(orderId);
        expect(deliveries).toHaveLength(count);
        return deliveries;
      }, PATIENCE);
    const told = await attempts(2);
    expect(new Set(told.map(({ event }) => event.type))).toEqual(new Set(['order.shipped']));
    expect(new Set(told.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(new Set(told.map(({ body }) => body)).size).toBe(1);
    for (const delivery of told) expectSigned(delivery, secret);
    await expectDelivery(endpointId, { status: 'DELIVERED', attempts: 2, lastStatus: 204 });

    const eventId = told[0]?.event.id;
    const replayed = await client.graphql(
      `mutation Replay($input: ReplayWebhookDeliveryInput!) {
        replayWebhookDelivery(input: $input) { delivery { eventId status } }
      }`,
      { token: till.admin, variables: { input: { endpointId, eventId } } },
    );
    expect(replayed.data).toEqual({
      replayWebhookDelivery: { delivery: { eventId, status: 'PENDING' } },
    });
    const [, , again] = await attempts(3);
    if (!again) throw new Error('It was not sent again');
    expectSigned(again, secret);
    expect(again.event.id).toBe(eventId);
    await expectDelivery(endpointId, { status: 'DELIVERED', attempts: 1, lastStatus: 204 });
    await deleteEndpoint(endpointId);
  });

  async function expectDelivery(endpointId: string, delivery: Record<string, unknown>): Promise<void> {
    await vi.waitFor(async () => {
      const { data } = await client.graphql(
        `query Told($endpointId: ID!) { webhookEndpoint(endpointId: $endpointId) {
          deliveries { nodes { status attempts lastStatus } }
        } }`,
        { token: till.admin, variables: { endpointId } },
      );
      expect(data).toEqual({ webhookEndpoint: { deliveries: { nodes: [delivery] } } });
    }, PATIENCE);
  }

  it('is made, seen and used by administrators only', async () => {
    const { token } = await client.signUp();
    const made = await client.graphql(
      'mutation Tell($input: CreateWebhookEndpointInput!) { createWebhookEndpoint(input: $input) { secret } }',
      { token, variables: { input: { url: receiver.url } } },
    );
    const seen = await client.graphql('{ webhookEndpoints { url } }', { token });
    const used = await client.graphql(
      `mutation Replay($input: ReplayWebhookDeliveryInput!) {
        replayWebhookDelivery(input: $input) { delivery { eventId } }
      }`,
      { token, variables: { input: { endpointId: 'whe_1', eventId: 'evt_1' } } },
    );

    for (const { errors } of [made, seen, used]) {
      expect(errors).toMatchObject([{ extensions: { code: 'AUTH_004' } }]);
    }
  });
});

/** Mails about an order. */
function mailsOf(orderId: string) {
  return inbox.mails.filter(({ subject }) => subject?.includes(orderId));
}

const mailRow = z.object({ kind: z.string(), isSent: z.boolean(), attempts: z.number() });

async function mailWorkOf(orderId: string): Promise<z.output<typeof mailRow>[]> {
  return await orders.query(
    `select kind, sent_at is not null as "isSent", attempts from order_mails
      where order_id = '${orderId}' order by created_at, kind`,
    mailRow,
  );
}

async function waitUntilSent(orderId: string, ...kinds: string[]): Promise<void> {
  await vi.waitFor(
    async () => {
      const sent = (await mailWorkOf(orderId)).filter(({ isSent }) => isSent);
      expect(sent.map(({ kind }) => kind).sort()).toEqual([...kinds].sort());
    },
    { ...PATIENCE, timeout: 120_000 },
  );
}

async function waitUntilNoneWaits(): Promise<void> {
  await vi.waitFor(
    async () => {
      const waiting = await orders.query(
        `select order_id from order_mails where sent_at is null
          union all select order_id from order_events where position is null`,
        z.unknown(),
      );
      expect(waiting).toEqual([]);
    },
    { ...PATIENCE, timeout: 120_000 },
  );
}

describe('a customer’s mails', () => {
  it('tell of confirmation and shipment, once each, as text and as HTML', async () => {
    const { orderId, email } = await runJourney();
    await waitUntilSent(orderId, 'confirmation', 'shipped');

    const mails = mailsOf(orderId);
    expect(mails).toHaveLength(2);
    // Two that are due in one round are sent side by side: either may arrive first.
    const [confirmation, shipped] = ['confirmed', 'on its way'].map((end) =>
      mails.find(({ subject }) => subject?.endsWith(end)),
    );
    expect(confirmation).toMatchObject({
      subject: `Your order ${orderId} is confirmed`,
      messageId: `<${orderId}.confirmation@shop.example>`,
      from: { value: [{ name: 'Shop', address: 'shop@shop.example' }] },
      to: { value: [{ address: email }] },
    });
    expect(shipped).toMatchObject({
      subject: `Your order ${orderId} is on its way`,
      messageId: `<${orderId}.shipped@shop.example>`,
    });
    for (const mail of [confirmation, shipped]) {
      expect(mail?.text).toContain('Hello Sam Shopper,');
      expect(mail?.text).toMatch(/^Total: \d+\.\d\d USD$/m);
      expect(mail?.text).toContain(`https://shop.example/orders/${orderId}`);
      expect(mail?.html).toContain(`<a href="https://shop.example/orders/${orderId}">`);
    }
    expect(shipped?.text).toContain('UPS, number 1Z999AA10123456784');
    expect(shipped?.html).toContain('1Z999AA10123456784');
  });

  it('tell of a cancellation, once', async () => {
    const { orderId } = await till.orderConfirmed({ [PRODUCT]: 1 });
    await till.change('cancelOrder', { orderId });
    await waitUntilSent(orderId, 'confirmation', 'cancelled');

    const subjects = mailsOf(orderId).map(({ subject }) => subject);
    expect(subjects.sort()).toEqual([
      `Your order ${orderId} is cancelled`,
      `Your order ${orderId} is confirmed`,
    ]);
    const cancelled = mailsOf(orderId).find(({ subject }) => subject?.endsWith('cancelled'));
    expect(cancelled?.text).toContain('What was paid for it goes back to you.');
    expect(cancelled?.html).toContain('What was paid for it goes back to you.');
  });

  it('are late where the mail server is away for a while, and none is lost', async () => {
    // One whose answer is cut off would come twice.
    await waitUntilNoneWaits();
    await inbox.stop();
    const placed = await Promise.all([1, 2, 3].map(() => till.orderConfirmed({ [PRODUCT]: 1 })));
    for (const { orderId } of placed) {
      await vi.waitFor(async () => {
        const [mail] = await mailWorkOf(orderId);
        expect(mail).toMatchObject({ kind: 'confirmation', isSent: false });
        expect(mail?.attempts).toBeGreaterThanOrEqual(1);
      }, PATIENCE);
      expect(mailsOf(orderId)).toEqual([]);
    }
    // Whoever orders notices nothing.
    await till.orderConfirmed({ [PRODUCT]: 1 });
    await inbox.restart();

    for (const { orderId } of placed) {
      await waitUntilSent(orderId, 'confirmation');
      expect(mailsOf(orderId).map(({ messageId }) => messageId)).toEqual([
        `<${orderId}.confirmation@shop.example>`,
      ]);
    }
  }, 300_000);

  it('are each there once at the end, whatever was told before', async () => {
    await waitUntilNoneWaits();
    const [row] = await orders.query(
      'select count(*)::int as count from order_mails',
      z.object({ count: z.number() }),
    );
    const ids = inbox.mails.flatMap(({ messageId }) => (messageId?.startsWith('<ord_') ? [messageId] : []));

    expect(ids).toHaveLength(row?.count ?? 0);
    expect(new Set(ids).size).toBe(ids.length);
  }, 300_000);
});

it('shows in the metrics of the orders service that nothing is parked', async () => {
  const parked = await readByKind(shop.origins.orders, 'commerce_parked');

  expect(parked).toEqual({ checkouts: 0, refunds: 0, mails: 0, webhooks: 0, provider_messages: 0 });
});
