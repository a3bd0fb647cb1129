import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Timing } from '../src/domain/timing.ts';
import { createOrdersFixture, customer, declined, type OrdersFixture } from './orders-fixture.ts';
import { shortTiming } from './short-timing.ts';

/** The 8 s that a client waits at most are 200 ms here. */
const PATIENCE_MS = 200;

let shop: OrdersFixture;
/** Whoever waits goes on waiting for it. */
let patience: Promise<void> = Promise.resolve();
/** What was waited for, in ms. */
const waits: number[] = [];
beforeAll(async () => {
  const timing = shortTiming(8_000 / PATIENCE_MS);
  const wait: Timing['wait'] = async (ms, signal) => {
    waits.push(ms);
    await timing.wait(ms, signal);
    if (!signal?.aborted) await patience;
  };
  shop = await createOrdersFixture({ timing: { ...timing, wait } });
});
beforeEach(async () => {
  goOn();
  await shop.reset();
});
afterAll(async () => {
  goOn();
  await shop.close();
});

const ROUNDS = Number(process.env.RACE_ROUNDS ?? 3);
const cancelDocument = 'mutation ($i: CancelOrderInput!) { cancelOrder(input: $i) { order { status } } }';

let goOn = () => {};
/** The request stops at the place until `goOn`. */
function holdUpAt(place: string) {
  const isOver = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  let isReached = false;
  shop.atFailpoints(async (reached) => {
    if (isReached || reached !== place) return;
    isReached = true;
    await isOver;
  });
}

async function orderedLate(variables: Parameters<OrdersFixture['order']>[0] = {}) {
  const startedAt = performance.now();
  const { data, errors } = await shop.order(variables);
  expect(errors).toEqual([]);
  // A step is not tried again where the next try would be too late.
  expect(performance.now() - startedAt).toBeGreaterThan(PATIENCE_MS / 2);
  expect(data.createOrder).toMatchObject({ replayed: false, order: { status: 'PENDING' } });
  return data.createOrder.order;
}

async function expectConfirmed(orderId: string) {
  const order = await shop.read(orderId, customer());
  expect(order.status).toBe('CONFIRMED');
  expect(order.paymentMethod).toEqual({ type: 'credit_card', brand: 'visa', last4: '1234' });
  expect(order.timeline.map((entry: { status: string }) => entry.status)).toEqual(['PENDING', 'CONFIRMED']);
  expect(await shop.ledger(orderId)).toEqual(['authorise approved', 'capture approved']);
  expect(await shop.events(orderId)).toEqual(['order.created', 'order.confirmed']);
  expect(shop.shop.onHandOf('prod_001')).toBe(48);
  expect(shop.shop.linesOf('usr_1')).toEqual({});
  expect(await shop.checkoutStates()).toEqual(['done']);
}

async function expectCancelled(orderId: string) {
  const order = await shop.read(orderId, customer());
  expect(order.status).toBe('CANCELLED');
  expect(await shop.events(orderId)).toEqual(['order.created', 'order.cancelled']);
  expect(await shop.openPayments()).toBe(0);
  expect(shop.shop.onHandOf('prod_001')).toBe(50);
  expect(shop.shop.reservedOf('prod_001')).toBe(0);
  expect(await shop.checkoutStates()).toEqual(['failed']);
  return order;
}

