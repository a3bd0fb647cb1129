import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { Fault, Step } from './fake-shop.ts';
import type { PaymentFault, PaymentStep } from './faulty-payments.ts';
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
  expect(await shop.sql`select type from order_events`).toHaveLength(0);
}

async function failedOrder(variables: Parameters<OrdersFixture['order']>[0] = {}) {
  const { data, errors } = await shop.order(variables);
  expect(data.createOrder).toBeNull();
  return errors[0]?.extensions;
}

describe('a checkout that fails', () => {
  it.each<Fault>(['fail', 'lose', 'late'])(
    'at the reservation (%s) charges and holds nothing and leaves the cart',
    async (fault) => {
      shop.shop.fault('reserve', fault);
      expect(await failedOrder()).toMatchObject({ code: 'SYS_002', httpStatus: 503, retryAfterSeconds: 2 });
      expect(await shop.checkoutStates()).toEqual(['failed']);
      expect(shop.payments.calls).toEqual([]);
      await expectNothingHappened();
      expect((await shop.placed()).status).toBe('PENDING');
    },
  );

  it('at an authorisation that was never sent does the same', async () => {
    shop.payments.fault('authorise', 'unreached');
    expect(await failedOrder()).toMatchObject({ code: 'SYS_002', httpStatus: 503, retryAfterSeconds: 2 });
    expect(await shop.checkoutStates()).toEqual(['failed']);
    expect(shop.payments.calls).toEqual(['authorise']);
    await expectNothingHappened();
    expect((await shop.placed()).status).toBe('PENDING');
  });

  it('where the payment is declined says so, and releases the stock', async () => {
    const extensions = await failedOrder({ input: declined });
    expect(extensions).toMatchObject({ code: 'BUS_003', httpStatus: 400 });
    expect(await shop.checkoutStates()).toEqual(['failed']);
    await expectNothingHappened();
  });

  it.each<PaymentFault>(['lose', 'late', 'hang'])(
    'where the answer of a decline is lost (%s) says so as well',
    async (fault) => {
      shop.payments.fault('authorise', fault);
      expect(await failedOrder({ input: declined })).toMatchObject({ code: 'BUS_003' });
      await expectNothingHappened();
    },
  );

  it('where the stock went to somebody else meanwhile says what is left', async () => {
    shop.shop.onceRead(async () =>
      shop.shop.addProduct('prod_001', { name: 'H', priceCents: 9_999, onHand: 1 }),
    );
    const details = { productId: 'prod_001', requested: 2, available: 1 };
    expect(await failedOrder()).toMatchObject({ code: 'BUS_001', details });
    expect(await shop.checkoutStates()).toEqual(['failed']);
    expect(shop.payments.calls).toEqual([]);
  });

  it('where the product vanished meanwhile is a fault of the cart', async () => {
    shop.shop.onceRead(async () => void shop.shop.products.delete('prod_001'));
    expect(await failedOrder()).toMatchObject({ code: 'BUS_002', httpStatus: 400 });
    expect(await shop.checkoutStates()).toEqual(['failed']);
  });

  it('where the hold expired and the stock is gone gives the money back', async () => {
    shop.shop.fault('commit', 'refuse');
    expect(await failedOrder()).toMatchObject({ code: 'BUS_001' });
    expect(await shop.checkoutStates()).toEqual(['failed']);
    await expectNothingHappened();
  });

  it('keeps what failed from everybody, administrators included', async () => {
    await failedOrder({ input: declined });
    const [row] = await shop.sql`select order_id, status from orders`;
    expect(row?.status).toBe('cancelled');
    expect(await shop.read(row?.order_id)).toBeNull();
    const change = await shop.run(
      'mutation ($i: CancelOrderInput!) { cancelOrder(input: $i) { order { orderId } } }',
      { variables: { i: { orderId: row?.order_id } } },
    );
    expect(change.errors[0]?.extensions.code).toBe('RES_001');
  });

  it('keeps neither token nor address in the log', async () => {
    shop.shop.fault('reserve', 'fail');
    shop.shop.fault('release', 'fail', 'fail');
    await failedOrder();
    await shop.recover();
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
    shop.shop.fault('commit', 'refuse');
    if (step) shop.shop.fault(step, 'fail');
    if (paymentStep) shop.payments.fault(paymentStep, 'lose');
    expect(await failedOrder()).toMatchObject({ code: 'BUS_001' });
    expect(await shop.checkoutStates()).toEqual([paymentStep ? 'voiding' : 'releasing']);
    await shop.recover();
    // Where both fail, each holds it up once.
    await shop.recover();
    expect(await shop.checkoutStates()).toEqual(['failed']);
    await expectNothingHappened();
  });

  it('does not keep the cart from being ordered again', async () => {
    shop.shop.fault('release', 'fail');
    await failedOrder({ input: declined });
    expect((await shop.placed()).status).toBe('PENDING');
  });

  it('that hangs does not keep the customer waiting', async () => {
    shop.shop.fault('release', 'hang');
    const startedAt = performance.now();
    expect(await failedOrder({ input: declined })).toMatchObject({ code: 'BUS_003' });
    expect(performance.now() - startedAt).toBeLessThan(4_000);
    expect(await shop.checkoutStates()).toEqual(['releasing']);
  });
});

