import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { MAX_ENDPOINTS } from '../src/data/webhook-endpoint-store.ts';
import { admin, anonymous, createEventsFixture, customer, type EventsFixture } from './events-fixture.ts';

let shop: EventsFixture;
let publicShop: EventsFixture;
beforeAll(async () => {
  shop = await createEventsFixture();
  publicShop = await createEventsFixture({ isPublicOnly: true });
});
beforeEach(async () => {
  await shop.reset();
});
afterAll(async () => {
  await shop.close();
  await publicShop.close();
});

const endpointFields = 'endpointId url eventTypes description isActive createdAt';
const createDocument = `mutation ($input: CreateWebhookEndpointInput!) {
  createWebhookEndpoint(input: $input) { secret endpoint { ${endpointFields} } } }`;
const updateDocument = `mutation ($input: UpdateWebhookEndpointInput!) {
  updateWebhookEndpoint(input: $input) { endpoint { ${endpointFields} } } }`;
const deleteDocument = `mutation ($input: DeleteWebhookEndpointInput!) {
  deleteWebhookEndpoint(input: $input) { endpointId } }`;
const replayDocument = `mutation ($input: ReplayWebhookDeliveryInput!) {
  replayWebhookDelivery(input: $input) { delivery { eventId status attempts nextAttemptAt event { type } } } }`;
const listDocument = `query ($status: WebhookDeliveryStatus, $first: Int, $after: String) {
  webhookEndpoints {
    ${endpointFields}
    deliveries(status: $status, first: $first, after: $after) {
      nodes { eventId event { position type } status attempts lastStatus lastError nextAttemptAt deliveredAt createdAt }
      pageInfo { hasNextPage endCursor }
      totalCount
    }
  }
}`;

async function send(document: string, variables: Record<string, unknown>, on = shop) {
  const { data, errors } = await on.run(document, { variables });
  expect(errors).toEqual([]);
  return data;
}
const create = async (input: Record<string, unknown> = {}) =>
  (await send(createDocument, { input: { url: 'http://receiver.example/hook', ...input } }))
    .createWebhookEndpoint;
const update = async (input: Record<string, unknown>) =>
  (await send(updateDocument, { input })).updateWebhookEndpoint.endpoint;
const list = async (variables: Record<string, unknown> = {}) =>
  (await send(listDocument, variables)).webhookEndpoints;

async function failure(document: string, input: Record<string, unknown>, on = shop) {
  const { errors } = await on.run(document, { variables: { input } });
  return errors[0]?.extensions;
}

