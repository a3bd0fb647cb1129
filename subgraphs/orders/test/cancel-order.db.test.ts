import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { Step } from './fake-shop.ts';
import type { PaymentStep } from './faulty-payments.ts';
import { admin, anonymous, createOrdersFixture, customer, type OrdersFixture } from './orders-fixture.ts';
import { shortTiming } from './short-timing.ts';

let shop: OrdersFixture;
beforeAll(async () => {
  shop = await createOrdersFixture();
});
beforeEach(async () => await shop.reset());
afterAll(async () => {
  await shop.close();
});

function cancel(orderId: string, viewer = customer(), reason?: string | null) {
  return shop.run(
    `mutation ($i: CancelOrderInput!) {
      cancelOrder(input: $i) { order { orderId status updatedAt timeline { status note timestamp } } }
    }`,
    { viewer, variables: { i: { orderId, ...(reason === undefined ? {} : { reason }) } } },
  );
}

async function advance(orderId: string, ...statuses: string[]) {
  for (const status of statuses) {
    const tracking = status === 'SHIPPED' ? { carrier: 'UPS', trackingNumber: '1Z' } : null;
    const { errors } = await shop.run(
      'mutation ($i: UpdateOrderStatusInput!) { updateOrderStatus(input: $i) { order { status } } }',
      { viewer: admin, variables: { i: { orderId, status, tracking } } },
    );
    expect(errors).toEqual([]);
  }
}

