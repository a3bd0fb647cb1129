import { cents } from '@commerce/kit/money';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import {
  address,
  admin,
  anonymous,
  createOrdersFixture,
  customer,
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

describe('an order', () => {
  it('has the document’s figures and is pending when it is answered', async () => {
    const { data, errors } = await shop.order();
    expect(errors).toEqual([]);
    const { order, replayed } = data.createOrder;
    expect(replayed).toBe(false);
    expect(order).toMatchObject({
      orderId: expect.stringMatching(/^ord_\w{22}$/),
      userId: 'usr_1',
      status: 'PENDING',
      itemCount: 2,
      items: [
        {
          itemId: expect.stringMatching(/^item_\w{22}$/),
          productId: 'prod_001',
          name: 'Wireless Headphones',
          quantity: 2,
          price: { amount: '99.99' },
          subtotal: { amount: '199.98', cents: 19_998, currencyCode: 'USD' },
        },
      ],
      summary: {
        subtotal: { amount: '199.98' },
        tax: { amount: '15.99' },
        shipping: { amount: '10.00' },
        total: { amount: '225.97' },
      },
      shippingAddress: address,
      billingAddress: address,
      paymentMethod: { type: 'credit_card', brand: 'visa', last4: '1234' },
      tracking: null,
    });
    expect(order.timeline).toEqual([{ status: 'PENDING', timestamp: order.createdAt, note: null }]);
    expect(Date.parse(order.estimatedDelivery) - Date.parse(order.createdAt)).toBe(5 * 24 * 3600 * 1000);
  });

  it('is confirmed by the capture, with both statuses in its timeline', async () => {
    const { orderId } = await shop.placed();
    const order = await shop.read(orderId);
    expect(order.status).toBe('CONFIRMED');
    expect(order.timeline.map((entry: { status: string }) => entry.status)).toEqual(['PENDING', 'CONFIRMED']);
    expect(await shop.ledger(orderId)).toEqual(['authorise approved', 'capture approved']);
    expect(await shop.checkoutStates()).toEqual(['done']);
  });

  it('takes the stock and empties the cart before it is answered', async () => {
    await shop.order();
    expect(shop.shop.onHandOf('prod_001')).toBe(48);
    expect(shop.shop.reservedOf('prod_001')).toBe(0);
    expect(shop.shop.linesOf('usr_1')).toEqual({});
  });

  it('charges exactly its total', async () => {
    const { orderId } = await shop.placed();
    expect(shop.entries(orderId).map(({ kind, amount }) => [kind, amount])).toEqual([
      ['authorise', 22_597],
      ['capture', 22_597],
    ]);
  });

  it('keeps a billing address of its own', async () => {
    const billingAddress = { ...address, street: '1 Side St', state: '' };
    const order = await shop.placed(customer(), { input: { ...input, billingAddress } });
    expect(order.billingAddress).toEqual(billingAddress);
    expect(order.shippingAddress).toEqual(address);
  });

  it('keeps the lines in the order of the cart', async () => {
    shop.shop.putInCart('usr_1', 'prod_002', 3);
    const order = await shop.placed();
    expect(order.items.map((item: { productId: string }) => item.productId)).toEqual([
      'prod_001',
      'prod_002',
    ]);
    expect(order.itemCount).toBe(5);
    expect((await shop.read(order.orderId)).items).toEqual(order.items);
  });

  it('stays as it was when a product changes later', async () => {
    const order = await shop.placed();
    shop.shop.addProduct('prod_001', { name: 'Other', priceCents: 1, onHand: 0 });
    expect((await shop.read(order.orderId)).items).toEqual(order.items);
  });

  it('can follow on another one of the same user', async () => {
    const first = await shop.placed();
    shop.shop.putInCart('usr_1', 'prod_001', 1);
    const second = await shop.placed();
    expect(second.orderId).not.toBe(first.orderId);
  });

  it('is made for an administrator from the administrator’s own cart', async () => {
    shop.shop.putInCart('usr_admin', 'prod_002', 1);
    expect((await shop.placed(admin)).userId).toBe('usr_admin');
  });

  it('is written by six statements, without a transaction', async () => {
    await shop.placed();
    const writes = shop.statements.filter((text) => /^\s*(with|insert|update|delete)/.test(text));
    // Recorded, authorising, authorised, committed, capturing, confirmed.
    expect(writes).toHaveLength(6);
    // The lines, for the answer.
    expect(shop.statements).toHaveLength(writes.length + 1);
    expect(shop.statements.some((text) => /^\s*(begin|savepoint)/i.test(text))).toBe(false);
  });

  it('needs a valid access token', async () => {
    const missing = await shop.run(
      'mutation ($i: CreateOrderInput!) { createOrder(input: $i) { replayed } }',
      {
        viewer: anonymous,
        variables: { i: input },
      },
    );
    expect(missing.errors[0]?.extensions).toMatchObject({ code: 'AUTH_003', httpStatus: 401 });
    const expired = await shop.order({}, { kind: 'anonymous', reason: 'expired' });
    expect(expired.errors[0]?.extensions.code).toBe('AUTH_002');
    const service = await shop.order({}, { kind: 'service', name: 'cart' });
    expect(service.errors[0]?.extensions.code).toBe('AUTH_003');
    expect(await shop.checkoutStates()).toEqual([]);
  });
});

describe('a cart that cannot be ordered', () => {
  async function refused() {
    const before = shop.shop.linesOf('usr_1');
    const { data, errors } = await shop.order();
    expect(data.createOrder).toBeNull();
    expect(shop.shop.linesOf('usr_1')).toEqual(before);
    expect(shop.shop.reservedOf('prod_001')).toBe(0);
    expect(await shop.openPayments()).toBe(0);
    expect(await shop.checkoutStates()).toEqual([]);
    return errors[0]?.extensions;
  }

  it('is refused where it is empty', async () => {
    const { errors } = await shop.order({}, customer('usr_empty'));
    expect(errors[0]?.extensions).toMatchObject({ code: 'BUS_002', httpStatus: 400 });
  });

  it('is refused where a product is no longer sold, and says which', async () => {
    shop.shop.addProduct('prod_001', { name: 'Gone', priceCents: 9_999, onHand: 5, isActive: false });
    expect(await refused()).toMatchObject({ code: 'BUS_002', details: [{ productId: 'prod_001' }] });
  });

  it('is refused where a product no longer exists', async () => {
    shop.shop.products.delete('prod_001');
    expect(await refused()).toMatchObject({ code: 'BUS_002', details: [{ productId: 'prod_001' }] });
  });

  it('is refused where a price differs from the one last shown, up or down', async () => {
    shop.shop.addProduct('prod_001', { name: 'H', priceCents: 10_000, shownCents: 9_999, onHand: 5 });
    const details = [{ productId: 'prod_001', shown: 99.99, current: 100 }];
    expect(await refused()).toMatchObject({ code: 'BUS_002', details });
    shop.shop.addProduct('prod_001', { name: 'H', priceCents: 9_000, shownCents: 9_999, onHand: 5 });
    expect(await refused()).toMatchObject({ code: 'BUS_002' });
  });

  it('is refused where the stock is short', async () => {
    shop.shop.addProduct('prod_001', { name: 'H', priceCents: 9_999, onHand: 1 });
    const details = { productId: 'prod_001', requested: 2, available: 1 };
    expect(await refused()).toMatchObject({ code: 'BUS_001', httpStatus: 400, details });
  });

  it('is refused where the cart service cannot add up', async () => {
    const read = shop.shop.cart.readCheckoutCart;
    shop.shop.cart.readCheckoutCart = async (...args) => ({ ...(await read(...args)), total: cents(1) });
    onTestFinished(() => {
      shop.shop.cart.readCheckoutCart = read;
    });
    expect(await refused()).toMatchObject({ code: 'SYS_001', httpStatus: 500 });
  });

  it('is refused while the cart service is away', async () => {
    shop.shop.fault('read', 'fail');
    expect(await refused()).toMatchObject({ code: 'SYS_002', httpStatus: 503 });
  });
});
