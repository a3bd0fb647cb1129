import { newId } from '@commerce/kit/ids';
import { createLogger } from '@commerce/kit/logger';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CheckoutState } from '../src/data/checkout-record.ts';
import { type CheckoutStore, createCheckoutStore } from '../src/data/checkout-store.ts';
import { createIdempotencyStore } from '../src/data/idempotency-store.ts';
import { createOrderReader } from '../src/data/order-reader.ts';
import { createOrderStore, type OrderStore } from '../src/data/order-store.ts';
import { createRefundStore } from '../src/data/refund-store.ts';
import { createBackground } from '../src/domain/background.ts';
import type { OrdersDeps } from '../src/domain/orders-deps.ts';
import { placeOrder } from '../src/domain/place-order.ts';
import { address, createOrdersFixture, type OrdersFixture } from './orders-fixture.ts';
import { shortTiming } from './short-timing.ts';

let shop: OrdersFixture;
beforeAll(async () => {
  shop = await createOrdersFixture();
});
beforeEach(async () => await shop.reset());
afterAll(async () => {
  await shop.close();
});

type Change = { orders?: Partial<OrderStore>; checkouts?: Partial<CheckoutStore> };

function place({ orders = {}, checkouts = {} }: Change) {
  const logger = createLogger({ service: 'orders', level: 'silent' });
  const deps: OrdersDeps = {
    orders: { ...createOrderStore(shop.db), ...orders },
    checkouts: { ...createCheckoutStore(shop.db), ...checkouts },
    refunds: createRefundStore(shop.db),
    reader: createOrderReader(shop.db),
    keys: createIdempotencyStore(shop.db),
    cart: shop.shop.cart,
    catalog: shop.shop.catalog,
    payment: shop.payments.payment,
    background: createBackground(logger),
    logger,
    newId,
    timing: shortTiming(),
    failpoint: () => {},
  };
  const placed = placeOrder(deps, {
    userId: 'usr_1',
    idempotency: { key: 'one', requestHash: 'a'.repeat(64) },
    input: {
      shippingAddress: address,
      billingAddress: address,
      paymentMethod: { type: 'credit_card', token: 'tok_visa' },
    },
    origin: { clientAddress: '192.0.2.1', requestId: 'test' },
  });
  return placed.finally(() => deps.background.drain());
}

const lost = () => {
  throw new Error('Connection reset (test)');
};

/** The database goes away at a write: once it is done, or before. */
function losing(to: CheckoutState, isWritten: boolean): Change {
  const { advance } = createCheckoutStore(shop.db);
  return {
    checkouts: {
      advance: async (checkout, transition) => {
        if (transition.to !== to) return await advance(checkout, transition);
        if (isWritten) await advance(checkout, transition);
        return lost();
      },
    },
  };
}

async function expectNothing() {
  expect(await shop.checkoutStates()).toEqual(['failed']);
  expect(await shop.openPayments()).toBe(0);
  expect(shop.shop.onHandOf('prod_001')).toBe(50);
  expect(shop.shop.reservedOf('prod_001')).toBe(0);
  expect(shop.shop.linesOf('usr_1')).toEqual({ prod_001: 2 });
  expect(await shop.sql`select 1 from order_events`).toHaveLength(0);
}

async function expectOneOrder() {
  expect(await shop.checkoutStates()).toEqual(['done']);
  const [row] = await shop.sql`select order_id from orders`;
  expect((await shop.read(row?.order_id)).status).toBe('CONFIRMED');
  expect(await shop.ledger(row?.order_id)).toEqual(['authorise approved', 'capture approved']);
  expect(await shop.events(row?.order_id)).toEqual(['order.created', 'order.confirmed']);
  expect(shop.shop.onHandOf('prod_001')).toBe(48);
  expect(shop.shop.linesOf('usr_1')).toEqual({});
  return row?.order_id;
}

describe('a write whose answer is lost', () => {
  it.each([true, false])('of the order itself (written: %s) leaves nothing', async (isWritten) => {
    const { open } = createOrderStore(shop.db);
    const opening = async (...args: Parameters<typeof open>) => {
      if (isWritten) await open(...args);
      return lost();
    };
    const placed = place({ orders: { open: opening } });
    // The key tells that something is under way, which it may be.
    await expect(placed).rejects.toThrow(isWritten ? 'being ordered already' : 'Connection reset');
    expect(await shop.checkoutStates()).toEqual(isWritten ? ['started'] : []);
    await shop.recover();
    if (isWritten) await expectNothing();
    expect((await place({})).order.status).toBe('pending');
  });

  it.each([
    ['authorising', false, 'started'],
    ['authorising', true, 'authorising'],
  ] as const)('before the payment (%s, written: %s) is undone by recovery', async (to, isWritten, state) => {
    await expect(place(losing(to, isWritten))).rejects.toThrow('Connection reset');
    expect(await shop.checkoutStates()).toEqual([state]);
    await shop.recover();
    await expectNothing();
    expect((await place({})).isReplayed).toBe(false);
  });

  it.each([
    ['authorised', false, 'authorising'],
    ['authorised', true, 'authorised'],
    ['committed', false, 'authorised'],
    ['committed', true, 'committed'],
    ['capturing', false, 'committed'],
    ['capturing', true, 'capturing'],
  ] as const)(
    'from the payment on (%s, written: %s) leaves an order that recovery finishes',
    async (to, isWritten, state) => {
      await expect(place(losing(to, isWritten))).rejects.toThrow('Connection reset');
      expect(await shop.checkoutStates()).toEqual([state]);
      await shop.recover();
      const orderId = await expectOneOrder();
      expect(await place({})).toMatchObject({ isReplayed: true, order: { orderId, status: 'pending' } });
      await expectOneOrder();
    },
  );

  it.each([true, false])('of the capture (written: %s) does not change the answer', async (isWritten) => {
    const { order } = await place(losing('done', isWritten));
    expect(order.status).toBe('pending');
    await shop.recover();
    expect(await expectOneOrder()).toBe(order.orderId);
  });

  it.each([true, false])('of a failure (written: %s) is made up for by recovery', async (isWritten) => {
    shop.shop.fault('reserve', 'refuse');
    await expect(place(losing('releasing', isWritten))).rejects.toThrow('Connection reset');
    expect(await shop.checkoutStates()).toEqual([isWritten ? 'releasing' : 'started']);
    await shop.recover();
    await expectNothing();
  });

  it('of telling the customer in time leaves an order that recovery finishes', async () => {
    shop.payments.fault('authorise', ...Array.from({ length: 9 }, () => 'lose' as const));
    await expect(place({ checkouts: { acknowledge: async () => lost() } })).rejects.toThrow(
      'Connection reset',
    );
    await shop.recover();
    const orderId = await expectOneOrder();
    expect(await place({})).toMatchObject({ isReplayed: true, order: { orderId } });
  });
});
