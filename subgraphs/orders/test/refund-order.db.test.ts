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

/** An order of two headphones costs 225.97. */
const TOTAL = 22_597;
/** Level of errors in the log. */
const ERROR = 50;
const tracking = { carrier: 'UPS', trackingNumber: '1Z' };
const document = `mutation ($i: RefundOrderInput!, $key: String) {
  refundOrder(input: $i, idempotencyKey: $key) {
    replayed
    refund { refundId state reason amount { amount } restock { productId quantity } createdAt refundedAt }
    order { status refundedAmount { amount } refunds { refundId } timeline { status note } }
  } }`;

function refund(
  orderId: string,
  change: object = {},
  options: { key?: string | null; viewer?: typeof admin } = {},
) {
  const { key = null, viewer = admin } = options;
  return shop.run(document, { viewer, variables: { i: { orderId, ...change }, key } });
}

async function refunded(orderId: string, change: object = {}, key?: string) {
  const { data, errors } = await refund(orderId, change, key ? { key } : {});
  expect(errors).toEqual([]);
  return data.refundOrder;
}

async function update(orderId: string, change: object) {
  const { errors } = await shop.run(
    'mutation ($i: UpdateOrderStatusInput!) { updateOrderStatus(input: $i) { order { status } } }',
    { viewer: admin, variables: { i: { orderId, ...change } } },
  );
  expect(errors).toEqual([]);
}

async function shipped(): Promise<string> {
  const { orderId } = await shop.placed();
  await update(orderId, { status: 'SHIPPED', tracking });
  return orderId;
}

const moneyBack = (orderId: string) =>
  shop
    .entries(orderId)
    .filter(({ kind, outcome }) => kind === 'refund' && outcome === 'approved')
    .map(({ amount }) => amount);

async function rowOf(orderId: string) {
  const [row] = await shop.sql`select status, refunded_amount from orders where order_id = ${orderId}`;
  return row;
}

