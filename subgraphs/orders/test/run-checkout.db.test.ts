import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { boundPayments } from '../src/clients/payment.ts';
import type { CheckoutRecord } from '../src/data/checkout-record.ts';
import { createCheckoutStore } from '../src/data/checkout-store.ts';
import { type CheckoutRun, runCheckout } from '../src/domain/run-checkout.ts';
import { admin, anonymous, createOrdersFixture, customer, type OrdersFixture } from './orders-fixture.ts';
import { shortTiming } from './short-timing.ts';

let shop: OrdersFixture;
beforeAll(async () => {
  shop = await createOrdersFixture({ timing: shortTiming() });
});
beforeEach(async () => await shop.reset());
afterAll(async () => {
  await shop.close();
});

const lines = [{ productId: 'prod_001', quantity: 2 }];
const method = { type: 'credit_card', token: 'tok_visa_1234' } as const;
const origin = { clientAddress: '192.0.2.1', requestId: 'test' };

const store = () => createCheckoutStore(shop.db);
const idOf = async (): Promise<string> => (await shop.sql`select order_id from orders`)[0]?.order_id;
const rowOf = async () => (await shop.sql`select * from checkouts`)[0];

/** Goes on with a checkout as it was known some time ago. */
function goOn(checkout: CheckoutRecord, change: Partial<CheckoutRun> = {}) {
  const deps = {
    cart: shop.shop.cart,
    catalog: shop.shop.catalog,
    payment: boundPayments(shop.payments.payment, 5_000),
    checkouts: store(),
    timing: shortTiming(),
    failpoint: () => {},
  };
  return runCheckout(deps, { checkout, lines, method, origin, ...change });
}

/** A process that stops for a while at a place, and what it knows of the checkout then. */
async function stoppedAt(place: string): Promise<CheckoutRecord> {
  let isOver = false;
  shop.atFailpoints((reached) => {
    if (isOver || reached !== place) return;
    isOver = true;
    throw new Error('Stopped (test)');
  });
  await shop.order();
  await shop.drain();
  const checkout = await store().find(await idOf());
  if (!checkout) throw new Error('There is no checkout');
  return checkout;
}

const places = ['before reserve', 'before authorise', 'before commit', 'before consume', 'before capture'];

describe('whoever lost a checkout', () => {
  it.each(places)('%s to a recovery that finished or undid it changes nothing', async (place) => {
    const checkout = await stoppedAt(place);
    await shop.recover();
    const before = await rowOf();
    const ledger = await shop.ledger(await idOf());
    expect((await goOn(checkout)).kind).toBe('lost');
    expect(await rowOf()).toEqual(before);
    expect((await shop.ledger(await idOf())).filter((entry) => entry.includes('approved'))).toEqual(
      ledger.filter((entry) => entry.includes('approved')),
    );
    const isOrdered = before?.state === 'done';
    expect(await shop.openPayments()).toBe(isOrdered ? 1 : 0);
    expect(shop.shop.onHandOf('prod_001')).toBe(isOrdered ? 48 : 50);
    expect(shop.shop.reservedOf('prod_001')).toBe(0);
  });

  it.each(places)('%s to a recovery that only took it up writes nothing', async (place) => {
    const checkout = await stoppedAt(place);
    await shop.sql`update checkouts set due_at = now() - interval '1 second'`;
    const [taken] = await store().claimDue(1);
    expect(taken).toMatchObject({ epoch: checkout.epoch + 1, state: checkout.state, attempts: 1 });
    const before = await rowOf();
    const end = await goOn(checkout);
    expect(end.kind).toBe('lost');
    expect(await rowOf()).toEqual(before);
    // And the other one goes on.
    expect((await goOn(taken ?? checkout)).checkout.state).toBe('done');
    expect(await shop.ledger(await idOf())).toEqual(['authorise approved', 'capture approved']);
    expect(shop.shop.onHandOf('prod_001')).toBe(48);
  });

  it('to a cancellation charges nothing any more', async () => {
    const checkout = await stoppedAt('before capture');
    const cancel = 'mutation ($i: CancelOrderInput!) { cancelOrder(input: $i) { order { status } } }';
    expect((await shop.run(cancel, { variables: { i: { orderId: await idOf() } } })).errors).toEqual([]);
    expect((await goOn(checkout)).kind).toBe('lost');
    expect(await shop.openPayments()).toBe(0);
    expect(shop.shop.onHandOf('prod_001')).toBe(50);
    expect(await shop.checkoutStates()).toEqual(['failed']);
  });

  it('postpones nothing', async () => {
    const checkout = await stoppedAt('before capture');
    await shop.sql`update checkouts set due_at = now() - interval '1 second'`;
    await store().claimDue(1);
    const before = await rowOf();
    shop.payments.fault('capture', 'fail');
    expect((await goOn(checkout)).kind).toBe('stuck');
    expect(await rowOf()).toEqual(before);
  });

  it('by being too slow in another state writes nothing, though the epoch is its own', async () => {
    const checkout = await stoppedAt('before commit');
    await goOn(checkout);
    const before = await rowOf();
    expect(await store().advance(checkout, { to: 'voiding', status: 'cancelled' })).toBeNull();
    expect(await rowOf()).toEqual(before);
    expect((await shop.read(await idOf())).status).toBe('CONFIRMED');
  });
});