describe('cancelling', () => {
  it('a confirmed order refunds it and returns the stock', async () => {
    const { orderId } = await shop.placed();
    const { data } = await cancel(orderId, customer(), ' I changed\nmy mind ');
    const { order } = data.cancelOrder;
    expect(order).toMatchObject({ orderId, status: 'CANCELLED' });
    expect(order.timeline.map((entry: { status: string }) => entry.status)).toEqual([
      'PENDING',
      'CONFIRMED',
      'CANCELLED',
    ]);
    expect(order.timeline.at(-1)).toEqual({
      status: 'CANCELLED',
      note: 'I changed my mind',
      timestamp: order.updatedAt,
    });
    expect(await shop.ledger(orderId)).toEqual(['authorise approved', 'capture approved', 'refund approved']);
    expect(shop.shop.onHandOf('prod_001')).toBe(50);
    expect(await shop.checkoutStates()).toEqual(['failed']);
  });

  it('a pending order voids its payment', async () => {
    shop.payments.fault('capture', 'fail');
    const { orderId } = await shop.placed();
    expect((await cancel(orderId)).errors).toEqual([]);
    expect(await shop.ledger(orderId)).toEqual(['authorise approved', 'void approved']);
    expect(shop.shop.onHandOf('prod_001')).toBe(50);
  });

  it('an order in processing is possible', async () => {
    const { orderId } = await shop.placed();
    await advance(orderId, 'PROCESSING');
    expect((await cancel(orderId)).data.cancelOrder.order.status).toBe('CANCELLED');
  });

  it('is possible for an administrator', async () => {
    const { orderId } = await shop.placed();
    expect((await cancel(orderId, admin)).data.cancelOrder.order.status).toBe('CANCELLED');
  });

  it.each([['SHIPPED'], ['SHIPPED', 'DELIVERED'], ['SHIPPED', 'REFUNDED']])(
    'an order that went to %s %s is refused',
    async (...statuses) => {
      const { orderId } = await shop.placed();
      await advance(orderId, ...statuses);
      const { errors } = await cancel(orderId);
      const from = statuses.at(-1)?.toLowerCase();
      expect(errors[0]?.extensions).toMatchObject({
        code: 'BUS_002',
        httpStatus: 400,
        details: { orderId, from, to: 'cancelled' },
      });
    },
  );

  it('twice is refused the second time, and pays back once', async () => {
    const { orderId } = await shop.placed();
    await cancel(orderId);
    expect((await cancel(orderId)).errors[0]?.extensions.code).toBe('BUS_002');
    expect(await shop.ledger(orderId)).toEqual(['authorise approved', 'capture approved', 'refund approved']);
  });

  it('again what was cut short is no fault, and costs it none of its tries', async () => {
    const { orderId } = await shop.placed();
    shop.payments.fault('void', 'fail');
    expect((await cancel(orderId)).data.cancelOrder.order.status).toBe('CANCELLED');
    expect(await shop.openPayments()).toBe(1);
    expect((await cancel(orderId)).data.cancelOrder.order.status).toBe('CANCELLED');
    await shop.otherApp.recoverCheckouts(new AbortController().signal);
    expect(await shop.openPayments()).toBe(1);
    await shop.recover();
    expect(await shop.openPayments()).toBe(0);
    expect(await shop.checkoutStates()).toEqual(['failed']);
    expect(await shop.ledger(orderId)).toEqual(['authorise approved', 'capture approved', 'refund approved']);
  });

  it('that is slow to give everything back does not keep the customer waiting', async () => {
    const slow = await createOrdersFixture({ timing: shortTiming() });
    onTestFinished(async () => await slow.close());
    await slow.reset();
    const { orderId } = await slow.placed();
    slow.shop.fault('release', 'hang');
    const document = 'mutation ($i: CancelOrderInput!) { cancelOrder(input: $i) { order { status } } }';
    const { data } = await slow.run(document, { variables: { i: { orderId } } });
    expect(data.cancelOrder.order.status).toBe('CANCELLED');
    expect(await slow.checkoutStates()).toEqual(['releasing']);
    slow.shop.endHanging();
    await slow.drain();
    await slow.recover();
    expect(await slow.checkoutStates()).toEqual(['failed']);
    expect(slow.shop.onHandOf('prod_001')).toBe(50);
  });

  it.each<[Step | null, PaymentStep | null]>([
    ['release', null],
    [null, 'void'],
    [null, 'refund'],
    ['release', 'refund'],
  ])(
    'stands where not all can be given back at once (%s, %s): the rest follows',
    async (step, paymentStep) => {
      const { orderId } = await shop.placed();
      if (step) shop.shop.fault(step, 'fail');
      if (paymentStep) shop.payments.fault(paymentStep, 'lose');
      expect((await cancel(orderId)).data.cancelOrder.order.status).toBe('CANCELLED');
      expect(['voiding', 'releasing']).toContain((await shop.checkoutStates())[0]);
      await shop.recover();
      // Where both fail, each holds it up once.
      await shop.recover();
      expect(await shop.checkoutStates()).toEqual(['failed']);
      expect(await shop.openPayments()).toBe(0);
      expect(shop.shop.onHandOf('prod_001')).toBe(50);
      expect(await shop.ledger(orderId)).toEqual([
        'authorise approved',
        'capture approved',
        'refund approved',
      ]);
    },
  );

  it('somebody else’s order is like cancelling a missing one', async () => {
    const { orderId } = await shop.placed();
    const foreign = await cancel(orderId, customer('usr_2'));
    const missing = await cancel('ord_missing', customer('usr_2'));
    expect(foreign.errors[0]?.extensions).toEqual({ code: 'RES_001', httpStatus: 404 });
    expect(foreign.errors.map(({ message, extensions }) => ({ message, extensions }))).toEqual(
      missing.errors.map(({ message, extensions }) => ({ message, extensions })),
    );
    expect((await shop.read(orderId)).status).toBe('CONFIRMED');
  });

  it('an order that is still being decided is like cancelling a missing one', async () => {
    shop.shop.fault('reserve', 'hang');
    void shop.order();
    await expect.poll(() => shop.checkoutStates()).toEqual(['started']);
    const [row] = await shop.sql`select order_id from orders`;
    for (const viewer of [customer(), admin]) {
      expect((await cancel(row?.order_id, viewer)).errors[0]?.extensions.code).toBe('RES_001');
    }
    expect(await shop.checkoutStates()).toEqual(['started']);
  });

  it.each(['', 'ord_\u0000', "ord_' or 1=1 --", 'x'.repeat(200)])(
    'an impossible id %j is a missing one',
    async (id) => {
      expect((await cancel(id)).errors[0]?.extensions.code).toBe('RES_001');
    },
  );

  it('takes a reason of at most 500 characters, and none', async () => {
    const { orderId } = await shop.placed();
    const long = await cancel(orderId, customer(), 'r'.repeat(501));
    expect(long.errors[0]?.extensions).toMatchObject({ code: 'VAL_001', details: [{ field: 'reason' }] });
    const { data } = await cancel(orderId, customer(), null);
    expect(data.cancelOrder.order.timeline.at(-1).note).toBeNull();
  });

  it('needs a valid access token', async () => {
    expect((await cancel('ord_1', anonymous)).errors[0]?.extensions.code).toBe('AUTH_003');
  });
});