describe('a refund', () => {
  it('of all of a shipped order pays its total back, and it is refunded', async () => {
    const orderId = await shipped();
    const { order, refund: made, replayed } = await refunded(orderId, { reason: ' Lost\nparcel ' });
    expect(replayed).toBe(false);
    expect(made).toMatchObject({
      refundId: expect.stringMatching(/^rfd_\w{22}$/),
      state: 'DONE',
      reason: 'Lost parcel',
      amount: { amount: '225.97' },
      restock: [],
      refundedAt: expect.any(String),
    });
    expect(order).toMatchObject({ status: 'REFUNDED', refundedAmount: { amount: '225.97' } });
    expect(order.refunds).toEqual([{ refundId: made.refundId }]);
    expect(order.timeline.at(-1)).toEqual({ status: 'REFUNDED', note: 'Lost parcel' });
    expect(moneyBack(orderId)).toEqual([TOTAL]);
    // What was shipped does not come back by itself.
    expect(shop.shop.onHandOf('prod_001')).toBe(48);
    expect(await shop.events(orderId)).toEqual([
      'order.created',
      'order.confirmed',
      'order.shipped',
      'refund.succeeded',
      'order.refunded',
    ]);
  });

  it('may be a part, and several parts; the last one makes the order refunded', async () => {
    const orderId = await shipped();
    expect((await refunded(orderId, { amount: '100.00' })).order).toMatchObject({
      status: 'SHIPPED',
      refundedAmount: { amount: '100.00' },
    });
    expect((await refunded(orderId, { amount: '25.98' })).order.status).toBe('SHIPPED');
    await update(orderId, { status: 'DELIVERED' });
    const { order, refund: last } = await refunded(orderId);
    expect(last.amount.amount).toBe('99.99');
    expect(order).toMatchObject({ status: 'REFUNDED', refundedAmount: { amount: '225.97' } });
    expect(order.refunds).toHaveLength(3);
    expect(moneyBack(orderId)).toEqual([10_000, 2_598, 9_999]);
    expect((await shop.events(orderId)).slice(3)).toEqual([
      'refund.succeeded',
      'refund.succeeded',
      'order.delivered',
      'refund.succeeded',
      'order.refunded',
    ]);
  });

  it('tells subscribers how much went back', async () => {
    const orderId = await shipped();
    const { refund: made } = await refunded(orderId, { amount: '1.50' });
    const [event] = await shop.sql`select data from order_events where type = 'refund.succeeded'`;
    expect(event?.data).toMatchObject({
      orderId,
      status: 'shipped',
      refundedAmount: '1.50',
      refund: { refundId: made.refundId, amount: '1.50' },
    });
  });

  it.each(['CONFIRMED', 'PROCESSING'])('of a part is possible while it is %s', async (status) => {
    const { orderId } = await shop.placed();
    if (status === 'PROCESSING') await update(orderId, { status });
    expect((await refunded(orderId, { amount: '5.00' })).order.status).toBe(status);
    expect(moneyBack(orderId)).toEqual([500]);
  });

  it.each([
    ['null', {}],
    ['the total', { amount: '225.97' }],
  ])('of all before shipment (%s) is refused: that is a cancellation', async (_, change) => {
    const { orderId } = await shop.placed();
    const { errors } = await refund(orderId, change);
    expect(errors[0]?.extensions).toMatchObject({
      code: 'BUS_002',
      httpStatus: 400,
      details: { orderId, available: 225.97 },
    });
    expect(errors[0]?.message).toContain('cancelled');
    await refunded(orderId, { amount: '200.00' });
    expect((await refund(orderId)).errors[0]?.extensions).toMatchObject({ details: { available: 25.97 } });
    expect(moneyBack(orderId)).toEqual([20_000]);
  });

  it.each(['225.98', '9999999'])('of more than is left (%s) is refused', async (amount) => {
    const orderId = await shipped();
    const { errors } = await refund(orderId, { amount });
    expect(errors[0]?.extensions).toMatchObject({ code: 'BUS_002', details: { orderId, available: 225.97 } });
    expect(moneyBack(orderId)).toEqual([]);
    expect(await rowOf(orderId)).toMatchObject({ refunded_amount: '0.00' });
  });

  it('of an order that is refunded is refused', async () => {
    const orderId = await shipped();
    await refunded(orderId);
    for (const change of [{}, { amount: '0.01' }]) {
      expect((await refund(orderId, change)).errors[0]?.extensions).toMatchObject({
        code: 'BUS_002',
        details: { from: 'refunded', to: 'refunded' },
      });
    }
    expect(moneyBack(orderId)).toEqual([TOTAL]);
  });

  it('of an order that is not paid, or was cancelled, is refused', async () => {
    shop.payments.fault('capture', 'fail');
    const { orderId } = await shop.placed();
    const refused = async () => (await refund(orderId, { amount: '1' })).errors[0]?.extensions;
    expect(await refused()).toMatchObject({ code: 'BUS_002', details: { from: 'pending' } });
    await update(orderId, { status: 'CANCELLED' });
    expect(await refused()).toMatchObject({ code: 'BUS_002', details: { from: 'cancelled' } });
  });

  it.each(['0', '-1', '1.001', '0.00'])('of %s is refused', async (amount) => {
    const orderId = await shipped();
    const { errors } = await refund(orderId, { amount });
    expect(errors[0]?.extensions.code).toBe('VAL_001');
    expect(moneyBack(orderId)).toEqual([]);
  });

  it('of a missing order is RES_001', async () => {
    for (const orderId of ['ord_missing', 'ord_\u0000', '']) {
      expect((await refund(orderId)).errors[0]?.extensions).toMatchObject({
        code: 'RES_001',
        httpStatus: 404,
      });
    }
  });

  it('of an order that customers may not see is RES_001', async () => {
    shop.payments.fault('authorise', 'unreached');
    await shop.order();
    const [row] = await shop.sql`select order_id from orders`;
    expect((await refund(row?.order_id)).errors[0]?.extensions.code).toBe('RES_001');
  });

  it('is for administrators', async () => {
    const orderId = await shipped();
    const owner = await shop.run(document, { viewer: customer(), variables: { i: { orderId } } });
    expect(owner.errors[0]?.extensions).toEqual({ code: 'AUTH_004', httpStatus: 403 });
    const nobody = await shop.run(document, { viewer: anonymous, variables: { i: { orderId } } });
    expect(nobody.errors[0]?.extensions.code).toBe('AUTH_003');
    expect(moneyBack(orderId)).toEqual([]);
  });

  it('notes which administrator wanted it, and shows its customer what went back', async () => {
    const orderId = await shipped();
    await refunded(orderId, { amount: '3.00', reason: 'Scratched' });
    expect([...(await shop.sql`select requested_by from refunds`)]).toEqual([{ requested_by: 'usr_admin' }]);
    const { data } = await shop.run(
      `{ order(orderId: "${orderId}") { refundedAmount { amount } refunds { amount { amount } reason state } } }`,
    );
    expect(data.order).toEqual({
      refundedAmount: { amount: '3.00' },
      refunds: [{ amount: { amount: '3.00' }, reason: 'Scratched', state: 'DONE' }],
    });
  });
});

