import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { admin, anonymous, createOrdersFixture, customer, type OrdersFixture } from './orders-fixture.ts';

let shop: OrdersFixture;
beforeAll(async () => {
  shop = await createOrdersFixture();
});
beforeEach(async () => await shop.reset());
afterAll(async () => {
  await shop.close();
});

const tracking = { carrier: 'UPS', trackingNumber: '1Z999AA10123456784' };

function update(orderId: string, change: object, viewer = admin) {
  return shop.run(
    `mutation ($i: UpdateOrderStatusInput!) { updateOrderStatus(input: $i) { order {
      status tracking { carrier trackingNumber url } timeline { status note }
    } } }`,
    { viewer, variables: { i: { orderId, ...change } } },
  );
}

/** Moves a new order to a status on the shortest legal way. */
async function orderAt(status: string): Promise<string> {
  if (status === 'PENDING') shop.payments.fault('capture', 'fail');
  const { orderId } = await shop.placed();
  const ways: Record<string, object[]> = {
    PROCESSING: [{ status: 'PROCESSING' }],
    SHIPPED: [{ status: 'SHIPPED', tracking }],
    DELIVERED: [{ status: 'SHIPPED', tracking }, { status: 'DELIVERED' }],
    CANCELLED: [{ status: 'CANCELLED' }],
    REFUNDED: [{ status: 'SHIPPED', tracking }, { status: 'REFUNDED' }],
  };
  for (const change of ways[status] ?? []) expect((await update(orderId, change)).errors).toEqual([]);
  return orderId;
}

const statuses = ['PENDING', 'CONFIRMED', 'PROCESSING', 'SHIPPED', 'DELIVERED', 'CANCELLED', 'REFUNDED'];
const legal: Record<string, string[]> = {
  PENDING: ['CANCELLED'],
  CONFIRMED: ['PROCESSING', 'SHIPPED', 'CANCELLED'],
  PROCESSING: ['SHIPPED', 'CANCELLED'],
  SHIPPED: ['DELIVERED', 'REFUNDED'],
  DELIVERED: ['REFUNDED'],
  CANCELLED: [],
  REFUNDED: [],
};

describe('a transition', () => {
  it.each(statuses.flatMap((from) => statuses.map((to) => [from, to] as const)))(
    '%s to %s',
    async (from, to) => {
      const orderId = await orderAt(from);
      const { data, errors } = await update(orderId, {
        status: to,
        ...(to === 'SHIPPED' ? { tracking } : {}),
      });
      if (legal[from]?.includes(to)) {
        expect(data.updateOrderStatus.order.status).toBe(to);
      } else {
        const details = { orderId, from: from.toLowerCase(), to: to.toLowerCase() };
        expect(errors[0]?.extensions).toMatchObject({ code: 'BUS_002', httpStatus: 400, details });
        expect((await shop.read(orderId)).status).toBe(from);
      }
    },
  );
});

