import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createOrdersFixture, type OrdersFixture } from './orders-fixture.ts';
import { shortTiming } from './short-timing.ts';

let shop: OrdersFixture;
beforeAll(async () => {
  shop = await createOrdersFixture({ timing: shortTiming(8) });
});
beforeEach(async () => await shop.reset());
afterAll(async () => {
  await shop.close();
});

/** The first process that comes to the place ends there. */
function crashOnceAt(place: string) {
  let isOver = false;
  shop.atFailpoints((reached) => {
    if (isOver || reached !== place) return;
    isOver = true;
    throw new Error(`Killed (test) ${place}`);
  });
}

const before = [
  'written started',
  'before reserve',
  'after reserve',
  'written authorising',
  'before authorise',
];
const behind = [
  'after authorise',
  'written authorised',
  'before commit',
  'after commit',
  'written committed',
  'before consume',
  'after consume',
  'written capturing',
  'before capture',
  'after capture',
  'written done',
];

async function expectNothing() {
  expect(await shop.openPayments()).toBe(0);
  expect(shop.shop.reservedOf('prod_001')).toBe(0);
  expect(shop.shop.onHandOf('prod_001')).toBe(50);
  expect(shop.shop.linesOf('usr_1')).toEqual({ prod_001: 2 });
  expect(await shop.sql`select 1 from order_events`).toHaveLength(0);
}

async function expectOneOrder() {
  const [row, ...others] = await shop.sql`select order_id from orders where acknowledged_at is not null`;
  expect(others).toEqual([]);
  expect((await shop.read(row?.order_id)).status).toBe('CONFIRMED');
  expect(await shop.ledger(row?.order_id)).toEqual(['authorise approved', 'capture approved']);
  expect(await shop.events(row?.order_id)).toEqual(['order.created', 'order.confirmed']);
  expect(shop.shop.onHandOf('prod_001')).toBe(48);
  expect(shop.shop.linesOf('usr_1')).toEqual({});
  return row?.order_id;
}

describe('after a crash', () => {
  it.each(before)('%s the order is given up, and the same key orders anew', async (place) => {
    crashOnceAt(place);
    expect((await shop.order({ key: 'one' })).data.createOrder).toBeNull();
    await shop.recover();
    expect(await shop.checkoutStates()).toEqual(['failed']);
    await expectNothing();
    expect((await shop.placed(undefined, { key: 'one' })).status).toBe('PENDING');
    await expectOneOrder();
  });

  it.each(behind)('%s the order stands, and the same key gives it', async (place) => {
    crashOnceAt(place);
    await shop.order({ key: 'one' });
    await shop.drain();
    await shop.recover();
    expect(await shop.checkoutStates()).toEqual(['done']);
    const orderId = await expectOneOrder();
    const { data } = await shop.order({ key: 'one' });
    expect(data.createOrder).toMatchObject({ replayed: true, order: { orderId, status: 'PENDING' } });
  });

  const steps = ['find', 'commit', 'consume', 'capture', 'return', 'release'];
  const again = [
    ...steps.flatMap((step) => [`before ${step}`, `after ${step}`]),
    ...['authorised', 'committed', 'capturing', 'done', 'voiding', 'releasing', 'failed'].map(
      (state) => `written ${state}`,
    ),
  ];
  it.each([...before, ...behind])(
    '%s and another one anywhere in the recovery all converges',
    async (place) => {
      for (const second of again) {
        await shop.reset();
        crashOnceAt(place);
        await shop.order({ key: 'one' });
        await shop.drain();
        crashOnceAt(second);
        await shop.recover();
        await shop.recover();
        const isOrdered = behind.includes(place);
        expect([second, ...(await shop.checkoutStates())]).toEqual([second, isOrdered ? 'done' : 'failed']);
        if (isOrdered) await expectOneOrder();
        else await expectNothing();
      }
    },
  );

  it.each([
    'written voiding',
    'before return',
    'after return',
    'written releasing',
    'before release',
    'after release',
    'written failed',
  ])('%s of a cancellation money and stock still go back, once', async (place) => {
    const { orderId } = await shop.placed();
    crashOnceAt(place);
    const { data } = await shop.run(
      'mutation ($i: CancelOrderInput!) { cancelOrder(input: $i) { order { status } } }',
      { variables: { i: { orderId } } },
    );
    expect(data.cancelOrder.order.status).toBe('CANCELLED');
    await shop.recover();
    expect(await shop.checkoutStates()).toEqual(['failed']);
    expect(shop.shop.onHandOf('prod_001')).toBe(50);
    expect(await shop.ledger(orderId)).toEqual(['authorise approved', 'capture approved', 'refund approved']);
    expect(await shop.events(orderId)).toEqual(['order.created', 'order.confirmed', 'order.cancelled']);
  });
});

