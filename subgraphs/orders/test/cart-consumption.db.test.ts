import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { admin, createOrdersFixture, customer, type OrdersFixture } from './orders-fixture.ts';

let shop: OrdersFixture;
beforeAll(async () => {
  shop = await createOrdersFixture();
});
beforeEach(async () => await shop.reset());
afterAll(async () => {
  await shop.close();
});

const inTheMaking = { code: 'RES_002', httpStatus: 409, retryAfterSeconds: 1 };
const recover = () => shop.recover();

function cancel(orderId: string) {
  return shop.run('mutation ($i: CancelOrderInput!) { cancelOrder(input: $i) { order { status } } }', {
    variables: { i: { orderId } },
  });
}

/** Runs once, before an order's stock is taken. */
function beforeCommit(work: () => Promise<void>) {
  const { catalog } = shop.shop;
  const { commitStock } = catalog;
  const restore = () => {
    catalog.commitStock = commitStock;
  };
  onTestFinished(restore);
  catalog.commitStock = async (...args) => {
    restore();
    await work();
    await commitStock(...args);
  };
}

describe('a cart of which an order is being made', () => {
  it('is not ordered again, though pieces were added meanwhile', async () => {
    let second: Awaited<ReturnType<OrdersFixture['order']>> | undefined;
    beforeCommit(async () => {
      shop.shop.putInCart('usr_1', 'prod_002', 1);
      second = await shop.order();
    });
    await shop.placed();
    expect(second?.errors[0]?.extensions).toMatchObject(inTheMaking);
    expect(shop.shop.onHandOf('prod_001')).toBe(48);
    expect(await shop.openPayments()).toBe(1);
    // What was added stays, and can be ordered now.
    expect(shop.shop.linesOf('usr_1')).toEqual({ prod_002: 1 });
    expect((await shop.placed()).items).toMatchObject([{ productId: 'prod_002', quantity: 1 }]);
  });

  it('is not ordered again while it still holds what was ordered', async () => {
    // Once before the answer, and once after the capture.
    shop.shop.fault('consume', 'fail', 'fail');
    const { orderId } = await shop.placed();
    expect((await shop.read(orderId)).status).toBe('CONFIRMED');
    shop.shop.putInCart('usr_1', 'prod_002', 1);
    expect((await shop.order()).errors[0]?.extensions).toMatchObject(inTheMaking);
    await recover();
    expect(await shop.checkoutStates()).toEqual(['done']);
    expect(shop.shop.linesOf('usr_1')).toEqual({ prod_002: 1 });
    await shop.placed();
    expect(shop.shop.onHandOf('prod_001')).toBe(48);
  });

  it('is not ordered as it was read before an earlier order emptied it', async () => {
    let late: ReturnType<OrdersFixture['order']> | undefined;
    let goOn = () => {};
    const isEmptied = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    beforeCommit(async () => {
      shop.shop.putInCart('usr_1', 'prod_002', 1);
      // The other tab reads a newer version that still holds what is being ordered, and records it later.
      await new Promise<void>((resolve) => {
        shop.shop.onceRead(async () => {
          resolve();
          await isEmptied;
        });
        late = shop.order();
      });
    });
    await shop.placed();
    goOn();
    const { errors } = await (late ?? shop.order());
    expect(errors[0]?.extensions).toMatchObject(inTheMaking);
    expect(shop.shop.onHandOf('prod_001')).toBe(48);
    expect(shop.shop.reservedOf('prod_001')).toBe(0);
    expect(await shop.openPayments()).toBe(1);
  });

  it('is given up where it changed between its reading and its recording, with nothing held', async () => {
    shop.shop.onceRead(async () => shop.shop.putInCart('usr_1', 'prod_002', 1));
    expect((await shop.order()).errors[0]?.extensions).toMatchObject(inTheMaking);
    expect(await shop.checkoutStates()).toEqual(['failed']);
    expect(shop.shop.reservedOf('prod_001')).toBe(0);
    expect(shop.payments.calls).toEqual([]);
    expect((await shop.placed()).items).toHaveLength(2);
  });

  it('is given up where its version cannot be read again, with nothing held', async () => {
    shop.shop.fault('version', 'fail');
    expect((await shop.order()).errors[0]?.extensions).toMatchObject({ code: 'SYS_002' });
    expect(await shop.checkoutStates()).toEqual(['failed']);
    expect(shop.shop.reservedOf('prod_001')).toBe(0);
    expect(shop.payments.calls).toEqual([]);
  });

  it('may be ordered again when its order is cancelled before it was emptied', async () => {
    shop.shop.fault('consume', 'fail', 'fail');
    const { orderId } = await shop.placed();
    expect((await cancel(orderId)).errors).toEqual([]);
    expect(shop.shop.linesOf('usr_1')).toEqual({ prod_001: 2 });
    await shop.placed();
    expect(await shop.openPayments()).toBe(1);
    expect(shop.shop.onHandOf('prod_001')).toBe(48);
    await recover();
    expect((await shop.checkoutStates()).sort()).toEqual(['done', 'failed']);
  });
});

