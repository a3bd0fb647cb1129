import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { admin, createOrdersFixture, customer, declined, type OrdersFixture } from './orders-fixture.ts';

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

  it('fifty tabs without a key make one order; the others are told, and charged nothing', async () => {
    await rounds(async () => {
      const answers = await Promise.all(Array.from({ length: 50 }, () => shop.order()));
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
      expect(await shop.checkoutStates()).toEqual(['closed']);
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
      expect(await shop.checkoutStates()).toEqual(['closed']);
    });
  });

  it('two instances that resume the same orders do everything once', async () => {
    await rounds(async () => {
      shop.payments.fault('capture', ...Array.from({ length: 10 }, () => 'fail' as const));
      const shoppers = Array.from({ length: 10 }, (_, index) =>
        shop.fillCart(`usr_c${index}`, { prod_002: 1 }),
      );
      const orders = await Promise.all(shoppers.map((shopper) => shop.placed(shopper)));
      const limits = { undecidedSeconds: 60, quietSeconds: 0 };
      await Promise.all([shop.app.resume(limits), shop.otherApp.resume(limits), shop.app.resume(limits)]);
      expect(await shop.checkoutStates()).toEqual(Array.from({ length: 10 }, () => 'settled'));
      for (const { orderId } of orders) {
        expect(await shop.ledger(orderId)).toEqual(['authorise approved', 'capture approved']);
      }
    });
  });

  it('an order that is given up while it is being decided fails, and nothing stays', async () => {
    const { commitStock } = shop.shop.catalog;
    await rounds(async (index) => {
      shop.shop.catalog.commitStock = async (...args) => {
        const sweep = shop.otherApp.resume({ undecidedSeconds: 0, quietSeconds: 0 });
        if (index % 2) await sweep;
        await commitStock(...args);
        await sweep;
      };
      const answer = await shop.order({}, customer());
      shop.shop.catalog.commitStock = commitStock;
      expect(codesOf([answer])).toEqual(['SYS_002']);
      expect(answer.data.createOrder).toBeNull();
      await shop.otherApp.resume({ undecidedSeconds: 0, quietSeconds: 0 });
      expect(await shop.checkoutStates()).toEqual(['failed']);
      expect(await shop.openPayments()).toBe(0);
      expect(shop.shop.onHandOf('prod_001')).toBe(50);
      expect(shop.shop.reservedOf('prod_001')).toBe(0);
    });
  });
});