describe('a lease', () => {
  it('is taken anew with each step, and attempts count from there', async () => {
    const checkout = await stoppedAt('before commit');
    await shop.sql`update checkouts set due_at = now() - interval '1 second', attempts = 5`;
    const [taken] = await store().claimDue(1);
    expect(taken?.attempts).toBe(6);
    const advanced = await store().advance(taken ?? checkout, { to: 'committed', isDecision: true });
    expect(advanced).toMatchObject({ state: 'committed', attempts: 0, epoch: checkout.epoch + 1 });
    expect(await store().claimDue(1)).toEqual([]);
  });

  it('is given to one of several who ask at once', async () => {
    await stoppedAt('before commit');
    await shop.sql`update checkouts set due_at = now() - interval '1 second'`;
    const claims = await Promise.all(Array.from({ length: 8 }, () => store().claimDue(8)));
    expect(claims.flat()).toHaveLength(1);
  });
});

describe('news of a payment', () => {
  it('has a postponed checkout taken up at once', async () => {
    shop.payments.fault('capture', 'fail');
    await shop.placed();
    expect(await store().claimDue(1)).toEqual([]);
    await store().wake(await idOf());
    expect(await store().claimDue(1)).toHaveLength(1);
  });

  it('leaves alone who is at work on it, also on what was postponed before', async () => {
    shop.payments.fault('capture', 'fail');
    await shop.placed();
    await store().wake(await idOf());
    const [taken] = await store().claimDue(1);
    await store().wake(await idOf());
    expect(await store().claimDue(1)).toEqual([]);
    expect((await rowOf())?.epoch).toBe(taken?.epoch);
  });

  it('costs no attempt, and has a parked checkout asked about once more', async () => {
    shop.payments.fault('capture', 'fail');
    await shop.placed();
    await shop.sql`update checkouts set attempts = 8, parked_at = now()`;
    for (const _ of [1, 2, 3]) {
      await store().wake(await idOf());
      expect(await rowOf()).toMatchObject({ attempts: 7, parked_at: null });
      expect(await store().parkHopeless()).toEqual([]);
      const [claimed] = await store().claimDue(1);
      expect(claimed).toMatchObject({ attempts: 8, state: 'capturing' });
      await shop.sql`update checkouts set last_error = 'No answer'`;
    }
  });

  it('changes nothing of what is done', async () => {
    await shop.placed();
    const before = await rowOf();
    await store().wake(await idOf());
    await store().wake('ord_missing');
    expect(await rowOf()).toEqual(before);
  });
});

const parkedDocument = `query ($first: Int, $after: String) { parkedCheckouts(first: $first, after: $after) {
  totalCount pageInfo { hasNextPage endCursor }
  nodes { orderId userId state attempts parkedAt lastError total { amount } } } }`;
const retryDocument = 'mutation ($i: RetryCheckoutInput!) { retryCheckout(input: $i) { orderId } }';

const parkedPage = async (variables = {}) => {
  const { data, errors } = await shop.run(parkedDocument, { viewer: admin, variables });
  expect(errors).toEqual([]);
  return data.parkedCheckouts;
};
const retry = (orderId: string, viewer = admin) =>
  shop.run(retryDocument, { viewer, variables: { i: { orderId } } });

/** An order whose money cannot be taken, until it is parked. */
async function parked(viewer = customer()): Promise<string> {
  shop.payments.fault('capture', ...Array.from({ length: 9 }, () => 'fail' as const));
  const { orderId } = await shop.placed(viewer);
  for (let attempt = 0; attempt < 9; attempt += 1) await shop.recover();
  return orderId;
}