describe('a refund’s key', () => {
  it('gives the same refund again', async () => {
    const orderId = await shipped();
    const first = await refunded(orderId, { amount: '10' }, 'one');
    const again = await refunded(orderId, { amount: '10.00' }, 'one');
    expect(again.replayed).toBe(true);
    expect(again.refund).toEqual(first.refund);
    expect(moneyBack(orderId)).toEqual([1_000]);
  });

  it('gives the same refund also where nothing is left, and whatever the order of its pieces', async () => {
    shop.shop.putInCart('usr_1', 'prod_002', 1);
    const orderId = await shipped();
    const restock = [
      { productId: 'prod_001', quantity: 2 },
      { productId: 'prod_002', quantity: 1 },
    ];
    const first = await refunded(orderId, { restock }, 'one');
    const again = await refunded(orderId, { restock: [...restock].reverse() }, 'one');
    expect(again).toMatchObject({ replayed: true, refund: { refundId: first.refund.refundId } });
    expect(shop.shop.onHandOf('prod_001')).toBe(50);
  });

  it.each([
    ['amount', { amount: '11' }],
    ['reason', { amount: '10', reason: 'Other' }],
    ['pieces', { amount: '10', restock: [{ productId: 'prod_001', quantity: 1 }] }],
    ['amount left out', {}],
  ])('is refused with another input (%s)', async (_, change) => {
    const orderId = await shipped();
    await refunded(orderId, { amount: '10' }, 'one');
    const { errors } = await refund(orderId, change, { key: 'one' });
    expect(errors[0]?.extensions).toMatchObject({
      code: 'VAL_001',
      httpStatus: 422,
      details: [{ field: 'idempotencyKey' }],
    });
    expect(moneyBack(orderId)).toEqual([1_000]);
  });

  it('is each order’s own, and free after a refusal', async () => {
    const orderId = await shipped();
    expect((await refund(orderId, { amount: '500' }, { key: 'one' })).errors).toHaveLength(1);
    await refunded(orderId, { amount: '5' }, 'one');
    const other = await shop.placed(shop.fillCart('usr_2'));
    expect((await refunded(other.orderId, { amount: '5' }, 'one')).replayed).toBe(false);
  });
});

describe('pieces', () => {
  it('go back into the stock, once', async () => {
    const orderId = await shipped();
    const restock = [{ productId: 'prod_001', quantity: 1 }];
    const { refund: made } = await refunded(orderId, { amount: '99.99', restock });
    expect(made).toMatchObject({ state: 'DONE', restock });
    expect(shop.shop.onHandOf('prod_001')).toBe(49);
    await shop.recover();
    expect(shop.shop.onHandOf('prod_001')).toBe(49);
  });

  it.each([
    [
      'not ordered',
      [{ productId: 'prod_002', quantity: 1 }],
      { productId: 'prod_002', requested: 1, available: 0 },
    ],
    [
      'too many',
      [{ productId: 'prod_001', quantity: 3 }],
      { productId: 'prod_001', requested: 3, available: 2 },
    ],
  ])('that are %s are refused, and no money goes back', async (_, restock, details) => {
    const orderId = await shipped();
    const { errors } = await refund(orderId, { amount: '1', restock });
    expect(errors[0]?.extensions).toMatchObject({ code: 'BUS_002', details });
    expect(moneyBack(orderId)).toEqual([]);
    expect(shop.shop.calls).not.toContain('restock');
  });

  it('that are back already are refused', async () => {
    const orderId = await shipped();
    await refunded(orderId, { amount: '1', restock: [{ productId: 'prod_001', quantity: 1 }] });
    const { errors } = await refund(orderId, {
      amount: '1',
      restock: [{ productId: 'prod_001', quantity: 2 }],
    });
    expect(errors[0]?.extensions).toMatchObject({ code: 'BUS_002', details: { available: 1 } });
    await refunded(orderId, { amount: '1', restock: [{ productId: 'prod_001', quantity: 1 }] });
    expect(shop.shop.onHandOf('prod_001')).toBe(50);
  });

  it('named twice, none, or by the hundred are refused', async () => {
    const orderId = await shipped();
    const line = { productId: 'prod_001', quantity: 1 };
    const many = Array.from({ length: 101 }, (_, index) => ({ productId: `prod_${index}`, quantity: 1 }));
    for (const restock of [[line, line], [{ ...line, quantity: 0 }], many]) {
      expect((await refund(orderId, { amount: '1', restock })).errors[0]?.extensions.code).toBe('VAL_001');
    }
  });

  it.each(['fail', 'lose'] as const)('follow later where the catalog is away (%s)', async (fault) => {
    const orderId = await shipped();
    shop.shop.fault('restock', fault);
    const restock = [{ productId: 'prod_001', quantity: 2 }];
    const { refund: made, order } = await refunded(orderId, { restock });
    expect(made.state).toBe('REFUNDED');
    expect(order.status).toBe('SHIPPED');
    await shop.recover();
    expect((await shop.read(orderId)).status).toBe('REFUNDED');
    expect(shop.shop.onHandOf('prod_001')).toBe(50);
    expect(moneyBack(orderId)).toEqual([TOTAL]);
  });

  it('that the catalog refuses for good do not hold up the refund, and are logged', async () => {
    const orderId = await shipped();
    shop.shop.fault('restock', 'refuse');
    const { refund: made, order } = await refunded(orderId, {
      restock: [{ productId: 'prod_001', quantity: 2 }],
    });
    expect(made.state).toBe('DONE');
    expect(order.status).toBe('REFUNDED');
    const [line = '{}'] = shop.logLines.filter((text) => text.includes('do not go back into the stock'));
    expect(JSON.parse(line)).toMatchObject({ level: ERROR, orderId, refundId: made.refundId });
  });
});

