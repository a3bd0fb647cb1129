import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { admin, createOrdersFixture, declined, type OrdersFixture } from './orders-fixture.ts';

let shop: OrdersFixture;
beforeAll(async () => {
  shop = await createOrdersFixture();
});
beforeEach(async () => await shop.reset());
afterAll(async () => {
  await shop.close();
});

/** Races differ from run to run: RACE_ROUNDS=20 looks harder. */
const ROUNDS = Number(process.env.RACE_ROUNDS ?? 3);
/** Each round on a shop as at first. */
async function rounds(round: (index: number) => Promise<void>) {
  for (let index = 0; index < ROUNDS; index += 1) {
    await shop.reset();
    await round(index);
  }
}

const cancel = 'mutation ($i: CancelOrderInput!) { cancelOrder(input: $i) { order { status } } }';
const update = 'mutation ($i: UpdateOrderStatusInput!) { updateOrderStatus(input: $i) { order { status } } }';
const tracking = { carrier: 'UPS', trackingNumber: '1Z' };

function codesOf(answers: { errors: { extensions: Record<string, unknown> }[] }[]) {
  return answers.flatMap((answer) => answer.errors.map((error) => error.extensions.code));
}

async function expectOneCharge(orderId: string) {
  await shop.app.drain();
  expect(await shop.ledger(orderId)).toEqual(['authorise approved', 'capture approved']);
  expect(await shop.openPayments()).toBe(1);
  expect(shop.shop.onHandOf('prod_001')).toBe(48);
  expect(shop.shop.reservedOf('prod_001')).toBe(0);
}

