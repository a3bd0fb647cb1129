import { createHmac } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createWebhookSender, type WebhookSender } from '../src/clients/webhook-sender.ts';
import { createEventStore } from '../src/data/event-store.ts';
import { createDeliveryStore } from '../src/data/webhook-delivery-store.ts';
import { deliverWebhooks } from '../src/domain/deliver-webhooks.ts';
import { dispatchEvents } from '../src/domain/dispatch-events.ts';
import { answerWith, createEventsFixture, type EventsFixture, startReceiver } from './events-fixture.ts';

const rounds = Number(process.env.RACE_ROUNDS ?? 1);
const never = new AbortController().signal;

let shop: EventsFixture;
let sender: WebhookSender;
const receivers: Awaited<ReturnType<typeof startReceiver>>[] = [];
beforeAll(async () => {
  shop = await createEventsFixture();
  sender = createWebhookSender({ isPublicOnly: false });
});
beforeEach(async () => {
  await shop.reset();
  await shop.insertOrder('ord_1');
});
afterEach(async () => {
  for (const receiver of receivers.splice(0)) await receiver.close();
});
afterAll(async () => {
  await sender.close();
  await shop.close();
});

async function receiver(respond: Parameters<typeof startReceiver>[0]) {
  const started = await startReceiver(respond);
  receivers.push(started);
  return started;
}

async function endpoint(url: string): Promise<{ endpointId: string; secret: string }> {
  const { data } = await shop.run(
    `mutation ($url: String!) {
      createWebhookEndpoint(input: { url: $url }) { secret endpoint { endpointId } } }`,
    { variables: { url } },
  );
  const { endpoint: made, secret } = data.createWebhookEndpoint;
  return { endpointId: made.endpointId, secret };
}

const deps = (by = sender) => ({
  deliveries: createDeliveryStore(shop.db),
  sender: by,
  logger: shop.logger,
  clock: () => new Date(),
  random: () => 0.5,
  failpoint: () => undefined,
});
const dispatch = async () =>
  await dispatchEvents({ events: createEventStore(shop.db), failpoint: () => undefined }, never);
const deliver = async () => await deliverWebhooks(deps(), never);
async function deliverAll() {
  await dispatch();
  await deliver();
}
const makeDue = async () => await shop.sql`update webhook_deliveries set due_at = now()`;
const deliveries = async () =>
  await shop.sql`select endpoint_id, event_id, attempts, last_status, last_error, delivered_at is not null as is_delivered,
    parked_at is not null as is_parked, extract(epoch from due_at - now())::float8 as wait
    from webhook_deliveries order by endpoint_id, event_id`;

