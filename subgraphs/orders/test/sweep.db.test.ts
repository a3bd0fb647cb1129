import { createLogger } from '@commerce/kit/logger';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startSweeping } from '../src/sweep.ts';
import { createOrdersFixture, type OrdersFixture } from './orders-fixture.ts';

let shop: OrdersFixture;
beforeAll(async () => {
  shop = await createOrdersFixture();
});
beforeEach(async () => await shop.reset());
afterAll(async () => {
  await shop.close();
});

const limits = { undecidedSeconds: 60, quietSeconds: 0 };

/** Orders whose refund the provider refuses whenever it is tried, all older than any other. */
async function addHopeless(count: number) {
  await shop.sql`
    insert into orders (order_id, user_id, status, checkout_state, acknowledged_at, created_at, updated_at,
      attempted_at, subtotal, tax, shipping, total_amount, shipping_address, billing_address, payment_method,
      estimated_delivery, item_count, cart_id, cart_version)
    select 'ord_n' || n, 'usr_n', 'refunded', 'refunding', t, t, t, t, 1, 0, 0, 1, o.a, o.a, o.p, t, 1, 'cart_n' || n, 1
    from generate_series(1, ${count}::int) as n, (select now() - interval '1 day' as t) as past,
      (select '{"street":"","city":"","state":"","zipCode":"","country":""}'::jsonb as a,
         '{"type":"credit_card","brand":null,"last4":null,"reference":null}'::jsonb as p) as o`;
}

describe('the sweep', { timeout: 60_000 }, () => {
  it('comes to every order, however many cannot be finished', async () => {
    shop.payments.fault('capture', 'fail');
    const { orderId } = await shop.placed();
    await addHopeless(500);
    await shop.app.resume(limits);
    await shop.app.resume(limits);
    expect((await shop.read(orderId)).status).toBe('CONFIRMED');
  });

  it('takes up nothing more once it is to stop', async () => {
    await addHopeless(100);
    const stop = new AbortController();
    const { refund } = shop.payments.payment;
    shop.payments.payment.refund = async (request) => {
      stop.abort();
      return await refund(request);
    };
    await shop.app.resume(limits, stop.signal);
    shop.payments.payment.refund = refund;
    // What was under way ended: one order a worker.
    expect(shop.payments.calls.filter((call) => call === 'refund').length).toBeLessThanOrEqual(5);
  });

  it('is told to stop when the service ends', async () => {
    const resume = (_: unknown, signal?: AbortSignal) =>
      new Promise<void>((resolve) => {
        signal?.addEventListener('abort', () => resolve());
      });
    const stopSweeping = startSweeping({ resume }, createLogger({ service: 'orders', level: 'silent' }));
    const startedAt = performance.now();
    await stopSweeping();
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });
});