describe('at the same time', { timeout: 120_000 }, () => {
  it('a hundred requests with one key make one order, and one body or 409', async () => {
    await rounds(async () => {
      const answers = await Promise.all(Array.from({ length: 100 }, () => shop.order({ key: 'one' })));
      const orders = answers.flatMap((answer) => answer.data.createOrder ?? []);
      expect(orders.filter((order) => !order.replayed)).toHaveLength(1);
      expect(new Set(orders.map((order) => JSON.stringify(order.order))).size).toBe(1);
      expect(new Set(codesOf(answers))).toEqual(new Set(orders.length < 100 ? ['RES_002'] : []));
      await expectOneCharge(orders[0].order.orderId);
    });
  });

  it('a hundred tabs without a key make one order; the others are told, and charged nothing', async () => {
    await rounds(async () => {
      const answers = await Promise.all(Array.from({ length: 100 }, () => shop.order()));
      const orders = answers.flatMap((answer) => answer.data.createOrder?.order ?? []);
      expect(orders).toHaveLength(1);
      // A late one finds the cart empty.
      expect([...new Set(codesOf(answers))].filter((code) => code !== 'BUS_002')).toEqual(['RES_002']);
      await expectOneCharge(orders[0].orderId);
    });
  });

  it('requests with one key of which some are declined make at most one order', async () => {
    await rounds(async () => {
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          shop.order(index % 2 ? { key: 'one' } : { key: 'one', input: declined }),
        ),
      );
      await shop.app.drain();
      const placed = answers.filter((answer) => answer.data.createOrder?.replayed === false);
      expect(placed.length).toBeLessThanOrEqual(1);
      expect(await shop.openPayments()).toBe(placed.length);
      expect(shop.shop.onHandOf('prod_001')).toBe(50 - 2 * placed.length);
      expect(
        codesOf(answers).every((code) => ['RES_002', 'VAL_001', 'BUS_002', 'BUS_003'].includes(String(code))),
      ).toBe(true);
    });
  });

  it('forty customers order ten pieces: exactly ten get one', async () => {
    await rounds(async () => {
      const shoppers = Array.from({ length: 40 }, (_, index) =>
        shop.fillCart(`usr_c${index}`, { prod_002: 1 }),
      );
      const answers = await Promise.all(shoppers.map((shopper) => shop.order({}, shopper)));
      await shop.app.drain();
      expect(answers.filter((answer) => answer.data.createOrder)).toHaveLength(10);
      expect(new Set(codesOf(answers))).toEqual(new Set(['BUS_001']));
      expect(shop.shop.onHandOf('prod_002')).toBe(0);
      expect(shop.shop.reservedOf('prod_002')).toBe(0);
      expect(await shop.openPayments()).toBe(10);
    });
  });

  it('ten cancellations give money and stock back once', async () => {
    await rounds(async () => {
      const { orderId } = await shop.placed();
      const answers = await Promise.all(
        Array.from({ length: 10 }, (_, index) =>
          shop.run(cancel, { variables: { i: { orderId } }, instance: index % 2 ? shop.app : shop.otherApp }),
        ),
      );
      expect(answers.filter((answer) => answer.data.cancelOrder).length).toBeGreaterThan(0);
      expect(codesOf(answers).every((code) => code === 'BUS_002')).toBe(true);
      expect(await shop.ledger(orderId)).toEqual([
        'authorise approved',
        'capture approved',
        'refund approved',
      ]);
      expect(shop.shop.onHandOf('prod_001')).toBe(50);
      expect(await shop.checkoutStates()).toEqual(['failed']);
    });
  });

  it('a cancellation and a shipment: one wins, and the money follows', async () => {
    await rounds(async (index) => {
      const { orderId } = await shop.placed();
      const cancelling = () => shop.run(cancel, { variables: { i: { orderId } } });
      const shipping = () =>
        shop.run(update, { viewer: admin, variables: { i: { orderId, status: 'SHIPPED', tracking } } });
      const answers = await Promise.all(index % 2 ? [cancelling(), shipping()] : [shipping(), cancelling()]);
      expect(codesOf(answers)).toEqual(['BUS_002']);
      const { status } = await shop.read(orderId);
      expect(['CANCELLED', 'SHIPPED']).toContain(status);
      expect(await shop.openPayments()).toBe(status === 'SHIPPED' ? 1 : 0);
      expect(shop.shop.onHandOf('prod_001')).toBe(status === 'SHIPPED' ? 48 : 50);
    });
  });

  it('a cancellation and the capture: a cancelled order keeps no money', async () => {
    await rounds(async () => {
      const { data } = await shop.order();
      const { orderId } = data.createOrder.order;
      // The capture is under way.
      const cancelled = await shop.run(cancel, { variables: { i: { orderId } } });
      await shop.app.drain();
      expect(cancelled.errors).toEqual([]);
      expect((await shop.read(orderId)).status).toBe('CANCELLED');
      expect(await shop.openPayments()).toBe(0);
      expect(shop.shop.onHandOf('prod_001')).toBe(50);
      expect(await shop.checkoutStates()).toEqual(['failed']);
    });
  });

  it('two instances that recover the same orders do everything once', async () => {
    await rounds(async () => {
      shop.payments.fault('capture', ...Array.from({ length: 10 }, () => 'fail' as const));
      const shoppers = Array.from({ length: 10 }, (_, index) =>
        shop.fillCart(`usr_c${index}`, { prod_002: 1 }),
      );
      const orders = await Promise.all(shoppers.map((shopper) => shop.placed(shopper)));
      shop.payments.calls.length = 0;
      await shop.sql`update checkouts set due_at = now() - interval '1 second'`;
      const { signal } = new AbortController();
      const instances = [shop.app, shop.otherApp, shop.app, shop.otherApp];
      await Promise.all(instances.map((instance) => instance.recoverCheckouts(signal)));
      expect(await shop.checkoutStates()).toEqual(Array.from({ length: 10 }, () => 'done'));
      // Nobody took up what another one had.
      expect(shop.payments.calls).toEqual(Array.from({ length: 10 }, () => 'capture'));
      for (const { orderId } of orders) {
        expect(await shop.ledger(orderId)).toEqual(['authorise approved', 'capture approved']);
        expect(await shop.events(orderId)).toEqual(['order.created', 'order.confirmed']);
      }
    });
  });

  it('a recovery and a request that is slower than its lease never do a checkout twice', async () => {
    await rounds(async (index) => {
      const places = [
        'before reserve',
        'before authorise',
        'before commit',
        'after commit',
        'before capture',
      ];
      const place = places[index % places.length];
      let recovery: Promise<void> | undefined;
      shop.atFailpoints(async (reached) => {
        if (recovery || reached !== place) return;
        recovery = shop.recover();
        // On its way, or done: both happen.
        if (index % 2) await recovery;
      });
      const answer = await shop.order({ key: 'one' });
      await recovery;
      await shop.drain();
      await shop.recover();
      const [row] = await shop.sql`select order_id from orders`;
      const [state] = await shop.checkoutStates();
      if (answer.data.createOrder) expect(state).toBe('done');
      else expect(codesOf([answer])).toEqual(['SYS_002']);
      if (state === 'done') {
        await expectOneCharge(row?.order_id);
        expect(await shop.events(row?.order_id)).toEqual(['order.created', 'order.confirmed']);
        expect((await shop.order({ key: 'one' })).data.createOrder.order.orderId).toBe(row?.order_id);
      } else {
        expect(state).toBe('failed');
        expect(await shop.openPayments()).toBe(0);
        expect(shop.shop.onHandOf('prod_001')).toBe(50);
        expect(shop.shop.reservedOf('prod_001')).toBe(0);
      }
    });
  });

  it('a cancellation and a recovery: all of it goes back once', async () => {
    await rounds(async (index) => {
      shop.payments.fault('capture', 'lose');
      const { orderId } = await shop.placed();
      const cancelling = () => shop.run(cancel, { variables: { i: { orderId } } });
      const recovering = () => shop.recover();
      await Promise.all(index % 2 ? [cancelling(), recovering()] : [recovering(), cancelling()]);
      await shop.recover();
      expect((await shop.read(orderId)).status).toBe('CANCELLED');
      expect(await shop.checkoutStates()).toEqual(['failed']);
      expect(await shop.ledger(orderId)).toEqual([
        'authorise approved',
        'capture approved',
        'refund approved',
      ]);
      expect(shop.shop.onHandOf('prod_001')).toBe(50);
      const events = await shop.events(orderId);
      expect(events.filter((type) => type !== 'order.confirmed')).toEqual([
        'order.created',
        'order.cancelled',
      ]);
    });
  });
});
