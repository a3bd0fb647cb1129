import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createRetentionStore } from '../src/data/retention-store.ts';
import { removeOutdated } from '../src/domain/retention.ts';
import {
  address,
  admin,
  createOrdersFixture,
  customer,
  declined,
  input,
  type OrdersFixture,
} from './orders-fixture.ts';

let shop: OrdersFixture;
beforeAll(async () => {
  shop = await createOrdersFixture();
});
beforeEach(async () => await shop.reset());
afterAll(async () => {
  await shop.close();
});

const key = '7f3f8a52-5a3c-4bd0-9f58-0a1b2c3d4e5f';

describe('an idempotency key', () => {
  it('gives the stored answer again, as it was, and orders once', async () => {
    const first = await shop.order({ key });
    await shop.app.drain();
    const again = await shop.order({ key });
    expect(again.errors).toEqual([]);
    expect(again.data.createOrder).toEqual({ ...first.data.createOrder, replayed: true });
    expect(await shop.checkoutStates()).toEqual(['done']);
    expect(shop.shop.onHandOf('prod_001')).toBe(48);
  });

  it('gives the answer as it was whatever became of the order', async () => {
    const first = await shop.placed(customer(), { key });
    await shop.run('mutation ($i: CancelOrderInput!) { cancelOrder(input: $i) { order { status } } }', {
      variables: { i: { orderId: first.orderId } },
    });
    const { data } = await shop.order({ key });
    expect(data.createOrder).toEqual({ order: first, replayed: true });
  });

  it('also answers while the cart service is away', async () => {
    const first = await shop.placed(customer(), { key });
    shop.shop.fault('read', 'fail');
    expect((await shop.order({ key })).data.createOrder.order).toEqual(first);
  });

  it('is refused with another input', async () => {
    await shop.placed(customer(), { key });
    const other = { ...input, shippingAddress: { ...address, street: '124 Main St' } };
    for (const changed of [other, declined]) {
      const { errors } = await shop.order({ key, input: changed });
      expect(errors[0]?.extensions).toMatchObject({ code: 'VAL_001', httpStatus: 422 });
    }
  });

  it('is the same request where the input means the same', async () => {
    const { orderId } = await shop.placed(customer(), { key });
    const reordered = {
      paymentMethod: { token: 'tok_visa_1234', type: 'credit_card' },
      billingAddress: { ...address, street: ' 123 Main St ' },
      shippingAddress: Object.fromEntries(Object.entries(address).reverse()),
    };
    expect((await shop.order({ key, input: reordered })).data.createOrder).toMatchObject({
      replayed: true,
      order: { orderId },
    });
  });

  it('is each user’s own', async () => {
    await shop.placed(customer(), { key });
    const other = shop.fillCart('usr_2');
    const { data } = await shop.order({ key }, other);
    expect(data.createOrder).toMatchObject({ replayed: false, order: { userId: 'usr_2' } });
  });

  it('may be used again after a failure, also with another input', async () => {
    const refused = await shop.order({ key, input: declined });
    expect(refused.errors[0]?.extensions.code).toBe('BUS_003');
    expect((await shop.order({ key, input: declined })).errors[0]?.extensions.code).toBe('BUS_003');
    expect((await shop.order({ key })).data.createOrder.replayed).toBe(false);
  });

  it('may be used again after a cart that could not be ordered', async () => {
    const shopper = customer('usr_9');
    expect((await shop.order({ key }, shopper)).errors[0]?.extensions.code).toBe('BUS_002');
    shop.fillCart('usr_9');
    expect((await shop.order({ key }, shopper)).data.createOrder.replayed).toBe(false);
  });

  it('may be used again after an outage', async () => {
    shop.payments.fault('authorise', 'unreached');
    expect((await shop.order({ key })).errors[0]?.extensions.code).toBe('SYS_002');
    expect((await shop.order({ key })).data.createOrder.replayed).toBe(false);
  });

  it('tells that the first request is under way', async () => {
    shop.shop.fault('reserve', 'hang');
    void shop.order({ key });
    await expect.poll(() => shop.checkoutStates()).toEqual(['started']);
    const { errors } = await shop.order({ key });
    expect(errors[0]?.extensions).toMatchObject({ code: 'RES_002', httpStatus: 409, retryAfterSeconds: 1 });
    const other = await shop.order({ key, input: declined });
    expect(other.errors[0]?.extensions).toMatchObject({ code: 'VAL_001', httpStatus: 422 });
  });

  it('is free again after a crash, once the order was given up', async () => {
    shop.shop.fault('reserve', 'hang');
    void shop.order({ key });
    await expect.poll(() => shop.checkoutStates()).toEqual(['started']);
    await shop.recover();
    expect((await shop.order({ key })).data.createOrder.replayed).toBe(false);
  });

  it('is forgotten after a day', async () => {
    const first = await shop.placed(customer(), { key });
    const [row] =
      await shop.sql`select extract(epoch from expires_at - created_at) as seconds from idempotency_keys`;
    expect(Number(row?.seconds)).toBe(24 * 3600);
    await shop.sql`update idempotency_keys set created_at = now() - interval '2 days', expires_at = now()`;
    shop.fillCart('usr_1');
    const { data } = await shop.order({ key });
    expect(data.createOrder.replayed).toBe(false);
    expect(data.createOrder.order.orderId).not.toBe(first.orderId);
  });

  it('is removed after a day', async () => {
    await shop.placed(customer(), { key });
    await shop.sql`update idempotency_keys set created_at = now() - interval '2 days', expires_at = now()`;
    await removeOutdated(createRetentionStore(shop.db), new AbortController().signal);
    expect(await shop.sql`select 1 from idempotency_keys`).toHaveLength(0);
  });

  it('answers with the order as it was taken also after a refund', async () => {
    const document = `mutation ($input: CreateOrderInput!, $key: String) {
      createOrder(input: $input, idempotencyKey: $key) {
        order { status refundedAmount { amount } receipt { refunded { amount } net { amount } } }
      } }`;
    const request = { variables: { input, key } };
    const first = await shop.run(document, request);
    await shop.drain();
    const [row] = await shop.sql`select order_id from orders`;
    const refund = { orderId: row?.order_id, amount: '5.00' };
    const { errors } = await shop.run(
      'mutation ($i: RefundOrderInput!) { refundOrder(input: $i) { replayed } }',
      { viewer: admin, variables: { i: refund } },
    );
    expect(errors).toEqual([]);
    expect(await shop.run(document, request)).toEqual(first);
  });

  it('answers a request that found the cart emptied by the first one', async () => {
    let first: unknown;
    shop.shop.onceRead(async () => {
      first = (await shop.order({ key })).data.createOrder.order;
    });
    const second = await shop.order({ key });
    expect(second.data.createOrder).toEqual({ order: first, replayed: true });
  });

  it('makes one order also where the cart changed between two requests', async () => {
    let first: unknown;
    shop.shop.onceRead(async () => {
      shop.shop.putInCart('usr_1', 'prod_002', 1);
      first = (await shop.order({ key })).data.createOrder.order;
    });
    const second = await shop.order({ key });
    expect(second.data.createOrder).toEqual({ order: first, replayed: true });
    expect(await shop.sql`select 1 from orders`).toHaveLength(1);
  });

  it.each([
    ['empty', ''],
    ['too long', 'k'.repeat(256)],
    ['not ASCII', 'schlüssel'],
    ['not printable', 'a\nb'],
    ['a card number', '4111 1111-1111 1111'],
  ])('that is %s is refused', async (_, badKey) => {
    const { errors } = await shop.order({ key: badKey });
    expect(errors[0]?.extensions).toMatchObject({
      code: 'VAL_001',
      httpStatus: 400,
      details: [{ field: 'idempotencyKey' }],
    });
    expect(await shop.checkoutStates()).toEqual([]);
  });

  it('may have 255 characters, blanks included', async () => {
    const long = ` ~${'k'.repeat(253)}`;
    const first = await shop.placed(customer(), { key: long });
    expect((await shop.order({ key: long })).data.createOrder.order).toEqual(first);
  });
});