describe('a delivery', () => {
  it('carries the event, and a signature that its receiver can check', async () => {
    const { url, received } = await receiver(answerWith(204));
    const { secret } = await endpoint(`${url}?shop=1`);
    await shop.insertEvents('ord_1', 'order.shipped');
    await deliverAll();
    expect(received).toHaveLength(1);
    const [request] = received;
    if (!request) throw new Error('Nothing was received');
    const { headers, body, url: path } = request;
    expect(path).toBe('/hook?shop=1');
    expect(headers['content-type']).toBe('application/json');
    const event = JSON.parse(body);
    expect(event).toMatchObject({
      id: headers['webhook-id'],
      type: 'order.shipped',
      position: 1,
      occurredAt: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/),
      data: { orderId: 'ord_1', total: '225.97', tracking: { carrier: 'UPS' } },
    });
    // As a receiver does it who knows the standard, and nothing of us.
    const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
    const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
    expect(key).toHaveLength(32);
    const signature = `v1,${createHmac('sha256', key).update(signed).digest('base64')}`;
    expect(headers['webhook-signature']).toBe(signature);
    expect(Math.abs(Number(headers['webhook-timestamp']) - Date.now() / 1_000)).toBeLessThan(5);
    expect(await deliveries()).toMatchObject([
      { is_delivered: true, attempts: 1, last_status: 204, last_error: null },
    ]);
  });

  it('is tried again after a failure, under the same id, until it is taken', async () => {
    const { url, received } = await receiver((response, all) =>
      answerWith(all.length < 3 ? 500 : 200)(response),
    );
    await endpoint(url);
    await shop.insertEvents('ord_1', 'order.created');
    await deliverAll();
    const [first] = await deliveries();
    expect(first).toMatchObject({ attempts: 1, last_status: 500, is_delivered: false, is_parked: false });
    expect(first?.last_error).toBe('Answered with status 500');
    expect(first?.wait).toBeGreaterThan(3);
    await deliver();
    expect(received).toHaveLength(1);
    await makeDue();
    await deliver();
    const [second] = await deliveries();
    expect(second?.wait).toBeGreaterThan(25);
    await makeDue();
    await deliver();
    expect(await deliveries()).toMatchObject([
      { attempts: 3, last_status: 200, last_error: null, is_delivered: true },
    ]);
    expect(received).toHaveLength(3);
    expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    await makeDue();
    await deliver();
    expect(received).toHaveLength(3);
  });

  it.each([301, 400, 404, 429])('is not taken by an answer of %i, which is not followed', async (status) => {
    const elsewhere = await receiver(answerWith(200));
    const { url } = await receiver((response) => {
      response.writeHead(status, { location: elsewhere.url });
      response.end();
    });
    await endpoint(url);
    await shop.insertEvents('ord_1', 'order.created');
    await deliverAll();
    expect(await deliveries()).toMatchObject([
      { last_status: status, is_delivered: false, is_parked: false },
    ]);
    expect(elsewhere.received).toHaveLength(0);
  });

  it('is parked after three days, which is told at error level and without the URL', async () => {
    const { url } = await receiver(answerWith(503));
    const { secret } = await endpoint(`${url}?key=hidden`);
    await shop.insertEvents('ord_1', 'order.created');
    await dispatch();
    let waited = 0;
    for (let tries = 0; tries < 30; tries += 1) {
      await deliver();
      const [delivery] = await deliveries();
      if (delivery?.is_parked) break;
      waited += delivery?.wait;
      await makeDue();
    }
    expect(waited / 3_600).toBeGreaterThan(68);
    expect(waited / 3_600).toBeLessThan(76);
    const lines = shop.logLines.map((line) => JSON.parse(line));
    expect(lines.filter((line) => line.level === 50)).toMatchObject([{ status: 503 }]);
    expect(shop.logLines.join()).not.toMatch(/hidden/);
    expect(shop.logLines.join()).not.toContain(secret);
  });

  it('that is answered with 410 is the last one to that endpoint', async () => {
    const { url, received } = await receiver(answerWith(410));
    const { endpointId } = await endpoint(url);
    await shop.insertEvents('ord_1', 'order.created');
    await deliverAll();
    expect(await deliveries()).toMatchObject([{ is_parked: true, last_status: 410 }]);
    await shop.insertEvents('ord_1', 'order.confirmed');
    await deliverAll();
    expect(received).toHaveLength(1);
    const { data } = await shop.run('query ($id: ID!) { webhookEndpoint(endpointId: $id) { isActive } }', {
      variables: { id: endpointId },
    });
    expect(data.webhookEndpoint.isActive).toBe(false);
  });

  it('waits for an endpoint that is inactive', async () => {
    const { url, received } = await receiver(answerWith(200));
    await endpoint(url);
    await shop.insertEvents('ord_1', 'order.created');
    await dispatch();
    await shop.sql`update webhook_endpoints set is_active = false`;
    await deliver();
    expect(received).toHaveLength(0);
    await shop.sql`update webhook_endpoints set is_active = true`;
    await deliver();
    expect(received).toHaveLength(1);
  });

  it('arrives once more when it is replayed', async () => {
    const { url, received } = await receiver(answerWith(200));
    const { endpointId } = await endpoint(url);
    await shop.insertEvents('ord_1', 'order.created');
    await deliverAll();
    const eventId = received[0]?.headers['webhook-id'];
    await shop.run(
      `mutation ($input: ReplayWebhookDeliveryInput!) {
        replayWebhookDelivery(input: $input) { delivery { status } } }`,
      { variables: { input: { endpointId, eventId } } },
    );
    await deliver();
    expect(received.map(({ headers }) => headers['webhook-id'])).toEqual([eventId, eventId]);
    expect(received[1]?.body).toBe(received[0]?.body);
    expect(await deliveries()).toMatchObject([{ is_delivered: true, attempts: 1 }]);
  });

  it('is taken where the status is told, whatever becomes of the body', async () => {
    const { url } = await receiver((response) => {
      response.writeHead(200);
      response.write('x'.repeat(100_000));
    });
    await endpoint(url);
    await shop.insertEvents('ord_1', 'order.created');
    const startedAt = performance.now();
    await deliverAll();
    expect(performance.now() - startedAt).toBeLessThan(4_000);
    expect(await deliveries()).toMatchObject([{ is_delivered: true }]);
  });

  it('lets go of who drips the body for ever', async () => {
    const impatient = createWebhookSender({ isPublicOnly: false, timeoutMs: 400 });
    let closedAfterMs: number | null = null;
    const { url } = await receiver((response) => {
      const startedAt = performance.now();
      response.writeHead(200);
      const dripping = setInterval(() => response.write('x'), 100);
      response.on('close', () => {
        clearInterval(dripping);
        closedAfterMs = performance.now() - startedAt;
      });
    });
    try {
      const outcome = await impatient.send({ url, headers: {}, body: '' }, never);
      expect(outcome).toEqual({ kind: 'answered', status: 200 });
      await vi.waitFor(() => expect(closedAfterMs).not.toBeNull(), { timeout: 4_000 });
      expect(closedAfterMs).toBeGreaterThan(300);
    } finally {
      await impatient.close();
    }
  });

  it('to nobody is tried again, with a reason that tells no address', async () => {
    const { url, close } = await startReceiver(answerWith(200));
    await close();
    await endpoint(url);
    await shop.insertEvents('ord_1', 'order.created');
    await deliverAll();
    expect(await deliveries()).toMatchObject([{ last_status: null, last_error: 'No answer: ECONNREFUSED' }]);
  });

  it('to an inner address is refused where only public ones will do', async () => {
    const careful = createWebhookSender({ isPublicOnly: true });
    const { url, received } = await receiver(answerWith(200));
    const request = { headers: {}, body: '' };
    expect(await careful.send({ url, ...request }, never)).toEqual({
      kind: 'failed',
      reason: 'The address is not public',
    });
    // A name shows what it stands for only when it is looked up.
    const { port } = new URL(url);
    const outcome = await careful.send({ url: `http://${hostname()}:${port}/`, ...request }, never);
    expect(outcome.kind).toBe('failed');
    expect(received).toHaveLength(0);
    await careful.close();
  });
});