describe('an order that is not decided within 8 s', () => {
  it.each(['before reserve', 'before authorise', 'after authorise', 'before commit', 'after commit'])(
    'is answered as pending, and confirmed when the request gets on (%s)',
    async (place) => {
      holdUpAt(place);
      const { orderId } = await orderedLate();
      expect((await shop.read(orderId, customer())).status).toBe('PENDING');
      expect(await shop.events(orderId)).toEqual(['order.created']);
      goOn();
      await shop.drain();
      await expectConfirmed(orderId);
    },
  );

  it('is answered under its key as it was, before the card was known', async () => {
    holdUpAt('before authorise');
    const told = await orderedLate({ key: 'one' });
    expect(told.paymentMethod).toEqual({ type: 'credit_card', brand: null, last4: null });
    goOn();
    await shop.drain();
    await expectConfirmed(told.orderId);
    expect((await shop.order({ key: 'one' })).data.createOrder).toEqual({ replayed: true, order: told });
  });

  it('is answered 8 s after it was asked for, however long the cart took', async () => {
    shop.shop.onceRead(
      async () => void (await new Promise((resolve) => setTimeout(resolve, PATIENCE_MS / 2))),
    );
    holdUpAt('before authorise');
    waits.length = 0;
    await orderedLate();
    expect(waits).toHaveLength(1);
    expect(waits[0]).toBeLessThan(4_100);
  });

  it('is confirmed by recovery where the provider’s answers were lost all the time', async () => {
    shop.payments.fault('authorise', ...Array.from({ length: 20 }, () => 'lose' as const));
    const { orderId } = await orderedLate();
    await shop.drain();
    expect(await shop.checkoutStates()).toEqual(['authorising']);
    await shop.recover();
    await expectConfirmed(orderId);
  });

  it('is confirmed by recovery where the catalog was away all the time', async () => {
    shop.shop.fault('commit', ...Array.from({ length: 20 }, () => 'fail' as const));
    const { orderId } = await orderedLate();
    await shop.drain();
    expect(await shop.checkoutStates()).toEqual(['authorised']);
    shop.shop.reset();
    shop.shop.addProduct('prod_001', { name: 'Wireless Headphones', priceCents: 9_999, onHand: 50 });
    shop.shop.reservations.set(orderId, {
      status: 'HELD',
      lines: [{ productId: 'prod_001', quantity: 2 }],
    });
    await shop.recover();
    await expectConfirmed(orderId);
  });

  it('is cancelled by recovery where the payment never arrived, for everybody to see', async () => {
    shop.payments.fault('authorise', ...Array.from({ length: 20 }, () => 'late' as const));
    const { orderId } = await orderedLate();
    await shop.drain();
    await shop.recover();
    await shop.payments.deliverLate();
    const order = await expectCancelled(orderId);
    expect(order.timeline.at(-1)).toMatchObject({ status: 'CANCELLED', note: 'It could not be carried out' });
    expect(shop.shop.linesOf('usr_1')).toEqual({ prod_001: 2 });
  });

  it('is cancelled where the payment is declined later, with the reason', async () => {
    holdUpAt('before authorise');
    const { orderId } = await orderedLate({ input: declined });
    goOn();
    await shop.drain();
    const order = await expectCancelled(orderId);
    expect(order.timeline.at(-1)).toMatchObject({
      status: 'CANCELLED',
      note: 'The payment could not be taken',
    });
  });

  it('is cancelled where the stock is short later', async () => {
    holdUpAt('before reserve');
    const { orderId } = await orderedLate();
    shop.shop.addProduct('prod_001', { name: 'Wireless Headphones', priceCents: 9_999, onHand: 1 });
    goOn();
    await shop.drain();
    expect((await shop.read(orderId, customer())).timeline.at(-1)).toMatchObject({
      note: 'Not enough was left in stock',
    });
    expect(await shop.events(orderId)).toEqual(['order.created', 'order.cancelled']);
    expect(shop.payments.calls).toEqual([]);
  });

  it.each(['before reserve', 'before authorise', 'after authorise', 'before commit', 'after commit'])(
    'may be cancelled by its customer meanwhile (%s): what is still under way changes nothing',
    async (place) => {
      holdUpAt(place);
      const { orderId } = await orderedLate();
      const { data, errors } = await shop.run(cancelDocument, { variables: { i: { orderId } } });
      expect(errors).toEqual([]);
      expect(data.cancelOrder.order.status).toBe('CANCELLED');
      await expectCancelled(orderId);
      goOn();
      await shop.drain();
      await shop.recover();
      await expectCancelled(orderId);
    },
  );

  it('is taken over where its process ended, before and after it was answered', async () => {
    holdUpAt('before commit');
    const { orderId } = await orderedLate();
    await shop.recover();
    await expectConfirmed(orderId);
    goOn();
    await shop.drain();
    await expectConfirmed(orderId);
  });

  it('is what its key stands for from then on', async () => {
    holdUpAt('before authorise');
    const key = 'one';
    const order = await orderedLate({ key });
    expect((await shop.order({ key })).data.createOrder).toEqual({ order, replayed: true });
    goOn();
    await shop.drain();
    const { data } = await shop.order({ key });
    expect(data.createOrder).toMatchObject({
      replayed: true,
      order: {
        orderId: order.orderId,
        status: 'PENDING',
        updatedAt: order.updatedAt,
        timeline: order.timeline,
      },
    });
  });

  it('keeps its cart from being ordered again', async () => {
    holdUpAt('before authorise');
    await orderedLate();
    expect((await shop.order()).errors[0]?.extensions).toMatchObject({ code: 'RES_002', httpStatus: 409 });
  });

  it('is hidden until then, and its key is in flight', async () => {
    holdUpAt('before authorise');
    let loseIt = () => {};
    patience = new Promise((resolve) => {
      loseIt = resolve;
    });
    const answer = shop.order({ key: 'one' });
    await expect.poll(() => shop.checkoutStates(), { interval: 5 }).toEqual(['authorising']);
    const [row] = await shop.sql`select order_id from orders`;
    expect(await shop.read(row?.order_id)).toBeNull();
    expect((await shop.order({ key: 'one' })).errors[0]?.extensions.code).toBe('RES_002');
    expect(await shop.events(row?.order_id)).toEqual([]);
    loseIt();
    expect((await answer).errors).toEqual([]);
  });
});

describe('a decision at the very moment at which patience ends', { timeout: 120_000 }, () => {
  const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

  it.each(['before authorise', 'before commit', 'after commit'])('%s is told as it is', async (place) => {
    for (let round = 0; round < ROUNDS; round += 1) {
      await shop.reset();
      holdUpAt(place);
      const answer = shop.order();
      await wait(PATIENCE_MS - 10 + Math.random() * 20);
      goOn();
      const { data, errors } = await answer;
      expect(errors).toEqual([]);
      await shop.drain();
      await expectConfirmed(data.createOrder.order.orderId);
    }
  });

  it('that is a no is either told, or shows as a cancelled order', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      await shop.reset();
      holdUpAt('before authorise');
      const answer = shop.order({ input: declined });
      await wait(PATIENCE_MS - 10 + Math.random() * 20);
      goOn();
      const { data, errors } = await answer;
      await shop.drain();
      const [row] = await shop.sql`select order_id from orders`;
      if (data.createOrder) {
        await expectCancelled(row?.order_id);
      } else {
        expect(errors[0]?.extensions.code).toBe('BUS_003');
        expect(await shop.read(row?.order_id)).toBeNull();
        expect(await shop.events(row?.order_id)).toEqual([]);
      }
    }
  });

  it('and a failure of the steps at that moment leave an order or an error, never both', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      await shop.reset();
      // Tried again until just about the 8 s are over.
      shop.payments.fault('authorise', ...Array.from({ length: 20 }, () => 'lose' as const));
      const { data, errors } = await shop.order();
      expect(errors).toEqual([]);
      await shop.drain();
      await shop.recover();
      await expectConfirmed(data.createOrder.order.orderId);
    }
  });
});