describe('a checkout that does not get on', () => {
  it('waits longer each time', async () => {
    shop.payments.fault('capture', ...Array.from({ length: 9 }, () => 'fail' as const));
    await shop.placed();
    const delays: number[] = [];
    for (let attempt = 0; attempt < 8; attempt += 1) {
      await shop.recover();
      const [row] =
        await shop.sql`select extract(epoch from due_at - updated_at)::float8 as delay from checkouts`;
      delays.push(Math.round(row?.delay));
    }
    expect(delays).toEqual([1, 2, 4, 8, 16, 32, 300, 300]);
  });

  it('is parked after 8 tries and logged as an error, and taken up no more', async () => {
    shop.payments.fault('capture', ...Array.from({ length: 9 }, () => 'fail' as const));
    const { orderId } = await shop.placed();
    for (let attempt = 0; attempt < 8; attempt += 1) await shop.recover();
    expect(await rowOf()).toMatchObject({ attempts: 8, parked_at: null });
    shop.payments.calls.length = 0;
    await shop.recover();
    expect((await rowOf())?.parked_at).not.toBeNull();
    await shop.recover();
    expect(shop.payments.calls).toEqual([]);
    const errors = shop.logLines.map((line) => JSON.parse(line)).filter(({ level }) => level >= 50);
    expect(errors).toMatchObject([{ orderId, msg: expect.stringContaining('parked') }]);
  });

  it('is not parked where each try gets on a little', async () => {
    const checkout = await stoppedAt('before commit');
    await shop.sql`update checkouts set attempts = 7, due_at = now() - interval '1 second'`;
    shop.payments.fault('capture', 'fail');
    await shop.recover();
    expect(await rowOf()).toMatchObject({ state: 'capturing', attempts: 0, parked_at: null });
    expect(checkout.state).toBe('authorised');
  });

  it('is listed for administrators, with what kept it', async () => {
    const orderId = await parked();
    expect(await parkedPage()).toEqual({
      totalCount: 1,
      pageInfo: { hasNextPage: false, endCursor: expect.any(String) },
      nodes: [
        {
          orderId,
          userId: 'usr_1',
          state: 'CAPTURING',
          attempts: 8,
          parkedAt: expect.any(String),
          lastError: expect.stringContaining('No connection'),
          total: { amount: '225.97' },
        },
      ],
    });
  });

  it('is listed page by page, longest parked first', async () => {
    const ids = [await parked(), await parked(shop.fillCart('usr_2')), await parked(shop.fillCart('usr_3'))];
    const first = await parkedPage({ first: 2 });
    expect(first).toMatchObject({ totalCount: 3, pageInfo: { hasNextPage: true } });
    const second = await parkedPage({ first: 2, after: first.pageInfo.endCursor });
    expect(second.pageInfo.hasNextPage).toBe(false);
    const seen = [...first.nodes, ...second.nodes].map((node: { orderId: string }) => node.orderId);
    expect(seen).toEqual(ids);
    for (const variables of [{ first: 0 }, { first: 101 }, { after: 'nonsense' }]) {
      const { errors } = await shop.run(parkedDocument, { viewer: admin, variables });
      expect(errors[0]?.extensions.code).toBe('VAL_001');
    }
  });

  it('goes on once an administrator retries it', async () => {
    const orderId = await parked();
    expect((await retry(orderId)).data.retryCheckout).toEqual({ orderId });
    expect(await parkedPage()).toMatchObject({ totalCount: 0, nodes: [] });
    await shop.otherApp.recoverCheckouts(new AbortController().signal);
    expect(await shop.checkoutStates()).toEqual(['done']);
    expect((await shop.read(orderId)).status).toBe('CONFIRMED');
    expect(await shop.ledger(orderId)).toEqual(['authorise approved', 'capture approved']);
  });

  it('may be cancelled by its customer: money and stock go back', async () => {
    const orderId = await parked();
    const cancel = 'mutation ($i: CancelOrderInput!) { cancelOrder(input: $i) { order { status } } }';
    expect((await shop.run(cancel, { variables: { i: { orderId } } })).errors).toEqual([]);
    expect(await shop.checkoutStates()).toEqual(['failed']);
    expect(await shop.openPayments()).toBe(0);
    expect((await parkedPage()).totalCount).toBe(0);
  });

  it('is retried only where it is parked', async () => {
    const { orderId } = await shop.placed();
    for (const id of [orderId, 'ord_missing', 'ord_\u0000', '']) {
      expect((await retry(id)).errors[0]?.extensions).toMatchObject({ code: 'RES_001', httpStatus: 404 });
    }
  });

  it('is for administrators', async () => {
    const orderId = await parked();
    for (const [viewer, code] of [
      [customer(), 'AUTH_004'],
      [anonymous, 'AUTH_003'],
      [{ kind: 'service', name: 'cart' } as const, 'AUTH_003'],
    ] as const) {
      const listed = await shop.run(parkedDocument, { viewer });
      expect(listed.data.parkedCheckouts).toBeNull();
      expect(listed.errors[0]?.extensions.code).toBe(code);
      expect((await retry(orderId, viewer)).errors[0]?.extensions.code).toBe(code);
    }
    expect((await parkedPage()).totalCount).toBe(1);
  });
});

describe('an order of nothing to pay', () => {
  it('asks the provider for nothing', async () => {
    shop.shop.addProduct('prod_001', { name: 'Gift', priceCents: 0, onHand: 50 });
    const read = shop.shop.cart.readCheckoutCart;
    shop.shop.cart.readCheckoutCart = async (...args) => {
      const cart = await read(...args);
      const nothing = cart.subtotal;
      return {
        ...cart,
        shipping: nothing,
        total: nothing,
        pricing: { ...cart.pricing, shippingFlatCents: 0 },
      };
    };
    try {
      const { orderId } = await shop.placed();
      expect((await shop.read(orderId)).status).toBe('CONFIRMED');
      expect(shop.payments.calls).toEqual([]);
    } finally {
      shop.shop.cart.readCheckoutCart = read;
    }
  });
});