describe('where the provider', () => {
  it.each(['fail', 'lose', 'late'] as const)(
    'is away (%s) the money goes back later, once',
    async (fault) => {
      const orderId = await shipped();
      shop.payments.fault('refund', fault);
      const { refund: made, order } = await refunded(orderId, { amount: '40' }, 'one');
      expect(made).toMatchObject({ state: 'REQUESTED', refundedAt: null });
      expect(order).toMatchObject({ status: 'SHIPPED', refundedAmount: { amount: '40.00' } });
      expect(await shop.events(orderId)).not.toContain('refund.succeeded');
      expect((await refunded(orderId, { amount: '40' }, 'one')).replayed).toBe(true);
      await shop.payments.deliverLate();
      await shop.recover();
      await shop.recover();
      expect(moneyBack(orderId)).toEqual([4_000]);
      expect((await shop.events(orderId)).filter((type) => type === 'refund.succeeded')).toHaveLength(1);
      expect((await refunded(orderId, { amount: '40' }, 'one')).refund.state).toBe('DONE');
    },
  );

  it('has not answered yet, what is asked for is set aside', async () => {
    const orderId = await shipped();
    shop.payments.fault('refund', 'fail');
    await refunded(orderId, { amount: '200' });
    expect((await refund(orderId, { amount: '25.98' })).errors[0]?.extensions).toMatchObject({
      code: 'BUS_002',
      details: { available: 25.97 },
    });
    await refunded(orderId);
    // The other one's money is not back yet.
    expect((await shop.read(orderId)).status).toBe('SHIPPED');
    await shop.recover();
    expect((await shop.read(orderId)).status).toBe('REFUNDED');
    expect(moneyBack(orderId).sort()).toEqual([20_000, 2_597]);
  });

  it('refuses, nothing went back, and it may be refunded anew', async () => {
    const orderId = await shipped();
    shop.payments.fault('refund', 'refuse');
    const { refund: made, order } = await refunded(orderId, {
      restock: [{ productId: 'prod_001', quantity: 2 }],
    });
    expect(made).toMatchObject({ state: 'REFUSED', refundedAt: null });
    expect(order).toMatchObject({ status: 'SHIPPED', refundedAmount: { amount: '0.00' } });
    expect(shop.shop.onHandOf('prod_001')).toBe(48);
    await shop.recover();
    expect(moneyBack(orderId)).toEqual([]);
    const again = await refunded(orderId, { restock: [{ productId: 'prod_001', quantity: 2 }] });
    expect(again.order.status).toBe('REFUNDED');
    expect(shop.shop.onHandOf('prod_001')).toBe(50);
    expect(moneyBack(orderId)).toEqual([TOTAL]);
  });

  it('stays away the refund is parked after 8 tries, until an administrator retries it', async () => {
    const orderId = await shipped();
    shop.payments.fault('refund', ...Array.from({ length: 9 }, () => 'fail' as const));
    await refunded(orderId, { amount: '40' });
    for (let attempt = 0; attempt < 8; attempt += 1) await shop.recover();
    expect(await shop.sql`select 1 from refunds where parked_at is not null`).toHaveLength(0);
    await shop.recover();
    const [row] = await shop.sql`select attempts, last_error from refunds where parked_at is not null`;
    expect(row).toMatchObject({ attempts: 8, last_error: expect.stringContaining('not known') });
    expect(shop.logLines.filter((line) => line.includes('A refund is parked'))).toHaveLength(1);
    await shop.recover();
    expect(moneyBack(orderId)).toEqual([]);
    const { errors } = await shop.run(
      'mutation ($i: RetryCheckoutInput!) { retryCheckout(input: $i) { orderId } }',
      { viewer: admin, variables: { i: { orderId } } },
    );
    expect(errors).toEqual([]);
    await shop.recover();
    expect(moneyBack(orderId)).toEqual([4_000]);
    expect(await shop.sql`select 1 from refunds where parked_at is not null`).toHaveLength(0);
  });

  it('answers after all, a parked refund is parked no more', async () => {
    const orderId = await shipped();
    let goOn = () => {};
    const isParked = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    shop.atFailpoints(async (place) => {
      if (place === 'after refund') await isParked;
    });
    const slow = refunded(orderId, { amount: '40' });
    await expect.poll(() => moneyBack(orderId)).toEqual([4_000]);
    await shop.sql`update refunds set parked_at = now()`;
    goOn();
    expect((await slow).refund.state).toBe('DONE');
    expect(await shop.sql`select 1 from refunds where parked_at is not null`).toHaveLength(0);
  });
});