describe('updating a status', () => {
  it('notes what happened in the timeline', async () => {
    const { orderId } = await shop.placed();
    await update(orderId, { status: 'PROCESSING', note: 'Packed by Ann' });
    const { data } = await update(orderId, { status: 'SHIPPED', tracking });
    expect(data.updateOrderStatus.order.timeline).toEqual([
      { status: 'PENDING', note: null },
      { status: 'CONFIRMED', note: null },
      { status: 'PROCESSING', note: 'Packed by Ann' },
      { status: 'SHIPPED', note: null },
    ]);
  });

  it('shows each answer of one request as of its own time', async () => {
    const { orderId } = await shop.placed();
    const { data } = await shop.run(
      `mutation ($a: UpdateOrderStatusInput!, $b: UpdateOrderStatusInput!) {
        a: updateOrderStatus(input: $a) { order { status timeline { status } } }
        b: updateOrderStatus(input: $b) { order { status timeline { status } } }
      }`,
      {
        viewer: admin,
        variables: { a: { orderId, status: 'PROCESSING' }, b: { orderId, status: 'SHIPPED', tracking } },
      },
    );
    expect(data.a.order.timeline).toHaveLength(3);
    expect(data.b.order.timeline).toHaveLength(4);
  });

  it('to shipped makes the carrier’s page', async () => {
    const orderId = await orderAt('SHIPPED');
    expect((await shop.read(orderId)).tracking).toEqual({
      ...tracking,
      url: 'https://www.ups.com/track?tracknum=1Z999AA10123456784',
    });
  });

  it('to shipped wants tracking', async () => {
    const { orderId } = await shop.placed();
    const { errors } = await update(orderId, { status: 'SHIPPED' });
    expect(errors[0]?.extensions).toMatchObject({
      code: 'VAL_002',
      httpStatus: 400,
      details: [{ field: 'tracking', message: 'is required' }],
    });
  });

  it('to anything else takes no tracking', async () => {
    const { orderId } = await shop.placed();
    const { errors } = await update(orderId, { status: 'PROCESSING', tracking });
    expect(errors[0]?.extensions).toMatchObject({ code: 'VAL_001', details: [{ field: 'tracking' }] });
  });

  it.each([
    [{ carrier: '', trackingNumber: '1' }, 'tracking.carrier'],
    [{ carrier: 'UPS', trackingNumber: ' ' }, 'tracking.trackingNumber'],
    [{ carrier: 'UPS', trackingNumber: 'x'.repeat(101) }, 'tracking.trackingNumber'],
    [{ carrier: 'UPS', trackingNumber: '1', url: 'javascript:alert(1)' }, 'tracking.url'],
  ])('refuses the tracking %j', async (bad, field) => {
    const { orderId } = await shop.placed();
    const { errors } = await update(orderId, { status: 'SHIPPED', tracking: bad });
    expect(errors[0]?.extensions).toMatchObject({ code: 'VAL_001', details: [{ field }] });
  });

  it('to refunded pays back once, and returns no stock', async () => {
    const orderId = await orderAt('REFUNDED');
    expect(await shop.ledger(orderId)).toEqual(['authorise approved', 'capture approved', 'refund approved']);
    expect(shop.shop.onHandOf('prod_001')).toBe(48);
    expect(await shop.checkoutStates()).toEqual(['done']);
  });

  it('to refunded notes why in the timeline', async () => {
    const orderId = await orderAt('SHIPPED');
    const { data } = await update(orderId, { status: 'REFUNDED', note: 'Broken on arrival' });
    expect(data.updateOrderStatus.order.timeline.at(-1)).toEqual({
      status: 'REFUNDED',
      note: 'Broken on arrival',
    });
  });

  it('to refunded shows only once the money is back', async () => {
    const orderId = await orderAt('SHIPPED');
    shop.payments.fault('refund', 'fail');
    const { data, errors } = await update(orderId, { status: 'REFUNDED' });
    expect(errors).toEqual([]);
    expect(data.updateOrderStatus.order.status).toBe('SHIPPED');
    // A second time there is nothing left to refund.
    expect((await update(orderId, { status: 'REFUNDED' })).errors[0]?.extensions.code).toBe('BUS_002');
    await shop.recover();
    expect((await shop.read(orderId)).status).toBe('REFUNDED');
    expect(await shop.ledger(orderId)).toEqual(['authorise approved', 'capture approved', 'refund approved']);
  });

  it('to cancelled gives back money and stock', async () => {
    const orderId = await orderAt('CANCELLED');
    expect(await shop.ledger(orderId)).toEqual(['authorise approved', 'capture approved', 'refund approved']);
    expect(shop.shop.onHandOf('prod_001')).toBe(50);
  });

  it('of a missing order is RES_001', async () => {
    for (const orderId of ['ord_missing', 'ord_\u0000']) {
      const { errors } = await update(orderId, { status: 'PROCESSING' });
      expect(errors[0]?.extensions).toMatchObject({ code: 'RES_001', httpStatus: 404 });
    }
  });

  it('is for administrators', async () => {
    const { orderId } = await shop.placed();
    expect((await update(orderId, { status: 'PROCESSING' }, customer())).errors[0]?.extensions).toEqual({
      code: 'AUTH_004',
      httpStatus: 403,
    });
    expect((await update(orderId, { status: 'PROCESSING' }, anonymous)).errors[0]?.extensions.code).toBe(
      'AUTH_003',
    );
    expect((await shop.read(orderId)).status).toBe('CONFIRMED');
  });
});
