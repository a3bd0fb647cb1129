import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabases } from '../src/databases.ts';
import { findViolations } from '../src/find-violations.ts';
import type { AckedOrder } from '../src/invariant.ts';
import { invariants } from '../src/invariants.ts';
import { erased, faults } from './faults.ts';
import { createSeededShop, type SeededShop } from './seeded-shop.ts';
import { unfinishedWork } from './unfinished-work.ts';

let shop: SeededShop;

beforeAll(async () => {
  shop = await createSeededShop();
});
afterAll(async () => {
  await shop?.drop();
});

const shipped: AckedOrder = {
  orderId: 'ord_demo_shipped',
  userId: 'usr_demo_customer',
  total: 116.92,
  items: [{ productId: 'prod_040', quantity: 1, price: 99 }],
  key: 'key',
};

describe('a shop that was just seeded', () => {
  it('keeps all invariants', async () => {
    expect(await findViolations(shop.urls, { mode: 'quiet', acked: [shipped] })).toEqual([]);
    expect(await findViolations(shop.urls, { mode: 'live', acked: [shipped] })).toEqual([]);
  });

  it('keeps them when its customer is erased', async () => {
    const urls = await shop.after(erased);
    expect(await findViolations(urls, { mode: 'quiet', acked: [shipped] })).toEqual([]);
  });

  it('cannot be changed', async () => {
    const databases = openDatabases(shop.urls);
    try {
      await expect(databases.read('orders', 'delete from order_mails', [])).rejects.toThrow('read-only');
    } finally {
      await databases.close();
    }
  });

  it('can be looked into without the ledger of payments', async () => {
    const { payments, ...urls } = await shop.after({ payments: 'drop table entries, payments' });

    expect(payments).toBeDefined();
    expect(await findViolations(urls, { mode: 'quiet' })).toEqual([]);
  });
});

describe('exactly the invariant is found that is broken', () => {
  it.each([...faults, ...unfinishedWork])('$invariant: $what', async ({ invariant, statements, row }) => {
    const urls = await shop.after(statements);

    const violations = await findViolations(urls, { mode: 'quiet' });

    expect(violations.map((violation) => violation.invariant)).toEqual([invariant]);
    expect(violations[0]?.rows).toContainEqual(expect.objectContaining(row));
  });

  it.each([
    { what: 'is missing', acked: { ...shipped, orderId: 'ord_nowhere' }, fault: 'missing' },
    { what: "is another user's", acked: { ...shipped, userId: 'usr_other' }, fault: 'another user' },
    { what: 'has another total', acked: { ...shipped, total: 116.93 }, fault: 'another total' },
    { what: 'has lost a line', acked: { ...shipped, items: [] }, fault: 'other items' },
    {
      what: 'has another price',
      acked: { ...shipped, items: [{ productId: 'prod_040', quantity: 1, price: 98.99 }] },
      fault: 'other items',
    },
  ])('11: an order that a client was told of $what', async ({ acked, fault }) => {
    const violations = await findViolations(shop.urls, { mode: 'quiet', acked: [shipped, acked] });

    expect(violations).toMatchObject([
      { invariant: 11, total: 1, rows: [{ order_id: acked.orderId, fault }] },
    ]);
  });

  it('11: a key stands for another order than a client was told of', async () => {
    const urls = await shop.after({
      orders: `
        insert into idempotency_keys (user_id, idempotency_key, request_hash, order_id, created_at, expires_at)
        select user_id, 'key', repeat('0', 64), order_id, created_at, now() + interval '1 day'
        from orders where order_id = 'ord_demo_delivered'`,
    });

    const violations = await findViolations(urls, { mode: 'quiet', acked: [shipped] });

    expect(violations).toMatchObject([{ invariant: 11, rows: [{ order_of_key: 'ord_demo_delivered' }] }]);
  });

  it('has a test of each invariant', () => {
    const tested = new Set([...faults, ...unfinishedWork].map(({ invariant }) => invariant)).add(11);
    expect([...tested].sort((a, b) => a - b)).toEqual(invariants.map(({ number }) => number));
  });
});