describe('an endpoint', () => {
  it('is made with a secret that is shown once', async () => {
    const { endpoint, secret } = await create({
      eventTypes: ['ORDER_SHIPPED', 'ORDER_SHIPPED'],
      description: ' ERP ',
    });
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(endpoint).toMatchObject({
      url: 'http://receiver.example/hook',
      eventTypes: ['ORDER_SHIPPED'],
      description: 'ERP',
      isActive: true,
    });
    expect((await create()).secret).not.toBe(secret);
    expect(shop.logLines.join()).not.toContain(secret);
  });

  it('wants all types where none are named', async () => {
    expect((await create()).endpoint).toMatchObject({ eventTypes: null, description: null });
    expect(await list()).toMatchObject([{ eventTypes: null }]);
  });

  it('is changed in what is given, and stays as it is in the rest', async () => {
    const { endpoint } = await create({ eventTypes: ['ORDER_SHIPPED'], description: 'ERP' });
    const { endpointId } = endpoint;
    expect(await update({ endpointId })).toEqual(endpoint);
    expect(await update({ endpointId, isActive: false })).toEqual({ ...endpoint, isActive: false });
    expect(
      await update({ endpointId, url: 'https://b.example', eventTypes: ['ORDER_CREATED'] }),
    ).toMatchObject({
      url: 'https://b.example/',
      eventTypes: ['ORDER_CREATED'],
      description: 'ERP',
      isActive: false,
    });
    expect(
      await update({ endpointId, eventTypes: null, description: null, url: null, isActive: null }),
    ).toMatchObject({
      url: 'https://b.example/',
      eventTypes: null,
      description: null,
      isActive: false,
    });
  });

  it('is removed with its deliveries', async () => {
    const { endpointId } = (await create()).endpoint;
    await shop.insertOrder('ord_1');
    await shop.insertEvents('ord_1', 'order.created');
    await shop.run('{ orderEvents { totalCount } }');
    expect((await list())[0].deliveries.totalCount).toBe(1);
    expect(await send(deleteDocument, { input: { endpointId } })).toEqual({
      deleteWebhookEndpoint: { endpointId },
    });
    expect(await list()).toEqual([]);
    expect(await shop.sql`select 1 from webhook_deliveries`).toHaveLength(0);
    expect(await failure(deleteDocument, { endpointId })).toMatchObject({ code: 'RES_001' });
  });

  it('is found by id', async () => {
    const { endpoint } = await create();
    const find = async (id: string) =>
      (await send(`query ($id: ID!) { webhookEndpoint(endpointId: $id) { ${endpointFields} } }`, { id }))
        .webhookEndpoint;
    expect(await find(endpoint.endpointId)).toEqual(endpoint);
    expect(await find('whe_unheard_of')).toBeNull();
    expect(await find('no id at all')).toBeNull();
  });

  it('is refused where there are as many as there may be', async () => {
    for (let n = 0; n < MAX_ENDPOINTS; n += 1) await create();
    const refusal = await failure(createDocument, { url: 'http://receiver.example' });
    expect(refusal).toMatchObject({ code: 'BUS_002' });
    expect(await list()).toHaveLength(MAX_ENDPOINTS);
  });

  it.each([
    ['url', { url: 'ftp://a.example' }],
    ['url', { url: 'no URL' }],
    ['url', { url: '' }],
    ['url', { url: 'javascript:alert(1)' }],
    ['url', { url: 'https://user:password@a.example' }],
    ['url', { url: 'https://user@a.example' }],
    ['url', { url: `https://a.example/${'x'.repeat(2_000)}` }],
    ['url', { url: `https://a.example/${'ü'.repeat(400)}` }],
    ['eventTypes', { url: 'https://a.example', eventTypes: [] }],
    ['description', { url: 'https://a.example', description: 'x'.repeat(501) }],
  ])('is refused for its %s: %j', async (field, input) => {
    expect(await failure(createDocument, input)).toMatchObject({
      code: 'VAL_001',
      httpStatus: 400,
      details: [{ field }],
    });
  });

  it.each([
    'http://a.example',
    'https://localhost/hook',
    'https://127.0.0.1/hook',
    'https://2130706433/hook',
    'https://10.1.2.3',
    'https://169.254.169.254/latest',
    'https://[::1]/',
    'https://[::ffff:10.0.0.1]/',
    'https://[fd00::1]/',
  ])('is refused for %s in production', async (url) => {
    expect(await failure(createDocument, { url }, publicShop)).toMatchObject({
      code: 'VAL_001',
      details: [{ field: 'url' }],
    });
  });

  it('may be any public https address in production', async () => {
    for (const url of [
      'https://a.example/hook?key=1',
      'https://93.184.215.14/',
      'https://[2606:2800:21f::1]/',
    ]) {
      const { createWebhookEndpoint } = await send(createDocument, { input: { url } }, publicShop);
      expect(createWebhookEndpoint.endpoint.url).toBe(url);
    }
  });
});