describe('after a crash', () => {
  it.each(['before refund', 'after refund', 'written refunded', 'after restock'])(
    '%s money and pieces still go back, once',
    async (place) => {
      const orderId = await shipped();
      shop.atFailpoints((reached) => {
        if (reached === place) throw new Error('Killed (test)');
      });
      await refund(orderId, { restock: [{ productId: 'prod_001', quantity: 2 }] });
      shop.atFailpoints(() => {});
      await shop.recover();
      expect((await shop.read(orderId)).status).toBe('REFUNDED');
      expect(moneyBack(orderId)).toEqual([TOTAL]);
      expect(shop.shop.onHandOf('prod_001')).toBe(50);
      expect((await shop.events(orderId)).slice(3)).toEqual(['refund.succeeded', 'order.refunded']);
    },
  );
});

describe('a cancellation', () => {
  const cancel = (orderId: string) => update(orderId, { status: 'CANCELLED' });

  it('after a partial refund gives back exactly the rest, in money and pieces', async () => {
    const { orderId } = await shop.placed();
    await refunded(orderId, { amount: '99.99', restock: [{ productId: 'prod_001', quantity: 1 }] });
    await cancel(orderId);
    expect(moneyBack(orderId)).toEqual([9_999, TOTAL - 9_999]);
    expect(shop.shop.onHandOf('prod_001')).toBe(50);
    expect(await shop.openPayments()).toBe(0);
    expect(await shop.checkoutStates()).toEqual(['failed']);
  });

  it('while a refund is on its way leaves that one’s money to it', async () => {
    const { orderId } = await shop.placed();
    shop.payments.fault('refund', 'fail');
    await refunded(orderId, { amount: '50' });
    await cancel(orderId);
    expect(moneyBack(orderId)).toEqual([TOTAL - 5_000]);
    await shop.recover();
    expect(moneyBack(orderId)).toEqual([TOTAL - 5_000, 5_000]);
    expect(await shop.openPayments()).toBe(0);
    expect((await shop.read(orderId)).status).toBe('CANCELLED');
  });

  it('does not lose what the provider refuses afterwards: it is owed, and tried again', async () => {
    const { orderId } = await shop.placed();
    shop.payments.fault('refund', 'fail');
    await refunded(orderId, { amount: '50' });
    await cancel(orderId);
    shop.payments.fault('refund', 'refuse');
    await shop.recover();
    const [row] = await shop.sql`select state, last_error from refunds`;
    expect(row).toMatchObject({ state: 'requested', last_error: expect.stringContaining('refused') });
    expect(await rowOf(orderId)).toMatchObject({ status: 'cancelled', refunded_amount: '50.00' });
    await shop.run('mutation ($i: RetryCheckoutInput!) { retryCheckout(input: $i) { orderId } }', {
      viewer: admin,
      variables: { i: { orderId } },
    });
    await shop.recover();
    expect(await shop.openPayments()).toBe(0);
  });
});