describe('recovering', () => {
  const recoverDue = () => shop.otherApp.recoverCheckouts(new AbortController().signal);

  it('leaves alone who is at work: for 15 s after each step', async () => {
    crashOnceAt('before capture');
    await shop.placed();
    const [row] =
      await shop.sql`select extract(epoch from due_at - updated_at)::float8 as lease from checkouts`;
    expect(row?.lease).toBeCloseTo(15, 1);
    await recoverDue();
    expect(await shop.checkoutStates()).toEqual(['capturing']);
    await shop.sql`update checkouts set due_at = due_at - interval '15 seconds'`;
    await recoverDue();
    expect(await shop.checkoutStates()).toEqual(['done']);
  });

  it('goes on with the others where one cannot be finished', async () => {
    shop.payments.fault('capture', 'fail', 'fail', 'fail');
    await shop.placed();
    await shop.placed(shop.fillCart('usr_2'));
    await shop.recover();
    expect((await shop.checkoutStates()).sort()).toEqual(['capturing', 'done']);
    expect(shop.logLines.filter((line) => line.includes('A checkout stays unfinished'))).toHaveLength(1);
  });

  it('asks for a payment by its key where nobody knows how it went, and takes it as it is', async () => {
    crashOnceAt('after authorise');
    await shop.order();
    await shop.recover();
    expect(shop.payments.calls).toEqual(['authorise', 'find', 'capture']);
    await expectOneOrder();
  });

  it('gives up a payment that never arrived, so that it cannot arrive later', async () => {
    shop.payments.fault('authorise', 'late');
    crashOnceAt('after authorise');
    await shop.order();
    await shop.recover();
    expect(await shop.checkoutStates()).toEqual(['failed']);
    await shop.payments.deliverLate();
    await expectNothing();
  });

  it('waits while the provider does not know, and leaves nothing behind', async () => {
    crashOnceAt('after authorise');
    await shop.order();
    shop.payments.fault('find', 'fail', 'fail');
    await shop.recover();
    await shop.recover();
    expect(await shop.checkoutStates()).toEqual(['authorising']);
    await shop.recover();
    await expectOneOrder();
  });

  it('gives money back where the stock of a forgotten order is gone', async () => {
    crashOnceAt('before commit');
    await shop.order();
    shop.shop.fault('commit', 'refuse');
    await shop.recover();
    expect(await shop.checkoutStates()).toEqual(['failed']);
    await expectNothing();
  });

  it('does nothing where nothing is to be done', async () => {
    await shop.placed();
    shop.payments.calls.length = 0;
    shop.shop.calls.length = 0;
    await shop.recover();
    expect([...shop.payments.calls, ...shop.shop.calls]).toEqual([]);
  });

  it('takes up nothing more once it is to end', async () => {
    crashOnceAt('before capture');
    await shop.placed();
    await shop.sql`update checkouts set due_at = now() - interval '1 second'`;
    await shop.otherApp.recoverCheckouts(AbortSignal.abort());
    expect(await shop.checkoutStates()).toEqual(['capturing']);
  });
});