describe('its deliveries', () => {
  it('are listed newest first, by status and in pages, at one statement for all endpoints', async () => {
    await create();
    await create({ eventTypes: ['ORDER_CREATED'] });
    await shop.insertOrder('ord_1');
    for (const type of ['order.created', 'order.confirmed', 'order.shipped'] as const) {
      await shop.insertEvents('ord_1', type);
      await shop.run('{ orderEvents { totalCount } }');
      await shop.sql`update webhook_deliveries set created_at = created_at - interval '1 minute'`;
    }
    await shop.sql`update webhook_deliveries d set delivered_at = now(), last_status = 204, attempts = 1
      from order_events e where e.event_id = d.event_id and e.type = 'order.created'`;
    await shop.sql`update webhook_deliveries d set parked_at = now(), last_error = 'No answer', attempts = 15
      from order_events e where e.event_id = d.event_id and e.type = 'order.confirmed'`;
    shop.statements.length = 0;
    const [all, one] = await list();
    // The endpoints, the pages and the counts of all.
    expect(shop.statements).toHaveLength(3);
    expect(all.deliveries).toMatchObject({
      totalCount: 3,
      nodes: [
        { event: { type: 'ORDER_SHIPPED', position: 3 }, status: 'PENDING', attempts: 0, lastStatus: null },
        { status: 'PARKED', lastError: 'No answer', attempts: 15, nextAttemptAt: null },
        { status: 'DELIVERED', lastStatus: 204, nextAttemptAt: null, deliveredAt: expect.any(String) },
      ],
    });
    expect(all.deliveries.nodes[0].nextAttemptAt).toEqual(expect.any(String));
    expect(one.deliveries).toMatchObject({ totalCount: 1, nodes: [{ event: { type: 'ORDER_CREATED' } }] });
    const [parked] = await list({ status: 'PARKED' });
    expect(parked.deliveries).toMatchObject({ totalCount: 1, nodes: [{ status: 'PARKED' }] });
    const [first] = await list({ first: 2 });
    expect(first.deliveries.pageInfo.hasNextPage).toBe(true);
    const [next] = await list({ first: 2, after: first.deliveries.pageInfo.endCursor });
    expect(next.deliveries).toMatchObject({
      nodes: [{ status: 'DELIVERED' }],
      pageInfo: { hasNextPage: false },
    });
  });

  it('can be queued again whatever became of them, and also for what was never wanted', async () => {
    const { endpointId } = (await create({ eventTypes: ['ORDER_SHIPPED'] })).endpoint;
    await shop.insertOrder('ord_1');
    await shop.insertEvents('ord_1', 'order.created', 'order.shipped');
    await shop.run('{ orderEvents { totalCount } }');
    const [created, shipped] = (await shop.sql`select event_id from order_events order by position`).map(
      (row) => row.event_id,
    );
    for (const outcome of ['delivered_at', 'parked_at']) {
      await shop.sql`update webhook_deliveries set attempts = 15, ${shop.sql(outcome)} = now(), due_at = now() + interval '1 day'`;
      const { replayWebhookDelivery } = await send(replayDocument, {
        input: { endpointId, eventId: shipped },
      });
      expect(replayWebhookDelivery.delivery).toMatchObject({
        eventId: shipped,
        status: 'PENDING',
        attempts: 0,
      });
      expect(await shop.sql`select 1 from webhook_deliveries where due_at <= now()`).toHaveLength(1);
    }
    const { replayWebhookDelivery } = await send(replayDocument, { input: { endpointId, eventId: created } });
    expect(replayWebhookDelivery.delivery).toMatchObject({
      event: { type: 'ORDER_CREATED' },
      status: 'PENDING',
    });
    expect(await failure(replayDocument, { endpointId, eventId: 'evt_none' })).toMatchObject({
      code: 'RES_001',
    });
    expect(await failure(replayDocument, { endpointId: 'whe_none', eventId: shipped })).toMatchObject({
      code: 'RES_001',
    });
    await update({ endpointId, isActive: false });
    expect(await failure(replayDocument, { endpointId, eventId: shipped })).toMatchObject({
      code: 'BUS_002',
    });
  });
});

describe('administration of webhooks', () => {
  const input = { endpointId: 'whe_1' };
  const operations: [string, string, Record<string, unknown>][] = [
    ['webhookEndpoints', '{ webhookEndpoints { endpointId } }', {}],
    ['webhookEndpoint', '{ webhookEndpoint(endpointId: "whe_1") { endpointId } }', {}],
    ['createWebhookEndpoint', createDocument, { input: { url: 'https://a.example' } }],
    ['updateWebhookEndpoint', updateDocument, { input }],
    ['deleteWebhookEndpoint', deleteDocument, { input }],
    ['replayWebhookDelivery', replayDocument, { input: { ...input, eventId: 'evt_1' } }],
  ];
  it.each(operations)('by %s is for administrators', async (_, document, variables) => {
    const codeFor = async (viewer: typeof admin) =>
      (await shop.run(document, { viewer, variables })).errors[0]?.extensions.code;
    expect(await codeFor(anonymous)).toBe('AUTH_003');
    expect(await codeFor(customer)).toBe('AUTH_004');
    expect([undefined, 'RES_001']).toContain(await codeFor(admin));
  });
});
