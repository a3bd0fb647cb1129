import { newId } from '@commerce/kit/ids';
import type { UserViewer } from '@commerce/kit/viewer';
import { createLogReader, describeAuditLog } from '@commerce/testkit/audit-log-suite';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOrdersFixture, type OrdersFixture } from './orders-fixture.ts';

let fixture: OrdersFixture;
beforeAll(async () => {
  fixture = await createOrdersFixture();
  await fixture.reset();
});
afterAll(async () => await fixture.close());

function user(role: UserViewer['role']): UserViewer {
  const userId = newId('usr');
  return { kind: 'user', userId, email: `${userId}@example.com`, role };
}

const createDocument = `mutation ($input: CreateWebhookEndpointInput!) {
  createWebhookEndpoint(input: $input) { secret endpoint { endpointId } }
}`;

async function createEndpoint(url: string, viewer = user('admin')) {
  const { data, errors } = await fixture.run(createDocument, { viewer, variables: { input: { url } } });
  expect(errors).toEqual([]);
  const { secret, endpoint } = data.createWebhookEndpoint;
  return { secret, endpointId: endpoint.endpointId };
}

describeAuditLog('orderAuditLog', () => ({
  run: async (document, viewer) => await fixture.run(document, { viewer }),
  execute: async (statement) => [...(await fixture.db.execute(sql.raw(statement)))],
  createAdmin: async () => user('admin'),
  createCustomer: async () => user('customer'),
  async createAct() {
    const { endpointId: target } = await createEndpoint('http://127.0.0.1:9/told');
    return {
      field: `updateWebhookEndpoint(input: { endpointId: "${target}", isActive: false }) { endpoint { endpointId } }`,
      action: 'updateWebhookEndpoint',
      target,
      state: async () =>
        await fixture.db.execute(sql`select is_active from webhook_endpoints where endpoint_id = ${target}`),
    };
  },
}));

const read = createLogReader('orderAuditLog', {
  run: async (document, viewer) => await fixture.run(document, { viewer }),
});

async function actsOf(actor: UserViewer) {
  return (await read(user('admin'), `(filter: { actorId: "${actor.userId}" })`)).page.nodes;
}

describe('a webhook', () => {
  it('leaves no secret in the log: neither of its address, nor the key that it is signed with', async () => {
    const actor = user('admin');
    const { secret, endpointId } = await createEndpoint(
      'https://hooks.example.com/T000/canary1?token=canary2#canary3',
      actor,
    );
    const input = { url: 'https://canary4:canary5@hooks.example.com/T000' };
    const { errors } = await fixture.run(createDocument, { viewer: actor, variables: { input } });
    expect(errors).toMatchObject([{ extensions: { code: 'VAL_001' } }]);

    const entries = await actsOf(actor);
    expect(entries).toMatchObject([
      { target: null, outcome: 'VAL_001', arguments: '{"input":{"url":"https://hooks.example.com/…"}}' },
      { target: endpointId, outcome: 'DONE', arguments: '{"input":{"url":"https://hooks.example.com/…"}}' },
    ]);
    const rows = await fixture.db.execute(sql`select l::text, o::text from audit_log l, audit_outcomes o`);
    expect(JSON.stringify(rows)).not.toMatch(/canary/);
    expect(JSON.stringify(rows)).not.toContain(secret);
  });
});

describe('a cancellation', () => {
  const cancel = async (viewer: UserViewer, orderId: string) =>
    await fixture.run(
      'mutation ($input: CancelOrderInput!) { cancelOrder(input: $input) { order { status } } }',
      { viewer, variables: { input: { orderId } } },
    );

  async function placeOrder(customer: UserViewer): Promise<string> {
    fixture.fillCart(customer.userId);
    return (await fixture.placed(customer)).orderId;
  }

  it('is recorded where an administrator does it', async () => {
    const [actor, orderId] = [user('admin'), await placeOrder(user('customer'))];
    expect((await cancel(actor, orderId)).errors).toEqual([]);
    expect(await actsOf(actor)).toMatchObject([{ action: 'cancelOrder', target: orderId, outcome: 'DONE' }]);
  });

  it('is the business of the customers whose order it is, and of those who try', async () => {
    const [owner, other] = [user('customer'), user('customer')];
    const orderId = await placeOrder(owner);
    expect((await cancel(other, orderId)).errors).toMatchObject([{ extensions: { code: 'RES_001' } }]);
    expect((await cancel(owner, orderId)).errors).toEqual([]);
    expect([...(await actsOf(owner)), ...(await actsOf(other))]).toEqual([]);
  });
});

describe('a note with a card number', () => {
  it('is refused, and the number is not in the log', async () => {
    const [actor, orderId] = [user('admin'), newId('ord')];
    const document =
      'mutation ($input: UpdateOrderStatusInput!) { updateOrderStatus(input: $input) { order { orderId } } }';
    const input = { orderId, status: 'PROCESSING', note: 'paid by 4242 4242 4242 4242, expires 12/30' };
    await fixture.run(document, { viewer: actor, variables: { input } });
    expect(await actsOf(actor)).toMatchObject([
      {
        outcome: 'VAL_001',
        target: orderId,
        arguments: `{"input":{"orderId":"${orderId}","status":"PROCESSING","note":"…"}}`,
      },
    ]);
  });
});
