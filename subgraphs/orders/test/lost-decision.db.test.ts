import { newId } from '@commerce/kit/ids';
import { createLogger } from '@commerce/kit/logger';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createIdempotencyStore } from '../src/data/idempotency-store.ts';
import { createOrderReader } from '../src/data/order-reader.ts';
import { createOrderStore, type OrderStore } from '../src/data/order-store.ts';
import { createBackground } from '../src/domain/background.ts';
import type { OrdersDeps } from '../src/domain/orders-deps.ts';
import { placeOrder } from '../src/domain/place-order.ts';
import { address, createOrdersFixture, type OrdersFixture } from './orders-fixture.ts';

let shop: OrdersFixture;
beforeAll(async () => {
  shop = await createOrdersFixture();
});
beforeEach(async () => await shop.reset());
afterAll(async () => {
  await shop.close();
});

function place(change: (orders: OrderStore) => Partial<OrderStore>) {
  const logger = createLogger({ service: 'orders', level: 'silent' });
  const orders = createOrderStore(shop.db);
  const deps: OrdersDeps = {
    orders: { ...orders, ...change(orders) },
    reader: createOrderReader(shop.db),
    keys: createIdempotencyStore(shop.db),
    cart: shop.shop.cart,
    catalog: shop.shop.catalog,
    payment: shop.payments.payment,
    background: createBackground(logger),
    logger,
    newId,
  };
  const placed = placeOrder(deps, {
    userId: 'usr_1',
    idempotency: null,
    input: {
      shippingAddress: address,
      billingAddress: address,
      paymentMethod: { type: 'credit_card', token: 'tok_visa' },
    },
    origin: { clientAddress: '192.0.2.1', requestId: 'test' },
  });
  return placed.finally(() => deps.background.drain());
}

describe('the decision', () => {
  it('stands where only its answer was lost', async () => {
    const { order } = await place((orders) => ({
      take: async (...args) => {
        await orders.take(...args);
        throw new Error('Connection reset (test)');
      },
    }));
    expect(order.status).toBe('pending');
    expect((await shop.read(order.orderId)).status).toBe('CONFIRMED');
    expect(await shop.ledger(order.orderId)).toEqual(['authorise approved', 'capture approved']);
    expect(shop.shop.onHandOf('prod_001')).toBe(48);
  });

  it('is left to the next sweep where the database went away: nothing is undone that may stand', async () => {
    const lost = async () => {
      throw new Error('Connection reset (test)');
    };
    const placed = place((orders) => ({
      take: async (...args) => {
        await orders.take(...args);
        return await lost();
      },
      changeStatus: lost,
    }));
    await expect(placed).rejects.toMatchObject({ code: 'SYS_002' });
    expect(await shop.checkoutStates()).toEqual(['taken']);
    expect(await shop.openPayments()).toBe(1);
    await shop.otherApp.resume({ undecidedSeconds: 60, quietSeconds: 0 });
    expect(await shop.checkoutStates()).toEqual(['settled']);
  });

  it('that was never written is undone by the next sweep, where the database went away', async () => {
    const lost = async () => {
      throw new Error('Connection reset (test)');
    };
    await expect(place(() => ({ take: lost, changeStatus: lost }))).rejects.toMatchObject({
      code: 'SYS_002',
    });
    expect(await shop.checkoutStates()).toEqual(['placing']);
    await shop.otherApp.resume({ undecidedSeconds: 0, quietSeconds: 0 });
    expect(await shop.checkoutStates()).toEqual(['failed']);
    expect(await shop.openPayments()).toBe(0);
    expect(shop.shop.onHandOf('prod_001')).toBe(50);
  });
});