describe('what is under way', () => {
  // Decided and given up again: neither money nor stock is back.
  const halfCancelled = {
    orders: `
      update checkouts set state = 'voiding' where order_id = 'ord_demo_cancelled'`,
    payments: `
      delete from entries where order_id = 'ord_demo_cancelled' and kind <> 'authorise';
      update payments set captured_amount = 0, refunded_amount = 0, state = 'authorised'
      where order_id = 'ord_demo_cancelled'`,
    catalog: `
      delete from stock_releases where order_id = 'ord_demo_cancelled';
      select reserve_stock('ord_demo_cancelled', '[{"productId": "prod_050", "quantity": 1}]', interval '1 hour')`,
  };

  it('is no violation under load', async () => {
    const urls = await shop.after(halfCancelled);
    expect(await findViolations(urls, { mode: 'live' })).toEqual([]);
  });

  it('is one at rest', async () => {
    const urls = await shop.after(halfCancelled);
    const violations = await findViolations(urls, { mode: 'quiet' });
    expect(violations.map(({ invariant }) => invariant)).toEqual([5, 7, 12]);
  });

  it('may be a refund whose pieces are back before it says so', async () => {
    const urls = await shop.after({
      orders: `
        insert into refunds (refund_id, order_id, amount, restock, requested_by, provider_key, request_hash, due_at, state, refunded_at)
        values ('rfd_test', 'ord_demo_shipped', 10, '[{"productId": "prod_040", "quantity": 1}]', 'usr_admin', 'key',
          repeat('0', 64), now(), 'refunded', now());
        update orders set refunded_amount = 10 where order_id = 'ord_demo_shipped';
        update order_items set restocked_quantity = 1
        where order_id = 'ord_demo_shipped' and product_id = 'prod_040'`,
      payments: `
        insert into entries (entry_key, kind, order_id, authorisation_key, amount, currency, outcome)
        select 'test', 'refund', order_id, authorisation_key, 10, currency, 'approved'
        from payments where order_id = 'ord_demo_shipped';
        update payments set refunded_amount = 10 where order_id = 'ord_demo_shipped'`,
      catalog: `select restock_order('ord_demo_shipped', 'rfd_test', '[{"productId": "prod_040", "quantity": 1}]')`,
    });
    const violations = await findViolations(urls, { mode: 'quiet' });
    expect(violations.map(({ invariant }) => invariant)).toEqual([12]);
  });

  it('may be a refund whose money came back, with pieces that went back before', async () => {
    const urls = await shop.after({
      orders: `
        insert into refunds (refund_id, order_id, amount, restock, requested_by, provider_key, request_hash, due_at,
          is_owed, is_refused, parked_at)
        values ('rfd_test', 'ord_demo_shipped', 10, '[{"productId": "prod_040", "quantity": 1}]', 'usr_admin', 'key',
          repeat('0', 64), now(), true, true, now());
        insert into order_events (event_id, position, order_id, type, data)
        select 'evt_test_' || place, place, 'ord_demo_shipped',
          case place when 2 then 'refund.failed' else 'refund.succeeded' end, '{"refund": {"refundId": "rfd_test"}}'
        from generate_series(1, 3) as place;
        update orders set refunded_amount = 10 where order_id = 'ord_demo_shipped';
        update order_items set restocked_quantity = 1
        where order_id = 'ord_demo_shipped' and product_id = 'prod_040'`,
      catalog: `select restock_order('ord_demo_shipped', 'rfd_test', '[{"productId": "prod_040", "quantity": 1}]')`,
    });
    const violations = await findViolations(urls, { mode: 'quiet' });
    expect(violations.map(({ invariant }) => invariant)).toEqual([12]);
  });

  it('may be a refund that was paid back in another way', async () => {
    const paidElsewhere = (orderId: string, amount: string) => `
      insert into refunds (refund_id, order_id, amount, restock, requested_by, provider_key, request_hash, due_at, state,
        refunded_at, paid_elsewhere_by)
      select 'rfd_' || order_id, order_id, ${amount}, '[]', 'usr_admin', order_id, repeat('0', 64), now(), 'done', now(),
        'usr_admin' from orders where order_id = '${orderId}';
      update orders set refunded_amount = refunded_amount + ${amount} where order_id = '${orderId}'`;
    const urls = await shop.after({
      orders: `${paidElsewhere('ord_demo_shipped', '10')}; ${paidElsewhere('ord_demo_cancelled', 'total_amount')}`,
      payments: `
        delete from entries where order_id = 'ord_demo_cancelled' and kind in ('refund', 'void');
        insert into entries (entry_key, kind, order_id, authorisation_key, amount, currency, outcome)
        select 'test', 'capture', order_id, authorisation_key, amount, currency, 'approved' from payments
        where order_id = 'ord_demo_cancelled'
          and not exists (select from entries e where e.order_id = 'ord_demo_cancelled' and e.kind = 'capture');
        update payments set captured_amount = amount, refunded_amount = 0, state = 'captured'
        where order_id = 'ord_demo_cancelled'`,
    });
    const violations = await findViolations(urls, { mode: 'quiet' });
    expect(violations.map(({ invariant, rows }) => ({ invariant, rows }))).toEqual([]);
  });

  it('may be a delivery that waits for a dead endpoint', async () => {
    const urls = await shop.after({
      orders: `
        insert into order_events (event_id, position, order_id, type, data)
        values ('evt_test', 1, 'ord_demo_shipped', 'order.created', '{}');
        insert into webhook_endpoints (endpoint_id, url, secret) values ('whe_test', 'http://localhost', 'secret');
        insert into webhook_deliveries (endpoint_id, event_id, attempts, due_at, last_error)
        values ('whe_test', 'evt_test', 3, now() + interval '1 hour', 'ECONNREFUSED')`,
    });
    expect(await findViolations(urls, { mode: 'quiet' })).toEqual([]);
  });

  it('is waited for', async () => {
    const urls = await shop.after({
      orders: `insert into order_mails (order_id, kind) values ('ord_demo_shipped', 'shipped')`,
    });
    const start = performance.now();
    const violations = await findViolations(urls, { mode: 'quiet', settleSeconds: 1 });
    expect(violations).toMatchObject([{ invariant: 12, total: 1 }]);
    expect(performance.now() - start).toBeGreaterThan(1_000);
  });
});

