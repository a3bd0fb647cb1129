import { AppError } from '@commerce/kit/errors';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { Fault, Step } from './fake-shop.ts';
import type { PaymentStep } from './faulty-payments.ts';
import { createOrdersFixture, customer, declined, type OrdersFixture } from './orders-fixture.ts';

let shop: OrdersFixture;
beforeAll(async () => {
  // As short as a busy machine allows: some tests wait it out.
  shop = await createOrdersFixture({ paymentTimeoutMs: 2_000 });
});
beforeEach(async () => await shop.reset());
afterAll(async () => {
  await shop.close();
});

async function deliverLate() {
  shop.shop.deliverLate();
  await shop.payments.deliverLate();
}

/** Neither by now, nor by what comes late. */
async function expectNothingHappened() {
  await deliverLate();
  expect(await shop.openPayments()).toBe(0);
  expect(shop.shop.reservedOf('prod_001')).toBe(0);
  expect(shop.shop.onHandOf('prod_001')).toBe(50);
  expect(shop.shop.linesOf('usr_1')).toEqual({ prod_001: 2 });
  const { data } = await shop.run('{ orders { totalCount nodes { orderId } } }');
  expect(data.orders).toEqual({ totalCount: 0, nodes: [] });
}

async function failedOrder(variables: Parameters<OrdersFixture['order']>[0] = {}) {
  const { data, errors } = await shop.order(variables);
  expect(data.createOrder).toBeNull();
  return errors[0]?.extensions;
}

describe('a checkout that fails', () => {
  const steps: [Step, Fault][] = [
    ['reserve', 'fail'],
    ['reserve', 'lose'],
    ['reserve', 'late'],
    ['commit', 'fail'],
    ['commit', 'lose'],
    ['commit', 'late'],
  ];
  it.each(steps)('at %s (%s) charges and holds nothing and leaves the cart', async (step, fault) => {
    shop.shop.fault(step, fault);
    expect(await failedOrder()).toMatchObject({ code: 'SYS_002', httpStatus: 503, retryAfterSeconds: 2 });
    expect(await shop.checkoutStates()).toEqual(['failed']);
    await expectNothingHappened();
    expect((await shop.placed()).status).toBe('PENDING');
  });

  it.each<Fault>(['fail', 'late', 'hang'])('at the authorisation (%s) does the same', async (fault) => {
    shop.payments.fault('authorise', fault);
    expect(await failedOrder()).toMatchObject({ code: 'SYS_002', httpStatus: 503 });
    expect(await shop.checkoutStates()).toEqual(['failed']);
    await expectNothingHappened();
    expect(shop.payments.calls.filter((call) => call === 'authorise')).toHaveLength(1);
  });

  it('where the authorisation and the question for it are both lost is voided', async () => {
    shop.payments.fault('authorise', 'lose');
    shop.payments.fault('findByKey', 'fail');
    expect(await failedOrder()).toMatchObject({ code: 'SYS_002' });
    await expectNothingHappened();
    const kinds = await shop.sql`select kind from demo_payments.entries order by entry_id`;
    expect(kinds.map((entry) => entry.kind)).toEqual(['authorise', 'void']);
  });

  it('where the payment is declined says so, and releases the stock', async () => {
    const extensions = await failedOrder({ input: declined });
    expect(extensions).toMatchObject({ code: 'BUS_003', httpStatus: 400 });
    expect(await shop.checkoutStates()).toEqual(['failed']);
    await expectNothingHappened();
  });

  it('where the answer of a decline is lost says so as well', async () => {
    shop.payments.fault('authorise', 'lose');
    expect(await failedOrder({ input: declined })).toMatchObject({ code: 'BUS_003' });
    await expectNothingHappened();
  });

  it('where the stock went to somebody else meanwhile says what is left', async () => {
    shop.shop.onceRead(async () =>
      shop.shop.addProduct('prod_001', { name: 'H', priceCents: 9_999, onHand: 1 }),
    );
    const details = { productId: 'prod_001', requested: 2, available: 1 };
    expect(await failedOrder()).toMatchObject({ code: 'BUS_001', details });
    // A clear no leaves nothing to release.
    expect(shop.shop.calls).toEqual(['read', 'read', 'reserve']);
    expect(await shop.checkoutStates()).toEqual(['failed']);
  });

  it('where the product vanished meanwhile is a fault of the cart', async () => {
    shop.shop.onceRead(async () => void shop.shop.products.delete('prod_001'));
    expect(await failedOrder()).toMatchObject({ code: 'BUS_002', httpStatus: 400 });
    expect(await shop.checkoutStates()).toEqual(['failed']);
  });

  it('where the hold expired and the stock is gone gives the money back', async () => {
    const { commitStock } = shop.shop.catalog;
    onTestFinished(() => {
      shop.shop.catalog.commitStock = commitStock;
    });
    const details = { productId: 'prod_001', requested: 2, available: 0 };
    shop.shop.catalog.commitStock = async () => {
      throw new AppError('BUS_001', undefined, { details });
    };
    expect(await failedOrder()).toMatchObject({ code: 'BUS_001', details });
    await expectNothingHappened();
  });

  it('at the last write is undone', async () => {
    await shop.sql`create function refuse() returns trigger language plpgsql as
      $$ begin raise exception 'refused'; end $$`;
    await shop.sql`create trigger refuse before update on orders for each row
      when (new.checkout_state = 'taken') execute function refuse()`;
    onTestFinished(async () => {
      await shop.sql`drop function refuse cascade`;
    });
    expect(await failedOrder()).toMatchObject({ code: 'SYS_002' });
    await expectNothingHappened();
  });

  it('keeps what failed from everybody, administrators included', async () => {
    await failedOrder({ input: declined });
    const [row] = await shop.sql`select order_id, status from orders`;
    expect(row?.status).toBe('cancelled');
    expect(await shop.read(row?.order_id)).toBeNull();
    const change = await shop.run(
      'mutation ($i: CancelOrderInput!) { cancelOrder(input: $i) { order { orderId } } }',
      {
        variables: { i: { orderId: row?.order_id } },
      },
    );
    expect(change.errors[0]?.extensions.code).toBe('RES_001');
  });

  it('keeps neither token nor address in the log', async () => {
    shop.shop.fault('commit', 'fail');
    shop.shop.fault('release', 'fail');
    await failedOrder();
    expect(shop.logLines.length).toBeGreaterThan(0);
    expect(shop.logLines.join('\n')).not.toMatch(/tok_visa|123 Main St/);
  });
});

