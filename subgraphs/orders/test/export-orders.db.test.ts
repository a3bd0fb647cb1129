import type { Viewer } from '@commerce/kit/viewer';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import {
  address,
  admin,
  createOrdersFixture,
  customer,
  declined,
  type OrdersFixture,
} from './orders-fixture.ts';

let shop: OrdersFixture;
beforeAll(async () => {
  shop = await createOrdersFixture();
});
beforeEach(async () => await shop.reset());
afterAll(async () => await shop.close());

async function ask(args: string, viewer: Viewer = customer()) {
  const { data, errors } = await shop.run(
    `query ($r: [_Any!]!) { _entities(representations: $r) { ... on DataExport {
      orders${args} { subgraph found { what count } data nextCursor } } } }`,
    { viewer, variables: { r: [{ __typename: 'DataExport', userId: 'usr_1' }] } },
  );
  return { entity: data?._entities[0] ?? null, code: errors[0]?.extensions.code };
}

it('holds orders whole, and those that failed', async () => {
  const { orderId } = await shop.placed(customer(), { key: 'a key' });
  await shop.sql`insert into order_mails (order_id, kind, sent_at) values (${orderId}, 'confirmation', now())`;
  await shop.run('mutation ($i: RefundOrderInput!) { refundOrder(input: $i) { replayed } }', {
    viewer: admin,
    variables: { i: { orderId, amount: '5.00', reason: 'a scratch' } },
  });
  await shop.drain();
  shop.fillCart('usr_1');
  await shop.order({ input: declined });
  await shop.drain();
  const { entity } = await ask('');
  const { found, data, nextCursor } = entity.orders;
  expect(found).toEqual([
    { what: 'orders', count: 2 },
    { what: 'items', count: 2 },
    { what: 'refunds', count: 1 },
    { what: 'timeline', count: 4 },
    { what: 'mails', count: 1 },
    { what: 'auditEntries', count: 0 },
  ]);
  expect(nextCursor).toBeNull();
  expect(data.orders).toMatchObject([
    { status: 'cancelled', wasAccepted: false, shippingAddress: address },
    {
      orderId,
      status: 'confirmed',
      wasAccepted: true,
      total: '225.97',
      shippingAddress: address,
      billingAddress: address,
      paymentMethod: { type: 'credit_card', last4: '1234' },
      items: [{ productId: 'prod_001', quantity: 2, price: '99.99', subtotal: '199.98' }],
      timeline: [{ status: 'pending' }, { status: 'confirmed' }],
      refunds: [{ amount: '5.00', reason: 'a scratch' }],
      mails: [{ kind: 'confirmation' }],
      idempotencyKeys: [{ key: 'a key' }],
    },
  ]);
  expect(JSON.stringify(data)).not.toMatch(/tok_|usr_admin|[0-9a-f]{64}/);
});

it('goes on page by page, each order once', async () => {
  const { orderId } = await shop.placed();
  // All of one moment, but the first.
  await shop.sql`
    insert into orders (order_id, user_id, status, subtotal, tax, shipping, total_amount, shipping_address,
      billing_address, payment_method, estimated_delivery, item_count, cart_id, cart_version, created_at)
    select 'ord_copy' || n, user_id, 'cancelled', subtotal, tax, shipping, total_amount, shipping_address,
      billing_address, payment_method, estimated_delivery, item_count, cart_id, cart_version,
      created_at - interval '1 day'
    from orders, generate_series(1, 204) n`;
  const seen: string[] = [];
  const sizes: number[] = [];
  let cursor: string | null = null;
  do {
    const args: string = cursor === null ? '' : `(after: "${cursor}")`;
    const { orders } = (await ask(args)).entity;
    expect(orders.found).toContainEqual({ what: 'orders', count: 205 });
    sizes.push(orders.data.orders.length);
    seen.push(...orders.data.orders.map((order: { orderId: string }) => order.orderId));
    cursor = orders.nextCursor;
  } while (cursor !== null);
  expect(sizes).toEqual([100, 100, 5]);
  expect(seen[0]).toBe(orderId);
  expect(new Set(seen).size).toBe(205);
  expect((await ask('(after: "x")')).code).toBe('VAL_001');
});

it('is nobody else’s, not even an administrator’s', async () => {
  await shop.placed();
  for (const viewer of [customer('usr_2'), admin, { kind: 'service', name: 'users' } as const])
    expect(await ask('', viewer)).toEqual({ entity: null, code: undefined });
});

it('holds what oneself tried of what is for administrators, and nothing of others', async () => {
  const { orderId } = await shop.placed();
  for (const viewer of [customer(), shop.fillCart('usr_2')]) {
    const { errors } = await shop.run(
      'mutation ($i: UpdateOrderStatusInput!) { updateOrderStatus(input: $i) { order { status } } }',
      { viewer, variables: { i: { orderId, status: 'SHIPPED' } } },
    );
    expect(errors[0]?.extensions.code).toBe('AUTH_004');
  }
  const { found, data } = (await ask('')).entity.orders;
  expect(found).toContainEqual({ what: 'auditEntries', count: 1 });
  expect(data.auditEntries).toMatchObject([
    { action: 'updateOrderStatus', target: orderId, outcome: 'AUTH_004', clientAddress: expect.any(String) },
  ]);
});
