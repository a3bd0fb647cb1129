import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Step } from './fake-shop.ts';
import { admin, createOrdersFixture, type OrdersFixture } from './orders-fixture.ts';

let shop: OrdersFixture;
beforeAll(async () => {
  shop = await createOrdersFixture();
});
beforeEach(async () => await shop.reset());
afterAll(async () => {
  await shop.close();
});

const limits = { undecidedSeconds: 60, quietSeconds: 0 };
const resume = () => shop.otherApp.resume(limits);
const grow = (seconds: number) =>
  shop.sql`update orders set updated_at = updated_at - ${seconds} * interval '1 second'`;

/** A process that dies while it waits for this step. */
async function crashAt(step: Step, states: string[]) {
  shop.shop.fault(step, 'hang');
  void shop.order();
  await expect.poll(() => shop.shop.calls.includes(step)).toBe(true);
  expect(await shop.checkoutStates()).toEqual(states);
}

describe('after a crash', () => {
  it.each<Step>(['reserve', 'commit'])('at %s the order is given up after 60 s', async (step) => {
    await crashAt(step, ['placing']);
    await grow(59);
    await resume();
    expect(await shop.checkoutStates()).toEqual(['placing']);
    await grow(2);
    await resume();
    expect(await shop.checkoutStates()).toEqual(['failed']);
    expect(await shop.openPayments()).toBe(0);
    expect(shop.shop.reservedOf('prod_001')).toBe(0);
    expect(shop.shop.onHandOf('prod_001')).toBe(50);
    expect(shop.shop.linesOf('usr_1')).toEqual({ prod_001: 2 });
    expect((await shop.placed()).status).toBe('PENDING');
  });

  it('between decision and capture the order is confirmed, and the cart emptied', async () => {
    await crashAt('consume', ['taken']);
    await resume();
    expect(await shop.checkoutStates()).toEqual(['settled']);
    const [row] = await shop.sql`select order_id from orders`;
    expect((await shop.read(row?.order_id)).status).toBe('CONFIRMED');
    expect(shop.shop.linesOf('usr_1')).toEqual({});
  });

  it('in a cancellation money and stock still go back', async () => {
    const { orderId } = await shop.placed();
    shop.payments.fault('refund', 'lose');
    shop.shop.fault('release', 'fail');
    const { data } = await shop.run(
      'mutation ($i: CancelOrderInput!) { cancelOrder(input: $i) { order { status } } }',
      { variables: { i: { orderId } } },
    );
    expect(data.cancelOrder.order.status).toBe('CANCELLED');
    expect(await shop.checkoutStates()).toEqual(['cancelling']);
    await resume();
    expect(await shop.checkoutStates()).toEqual(['closed']);
    expect(shop.shop.onHandOf('prod_001')).toBe(50);
    expect(await shop.ledger(orderId)).toEqual(['authorise approved', 'capture approved', 'refund approved']);
  });

  it('in a refund the money still goes back', async () => {
    const { orderId } = await shop.placed();
    const update = (i: object) =>
      shop.run(
        'mutation ($i: UpdateOrderStatusInput!) { updateOrderStatus(input: $i) { order { status } } }',
        {
          viewer: admin,
          variables: { i: { orderId, ...i } },
        },
      );
    await update({ status: 'SHIPPED', tracking: { carrier: 'UPS', trackingNumber: '1Z' } });
    shop.payments.fault('refund', 'fail');
    expect((await update({ status: 'REFUNDED' })).data.updateOrderStatus.order.status).toBe('REFUNDED');
    expect(await shop.checkoutStates()).toEqual(['refunding']);
    expect(await shop.openPayments()).toBe(1);
    await resume();
    expect(await shop.checkoutStates()).toEqual(['closed']);
    expect(await shop.openPayments()).toBe(0);
    // What was shipped does not come back by itself.
    expect(shop.shop.onHandOf('prod_001')).toBe(48);
  });
});

describe('resuming', () => {
  it('leaves alone who is at work', async () => {
    shop.payments.fault('capture', 'fail');
    await shop.placed();
    await shop.otherApp.resume({ undecidedSeconds: 60, quietSeconds: 10 });
    expect(await shop.checkoutStates()).toEqual(['taken']);
    await grow(11);
    await shop.otherApp.resume({ undecidedSeconds: 60, quietSeconds: 10 });
    expect(await shop.checkoutStates()).toEqual(['settled']);
  });

  it('goes on with the others where one cannot be finished', async () => {
    shop.payments.fault('capture', 'fail', 'fail');
    await shop.placed();
    await shop.placed(shop.fillCart('usr_2'));
    shop.shop.fault('consume', 'fail');
    shop.payments.fault('capture', 'fail');
    await resume();
    expect((await shop.checkoutStates()).sort()).toEqual(['settled', 'taken']);
  });

  it('does nothing where nothing is to be done', async () => {
    await shop.placed();
    shop.payments.calls.length = 0;
    shop.shop.calls.length = 0;
    await resume();
    expect([...shop.payments.calls, ...shop.shop.calls]).toEqual([]);
  });
});
