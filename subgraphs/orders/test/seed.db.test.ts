import { cents } from '@commerce/kit/money';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { demoOrders } from '../src/demo-orders.ts';
import { seedOrders } from '../src/seed.ts';
import { admin, createOrdersFixture, customer, type OrdersFixture } from './orders-fixture.ts';

let shop: OrdersFixture;
beforeAll(async () => {
  shop = await createOrdersFixture();
});
beforeEach(async () => {
  await shop.reset();
  await seedOrders({ db: shop.db, now });
});
afterAll(async () => {
  await shop.close();
});

const now = new Date('2026-06-01T00:00:00Z');
const owner = customer('usr_demo_customer');

/** As the demonstration provider's own seed does. */
async function payDemoOrder(orderId: string, total: number) {
  const payment = {
    orderId,
    authorisationKey: `${orderId}:auth:1`,
    reference: null,
    amount: cents(total),
    currency: 'USD',
  };
  await shop.payments.payment.authorise({ ...payment, method: { type: 'credit_card', token: 'tok_visa' } });
  await shop.payments.payment.capture({ ...payment, key: `${orderId}:capture:1` });
}

describe('the demonstration orders', () => {
  it('are the customer’s, the last one first', async () => {
    const { data } = await shop.run(
      '{ orders { totalCount nodes { orderId status summary { total { amount } } } } }',
      { viewer: owner },
    );
    expect(data.orders).toEqual({
      totalCount: 3,
      nodes: [
        { orderId: 'ord_demo_shipped', status: 'SHIPPED', summary: { total: { amount: '116.92' } } },
        { orderId: 'ord_demo_cancelled', status: 'CANCELLED', summary: { total: { amount: '160.12' } } },
        { orderId: 'ord_demo_delivered', status: 'DELIVERED', summary: { total: { amount: '1216.36' } } },
      ],
    });
  });

  it('have lines, a timeline, a means of payment and a parcel that can be followed', async () => {
    const order = await shop.read('ord_demo_delivered', owner);
    expect(order).toMatchObject({
      itemCount: 3,
      createdAt: '2026-01-05T15:04:00Z',
      estimatedDelivery: '2026-01-10T15:04:00Z',
      items: [
        { productId: 'prod_010', quantity: 1, subtotal: { amount: '849.00' } },
        { productId: 'prod_020', quantity: 2, price: { amount: '134.00' }, subtotal: { amount: '268.00' } },
      ],
      shippingAddress: { street: '123 Main St', zipCode: '10001' },
      paymentMethod: { type: 'credit_card', brand: 'visa', last4: '4242' },
      tracking: { carrier: 'UPS', url: 'https://www.ups.com/track?tracknum=1Z999AA10123456784' },
    });
    expect(order.timeline.map((entry: { status: string }) => entry.status)).toEqual([
      'PENDING',
      'CONFIRMED',
      'PROCESSING',
      'SHIPPED',
      'DELIVERED',
    ]);
    expect(order.updatedAt).toBe(order.timeline.at(-1).timestamp);
  });

  it.each(demoOrders.map((order) => [order.orderId, order] as const))('add up: %s', (_, order) => {
    const { subtotalCents, taxCents, shippingCents, totalCents } = order;
    expect(subtotalCents).toBe(
      order.lines.reduce((sum, { quantity, priceCents }) => sum + quantity * priceCents, 0),
    );
    expect(taxCents).toBe(Math.floor((subtotalCents * 8) / 100));
    expect(shippingCents).toBe(1_000);
    expect(totalCents).toBe(subtotalCents + taxCents + shippingCents);
    expect(order.timeline.at(-1)?.status).toBe(order.status);
  });

  it('have receipts that add up', async () => {
    const { data } = await shop.run('{ orders { nodes { receipt { tax { exact } total { amount } } } } }', {
      viewer: owner,
    });
    expect(data.orders.nodes.map((node: { receipt: unknown }) => node.receipt)).toEqual([
      { tax: { exact: '7.92' }, total: { amount: '116.92' } },
      { tax: { exact: '11.12' }, total: { amount: '160.12' } },
      { tax: { exact: '89.36' }, total: { amount: '1216.36' } },
    ]);
  });

  it('leave nothing to do', async () => {
    expect((await shop.checkoutStates()).sort()).toEqual(['done', 'done', 'failed']);
    await shop.recover();
    expect(shop.payments.calls).toEqual([]);
  });

  it('can be paid back', async () => {
    await payDemoOrder('ord_demo_shipped', 11_692);
    const { errors } = await shop.run(
      'mutation ($i: UpdateOrderStatusInput!) { updateOrderStatus(input: $i) { order { status } } }',
      {
        viewer: admin,
        variables: { i: { orderId: 'ord_demo_shipped', status: 'REFUNDED' } },
      },
    );
    expect(errors).toEqual([]);
    expect((await shop.ledger('ord_demo_shipped')).at(-1)).toBe('refund approved');
    expect((await shop.read('ord_demo_shipped')).status).toBe('REFUNDED');
  });

  it('do not keep the customer from ordering', async () => {
    expect((await shop.placed(shop.fillCart('usr_demo_customer'))).status).toBe('PENDING');
  });

  it('are added once; a second time costs one statement and changes nothing', async () => {
    const all = () => shop.sql`select order_id, updated_at, status from orders order by 1`;
    await shop.sql`update orders set updated_at = now() where order_id = 'ord_demo_shipped'`;
    const before = await all();
    shop.statements.length = 0;
    await seedOrders({ db: shop.db, now });
    expect(shop.statements).toHaveLength(1);
    expect([...(await all())]).toEqual([...before]);
  });

  it('may be added by several at once', async () => {
    await shop.sql`truncate orders cascade`;
    await Promise.all(Array.from({ length: 5 }, () => seedOrders({ db: shop.db, now })));
    expect(await shop.sql`select 1 from orders`).toHaveLength(3);
    expect(await shop.sql`select 1 from checkouts`).toHaveLength(3);
  });

  it('never lie in the future', async () => {
    await shop.sql`truncate orders cascade`;
    await seedOrders({ db: shop.db, now: new Date('2025-12-01T00:00:00Z') });
    const [row] = await shop.sql`select max(created_at) as latest from order_timeline`;
    expect(row?.latest).toBe('2025-12-01 00:00:00+00');
  });
});