describe('without a key', () => {
  it('a cart version in the making is not ordered twice', async () => {
    shop.shop.fault('reserve', 'hang');
    void shop.order();
    await expect.poll(() => shop.checkoutStates()).toEqual(['started']);
    for (const again of [{}, { key: 'another' }]) {
      const { errors } = await shop.order(again);
      expect(errors[0]?.extensions).toMatchObject({ code: 'RES_002', httpStatus: 409, retryAfterSeconds: 1 });
    }
    expect(await shop.sql`select 1 from idempotency_keys`).toHaveLength(0);
  });

  it('a cart version that was read before its order was done is not even recorded again', async () => {
    shop.shop.onceRead(async () => void (await shop.placed()));
    const { errors } = await shop.order();
    expect(errors[0]?.extensions).toMatchObject({ code: 'RES_002', httpStatus: 409 });
    expect(await shop.checkoutStates()).toEqual(['done']);
  });

  it('a cart version whose order was cancelled can be ordered again', async () => {
    shop.shop.fault('consume', 'fail', 'fail');
    const { orderId } = await shop.placed();
    await shop.run('mutation ($i: CancelOrderInput!) { cancelOrder(input: $i) { order { status } } }', {
      variables: { i: { orderId } },
    });
    expect((await shop.placed()).orderId).not.toBe(orderId);
  });
});