describe('emptying the cart', () => {
  it('is recorded with the order', async () => {
    await shop.placed();
    const [row] = await shop.sql`select cart_consumed_at is not null as done from orders`;
    expect(row?.done).toBe(true);
  });

  it('is finished by recovery also where the order is on its way already', async () => {
    shop.shop.fault('consume', 'fail', 'fail', 'fail');
    const { orderId } = await shop.placed();
    await recover();
    expect(await shop.checkoutStates()).toEqual(['captured']);
    const shipping = { orderId, status: 'SHIPPED', tracking: { carrier: 'UPS', trackingNumber: '1Z' } };
    await shop.run(
      'mutation ($i: UpdateOrderStatusInput!) { updateOrderStatus(input: $i) { order { status } } }',
      { viewer: admin, variables: { i: shipping } },
    );
    await recover();
    expect(await shop.checkoutStates()).toEqual(['done']);
    expect(shop.shop.linesOf('usr_1')).toEqual({});
    expect((await shop.read(orderId)).status).toBe('SHIPPED');
  });

  it('is not repeated once it is recorded', async () => {
    shop.payments.fault('capture', 'fail');
    await shop.placed();
    await recover();
    expect(await shop.checkoutStates()).toEqual(['done']);
    expect(shop.shop.calls.filter((call) => call === 'consume')).toHaveLength(1);
  });
});

describe('adding to the cart while two tabs order it', { timeout: 120_000 }, () => {
  it('never buys a piece twice', async () => {
    for (let round = 0; round < 50; round += 1) {
      await shop.reset();
      if (round % 5 === 0) shop.shop.fault('consume', 'fail', 'fail');
      const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
      const tabs = Array.from({ length: 4 }, async (_, tab) => {
        await wait(Math.random() * 12 * tab);
        return await shop.order({}, customer());
      });
      await wait(Math.random() * 25);
      shop.shop.putInCart('usr_1', 'prod_002', 1);
      const answers = await Promise.all(tabs);
      await shop.app.drain();
      await recover();
      const lines = await shop.sql`
        select product_id, sum(quantity)::int as bought from order_items join orders using (order_id)
        where status <> 'cancelled' group by 1`;
      const bought = Object.fromEntries(lines.map((row) => [row.product_id, row.bought]));
      const left = shop.shop.linesOf('usr_1');
      expect((bought.prod_001 ?? 0) + (left.prod_001 ?? 0)).toBe(2);
      expect((bought.prod_002 ?? 0) + (left.prod_002 ?? 0)).toBe(1);
      expect(shop.shop.onHandOf('prod_001')).toBe(50 - (bought.prod_001 ?? 0));
      expect(shop.shop.onHandOf('prod_002')).toBe(10 - (bought.prod_002 ?? 0));
      const placed = answers.filter((answer) => answer.data.createOrder).length;
      expect(await shop.openPayments()).toBe(placed);
      const codes = answers.flatMap((answer) => answer.errors.map((error) => error.extensions.code));
      expect(codes.filter((code) => code !== 'RES_002' && code !== 'BUS_002')).toEqual([]);
    }
  });
});