describe('an order', () => {
  async function expectOrdered(orderId: string) {
    await deliverLate();
    await shop.drain();
    expect((await shop.read(orderId)).status).toBe('CONFIRMED');
    expect(await shop.ledger(orderId)).toEqual(['authorise approved', 'capture approved']);
    expect(shop.shop.onHandOf('prod_001')).toBe(48);
    expect(shop.shop.reservedOf('prod_001')).toBe(0);
    expect(shop.shop.linesOf('usr_1')).toEqual({});
    expect(await shop.checkoutStates()).toEqual(['done']);
    expect(await shop.events(orderId)).toEqual(['order.created', 'order.confirmed']);
  }

  it.each<PaymentFault>(['fail', 'lose', 'late', 'hang'])(
    'is placed where the authorisation is unknown at first (%s): it is asked for again by its key',
    async (fault) => {
      shop.payments.fault('authorise', fault);
      const { orderId } = await shop.placed();
      await expectOrdered(orderId);
      expect(shop.payments.calls.filter((call) => call === 'authorise')).toHaveLength(2);
    },
  );

  it.each<Fault>(['fail', 'lose', 'late'])(
    'is placed where it is unknown at first whether the stock is taken (%s)',
    async (fault) => {
      shop.shop.fault('commit', fault);
      const { orderId } = await shop.placed();
      await expectOrdered(orderId);
    },
  );

  it('is placed though several steps are unknown, one after the other', async () => {
    shop.payments.fault('authorise', 'lose', 'fail');
    shop.shop.fault('commit', 'lose', 'fail');
    const { orderId } = await shop.placed();
    await expectOrdered(orderId);
  });

  it.each(['authorised', 'committed'])(
    'goes forward by recovery where the database refuses to write %s',
    async (state) => {
      await shop.sql.unsafe(`create function refuse() returns trigger language plpgsql as
        $$ begin raise exception 'refused' using errcode = 'query_canceled'; end $$;
        create trigger refuse before update on checkouts for each row
        when (new.state = '${state}') execute function refuse()`);
      onTestFinished(async () => {
        await shop.sql`drop function if exists refuse cascade`;
      });
      expect(await failedOrder({ key: 'one' })).toMatchObject({ code: 'SYS_002', httpStatus: 503 });
      expect((await shop.order({ key: 'one' })).errors[0]?.extensions.code).toBe('RES_002');
      await shop.sql`drop function refuse cascade`;
      await shop.recover();
      const { data } = await shop.order({ key: 'one' });
      expect(data.createOrder).toMatchObject({ replayed: true, order: { status: 'PENDING' } });
      await expectOrdered(data.createOrder.order.orderId);
    },
  );

  it.each<Fault>(['fail', 'lose', 'late'])('stands though the cart is not emptied (%s)', async (fault) => {
    shop.shop.fault('consume', fault, fault);
    const { orderId } = await shop.placed();
    expect((await shop.read(orderId)).status).toBe('CONFIRMED');
    expect(await shop.checkoutStates()).toEqual(['captured']);
    await shop.recover();
    await expectOrdered(orderId);
  });

  it('empties the cart after the capture where that failed before', async () => {
    shop.shop.fault('consume', 'fail');
    const { orderId } = await shop.placed();
    await expectOrdered(orderId);
  });

  it('keeps its cart version taken while the cart is not emptied', async () => {
    shop.shop.fault('consume', 'fail', 'fail');
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
      await shop.recover();
      await expectOrdered(orderId);
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
    expect(await shop.checkoutStates()).toEqual(['failed']);
    expect(await shop.events(orderId)).toEqual(['order.created', 'order.cancelled']);
    // It was an order: the customer sees what became of it.
    expect((await shop.read(orderId, customer())).status).toBe('CANCELLED');
  });
});