describe('deliveries', () => {
  it('of several instances at once each arrive once', async () => {
    for (let round = 0; round < rounds; round += 1) {
      await shop.reset();
      await shop.insertOrder('ord_1');
      const { url, received } = await receiver((response) => {
        void setTimeout(3 * Math.random()).then(() => answerWith(200)(response));
      });
      await endpoint(url);
      await shop.sql`insert into order_events (event_id, order_id, type, data)
        select 'evt_' || n, 'ord_1', 'refund.succeeded', '{}' from generate_series(1, 60) n`;
      await dispatch();
      await Promise.all([deliver(), deliver(), deliver()]);
      expect(received).toHaveLength(60);
      expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(60);
    }
  });

  it('to a hung endpoint delay nobody else’s, also what comes up meanwhile', async () => {
    const hung = await receiver(() => undefined);
    const slow = await receiver((response) => {
      void setTimeout(800).then(() => answerWith(200)(response));
    });
    const quick = await receiver(answerWith(200));
    for (const { url } of [hung, slow, quick]) await endpoint(url);
    await shop.sql`insert into order_events (event_id, order_id, type, data)
      select 'evt_' || n, 'ord_1', 'refund.succeeded', '{}' from generate_series(1, 30) n`;
    await dispatch();
    const delivering = deliver();
    // Well before the hung ones are given up, which takes 5 s.
    await vi.waitFor(() => expect(quick.received).toHaveLength(30), { timeout: 4_000 });
    expect(hung.received.length).toBeLessThanOrEqual(3);
    await shop.insertEvents('ord_1', 'order.created');
    await dispatch();
    await vi.waitFor(() => expect(quick.received).toHaveLength(31), { timeout: 3_000 });
    await shop.sql`update webhook_endpoints set is_active = false where url = ${hung.url}`;
    await delivering;
    const failed =
      await shop.sql`select d.last_error from webhook_deliveries d join webhook_endpoints e using (endpoint_id)
      where e.url = ${hung.url} and d.attempts > 0`;
    expect(failed.length).toBeGreaterThan(0);
    expect(failed.every((row) => row.last_error === 'No answer within 5000 ms')).toBe(true);
    expect(slow.received.length).toBe(31);
  });

  it('that a crash cut off are sent again once their lease is over, and what it notes late counts for nothing', async () => {
    const { url, received } = await receiver(answerWith(200));
    await endpoint(url);
    await shop.insertEvents('ord_1', 'order.created');
    await dispatch();
    const store = createDeliveryStore(shop.db);
    const [claimed] = await store.claim([]);
    if (!claimed) throw new Error('Nothing was due');
    await deliver();
    expect(received).toHaveLength(0);
    await makeDue();
    await deliver();
    expect(received).toHaveLength(1);
    await store.postpone(claimed, { status: null, reason: 'late', delaySeconds: 1 });
    expect(await deliveries()).toMatchObject([{ is_delivered: true, attempts: 2, last_error: null }]);
  });

  it('end at once where the process ends, and are left to whoever is there next', async () => {
    const hung = await receiver(() => undefined);
    await endpoint(hung.url);
    await shop.insertEvents('ord_1', 'order.created', 'order.confirmed', 'order.shipped', 'order.delivered');
    await dispatch();
    const ending = new AbortController();
    const delivering = deliverWebhooks(deps(), ending.signal);
    await setTimeout(300);
    const endedAt = performance.now();
    ending.abort();
    await delivering;
    expect(performance.now() - endedAt).toBeLessThan(2_000);
    const rows = await deliveries();
    expect(rows.map((row) => row.attempts).sort()).toEqual([0, 1, 1, 1]);
    expect(rows.every((row) => row.last_error === null && !row.is_parked)).toBe(true);
  });
});