describe('a voided payment', () => {
  it('may have no amount, where the void of an order came first', async () => {
    const urls = await shop.after({
      payments: `
        delete from entries where order_id = 'ord_demo_cancelled';
        update payments set state = 'voided', amount = 0, captured_amount = 0, refunded_amount = 0
        where order_id = 'ord_demo_cancelled';
        insert into entries (entry_key, kind, order_id, authorisation_key, amount, currency, outcome)
        select 'test', 'void', order_id, authorisation_key, 0, currency, 'approved'
        from payments where order_id = 'ord_demo_cancelled'`,
    });
    expect(await findViolations(urls, { mode: 'quiet' })).toEqual([]);
  });
});

describe('large tables', () => {
  it('are compared batch by batch, and the first of many faults shown', async () => {
    const urls = await shop.after({
      catalog: `
        insert into products (product_id, name, price, category_id, category, on_hand)
        select 'prod_bulk', 'Bulk', 1, category_id, category, 100000 from products where product_id = 'prod_001';
        select reserve_stock('ord_bulk_' || lpad(place::text, 5, '0'), '[{"productId": "prod_bulk", "quantity": 1}]',
          interval '1 hour')
        from generate_series(1, 601) as place`,
    });
    const [violation] = await findViolations(urls, { mode: 'live' });
    expect(violation).toMatchObject({ invariant: 4, total: 601 });
    expect(violation?.rows).toHaveLength(20);
    expect(violation?.rows[0]).toMatchObject({ order_id: 'ord_bulk_00001' });
  });
});