describe('an undo that fails', () => {
  const cases: [Step | null, PaymentStep | null][] = [
    ['release', null],
    [null, 'void'],
    ['release', 'void'],
  ];
  it.each(cases)('(%s, %s) does not change the answer and is repeated later', async (step, paymentStep) => {
    shop.shop.fault('commit', 'fail');
    if (step) shop.shop.fault(step, 'fail');
    if (paymentStep) shop.payments.fault(paymentStep, 'lose');
    expect(await failedOrder()).toMatchObject({ code: 'SYS_002' });
    expect(await shop.checkoutStates()).toEqual(['undoing']);
    await shop.otherApp.resume({ undecidedSeconds: 60, quietSeconds: 0 });
    expect(await shop.checkoutStates()).toEqual(['failed']);
    await expectNothingHappened();
  });

  it('does not keep the cart from being ordered again', async () => {
    shop.shop.fault('release', 'fail');
    await failedOrder({ input: declined });
    expect((await shop.placed()).status).toBe('PENDING');
  });
});

describe('an order', () => {
  it('is placed where only the answer of the authorisation was lost', async () => {
    shop.payments.fault('authorise', 'lose');
    const { orderId } = await shop.placed();
    expect(await shop.ledger(orderId)).toEqual(['authorise approved', 'capture approved']);
  });

  it.each<Fault>(['fail', 'lose', 'late'])('stands though the cart is not emptied (%s)', async (fault) => {
    shop.shop.fault('consume', fault);
    const { orderId } = await shop.placed();
    expect((await shop.read(orderId)).status).toBe('CONFIRMED');
    expect(await shop.checkoutStates()).toEqual(['taken']);
    await shop.app.resume({ undecidedSeconds: 60, quietSeconds: 0 });
    expect(await shop.checkoutStates()).toEqual(['settled']);
    expect(shop.shop.linesOf('usr_1')).toEqual({});
    expect(await shop.ledger(orderId)).toEqual(['authorise approved', 'capture approved']);
  });

  it('keeps its cart version taken while the cart is not emptied', async () => {
    shop.shop.fault('consume', 'fail');
    await shop.placed();
    const { errors } = await shop.order();
    expect(errors[0]?.extensions).toMatchObject({ code: 'RES_002', httpStatus: 409 });
  });

  it.each<Fault>(['fail', 'lose', 'hang', 'late'])(
    'is confirmed later where the capture (%s) is unknown',
    async (fault) => {
      shop.payments.fault('capture', fault);
      const { orderId } = await shop.placed();
      expect((await shop.read(orderId)).status).toBe('PENDING');
      await deliverLate();
      await shop.app.resume({ undecidedSeconds: 60, quietSeconds: 0 });
      expect((await shop.read(orderId)).status).toBe('CONFIRMED');
      expect(await shop.ledger(orderId)).toEqual(['authorise approved', 'capture approved']);
    },
  );

  it('is cancelled where the capture is refused for good: stock and money go back', async () => {
    shop.payments.fault('capture', 'refuse');
    const { orderId } = await shop.placed();
    const order = await shop.read(orderId);
    expect(order.status).toBe('CANCELLED');
    expect(order.timeline.at(-1)).toMatchObject({
      status: 'CANCELLED',
      note: 'The payment could not be taken',
    });
    expect(shop.shop.onHandOf('prod_001')).toBe(50);
    expect(await shop.openPayments()).toBe(0);
    expect(await shop.checkoutStates()).toEqual(['closed']);
    // It was an order: the customer sees what became of it.
    expect((await shop.read(orderId, customer())).status).toBe('CANCELLED');
  });
});
