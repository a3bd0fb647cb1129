import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createOrdersFixture, type OrdersFixture } from './orders-fixture.ts';

let shop: OrdersFixture;
let orderId: string;
beforeAll(async () => {
  shop = await createOrdersFixture();
});
beforeEach(async () => {
  await shop.reset();
  orderId = (await shop.placed()).orderId;
});
afterAll(async () => {
  await shop.close();
});

function refundOf({
  refundId = 'rfd_1',
  providerKey = 'key',
  idempotencyKey = 'key',
  amount = 1,
  restock = '[]',
  state = 'requested',
}): string {
  return `insert into refunds (refund_id, order_id, amount, restock, requested_by, provider_key, idempotency_key, request_hash,
      state, due_at)
    select '${refundId}', order_id, ${amount}, '${restock}', 'usr_admin', '${providerKey}', '${idempotencyKey}', repeat('a', 64), '${state}', now()
    from orders`;
}

describe('the tables', () => {
  it.each([
    ['orders_status_is_known', "update orders set status = 'lost'"],
    ['orders_sums_agree', 'update orders set total_amount = total_amount + 0.01'],
    ['orders_sums_agree', 'update orders set tax = -1, total_amount = total_amount - tax - 1'],
    ['orders_keep_no_token', `update orders set payment_method = payment_method || '{"token": "tok_visa"}'`],
    ['orders_parcels_can_be_followed', "update orders set status = 'shipped'"],
    ['orders_paid_were_told_of', 'update orders set acknowledged_at = null'],
    ['orders_refunds_are_covered', 'update orders set refunded_amount = total_amount + 0.01'],
    ['orders_refunds_are_covered', 'update orders set refunded_amount = -0.01'],
    ['orders_refunds_are_covered', "update orders set status = 'refunded'"],
    ['checkouts_state_is_known', "update checkouts set state = 'unheard of'"],
    ['checkouts_epoch_is_counted', 'update checkouts set epoch = 0'],
    ['checkouts_parked_are_unfinished', 'update checkouts set parked_at = now()'],
    ['checkouts_pkey', 'insert into checkouts (order_id, due_at) select order_id, now() from orders'],
    ['refunds_state_is_known', refundOf({ state: 'lost' })],
    ['refunds_amount_is_positive', refundOf({ amount: 0 })],
    ['refunds_restock_is_a_list', refundOf({ restock: '{}' })],
    [
      'refunds_idempotency_key_key',
      `${refundOf({ refundId: 'rfd_1' })}; ${refundOf({ refundId: 'rfd_2', providerKey: 'other' })}`,
    ],
    [
      'order_events_type_is_known',
      "update order_events set type = 'order.lost' where type = 'order.created'",
    ],
    [
      'order_events_order_id_key',
      `insert into order_events (event_id, order_id, type, data) select 'evt_2', order_id, type, data from order_events
       where type = 'order.created'`,
    ],
    ['orders_have_items', 'update orders set item_count = 0'],
    ['orders_currency_is_iso', "update orders set currency = 'usd'"],
    ['order_items_sums_agree', 'update order_items set subtotal = subtotal + 0.01'],
    ['order_items_restock_fits', 'update order_items set restocked_quantity = quantity + 1'],
    ['order_items_restock_fits', 'update order_items set restocked_quantity = -1'],
    [
      'refunds_provider_key_key',
      `${refundOf({})}; ${refundOf({ refundId: 'rfd_2', idempotencyKey: 'other' })}`,
    ],
    ['order_items_quantity_is_in_range', 'update order_items set quantity = 1000, subtotal = price * 1000'],
    ['order_timeline_status_is_known', "update order_timeline set status = 'lost' where status = 'pending'"],
    ['order_timeline_pkey', "update order_timeline set status = 'confirmed' where status = 'pending'"],
    [
      'idempotency_keys_are_printable',
      "insert into idempotency_keys select user_id, 'ü', repeat('a', 64), order_id, now(), now() + interval '1 day' from orders",
    ],
    [
      'orders_live_cart_version_key',
      `insert into orders (order_id, user_id, subtotal, tax, shipping, total_amount, shipping_address, billing_address,
         payment_method, estimated_delivery, item_count, cart_id, cart_version)
       select 'ord_2', user_id, subtotal, tax, shipping, total_amount, shipping_address, billing_address,
         payment_method, estimated_delivery, item_count, cart_id, cart_version from orders`,
    ],
    [
      'orders_open_cart_key',
      `insert into orders (order_id, user_id, subtotal, tax, shipping, total_amount, shipping_address, billing_address,
         payment_method, estimated_delivery, item_count, cart_id, cart_version)
       select 'ord_n' || n, user_id, subtotal, tax, shipping, total_amount, shipping_address, billing_address,
         payment_method, estimated_delivery, item_count, cart_id, cart_version + n from orders, generate_series(1, 2) n`,
    ],
  ])('refuse what breaks %s', async (constraint, statement) => {
    await expect(shop.sql.unsafe(statement)).rejects.toMatchObject({ constraint_name: constraint });
  });

  it('have the document’s columns', async () => {
    const rows = await shop.sql`
      select table_name, column_name, data_type, character_maximum_length as length, numeric_precision as precision,
        numeric_scale as scale, is_nullable
      from information_schema.columns where table_schema = 'public' and table_name in ('orders', 'order_items')`;
    const columns = Object.fromEntries(
      rows.map((row) => [
        `${row.table_name}.${row.column_name}`,
        row.data_type === 'character varying'
          ? `varchar(${row.length})`
          : row.data_type === 'numeric'
            ? `numeric(${row.precision},${row.scale})`
            : row.data_type,
      ]),
    );
    expect(columns).toMatchObject({
      'orders.order_id': 'varchar(50)',
      'orders.user_id': 'varchar(50)',
      'orders.status': 'varchar(50)',
      'orders.subtotal': 'numeric(10,2)',
      'orders.tax': 'numeric(10,2)',
      'orders.shipping': 'numeric(10,2)',
      'orders.total_amount': 'numeric(10,2)',
      'orders.currency': 'varchar(3)',
      'orders.shipping_address': 'jsonb',
      'orders.billing_address': 'jsonb',
      'orders.payment_method': 'jsonb',
      'orders.tracking_info': 'jsonb',
      'orders.estimated_delivery': 'timestamp with time zone',
      'orders.created_at': 'timestamp with time zone',
      'orders.updated_at': 'timestamp with time zone',
      'order_items.item_id': 'varchar(50)',
      'order_items.order_id': 'varchar(50)',
      'order_items.product_id': 'varchar(50)',
      'order_items.product_name': 'varchar(255)',
      'order_items.quantity': 'integer',
      'order_items.price': 'numeric(10,2)',
      'order_items.subtotal': 'numeric(10,2)',
      'order_items.created_at': 'timestamp with time zone',
    });
  });

  it('keep an order’s parts with it', async () => {
    await shop.sql`delete from orders where order_id = ${orderId}`;
    expect(
      await shop.sql`select 1 from order_items union all select 1 from order_timeline
        union all select 1 from checkouts union all select 1 from order_events`,
    ).toHaveLength(0);
  });
});

describe('a list', () => {
  it('is read from its index in its order, whatever the size of the table', async () => {
    await shop.sql`
      insert into orders (order_id, user_id, status, acknowledged_at, created_at, subtotal, tax, shipping,
        total_amount, shipping_address, billing_address, payment_method, tracking_info, estimated_delivery,
        item_count, cart_id, cart_version, cart_consumed_at)
      select 'ord_n' || n, 'usr_' || n % 50, case when n % 3 = 0 then 'shipped' else 'confirmed' end, now(),
        now() - n * interval '1 minute', 1, 0, 0, 1, '{}', '{}', '{}', '{}', now(), 1, 'cart_' || n, 1, now()
      from generate_series(1, 5000) as n`;
    await shop.sql`analyze orders`;
    const lists = {
      orders_user_id_idx: "user_id = 'usr_1'",
      orders_user_status_date_idx: "user_id = 'usr_1' and status = 'shipped'",
      orders_created_at_idx: 'true',
      orders_status_idx: "status = 'shipped'",
    };
    for (const [name, condition] of Object.entries(lists)) {
      const plan = await shop.sql.unsafe(
        `explain select order_id from orders
         where ${condition} and acknowledged_at is not null and (created_at, order_id) < (now(), 'ord_')
         order by created_at desc, order_id desc limit 10`,
      );
      const text = plan.map((row) => row['QUERY PLAN']).join('\n');
      expect(text).toContain(name);
      expect(text).not.toContain('Sort');
    }
  });
});

describe('what is due', () => {
  it('is found by an index that holds nothing else', async () => {
    await shop.sql`
      insert into orders (order_id, user_id, acknowledged_at, status, subtotal, tax, shipping, total_amount,
        shipping_address, billing_address, payment_method, estimated_delivery, item_count, cart_id, cart_version)
      select 'ord_n' || n, 'usr_1', now(), 'cancelled', 1, 0, 0, 1, '{}', '{}', '{}', now(), 1, 'cart_' || n, 1
      from generate_series(1, 5000) as n`;
    await shop.sql`
      insert into checkouts (order_id, state, due_at)
      select 'ord_n' || n, case when n % 1000 = 0 then 'voiding' else 'failed' end, now()
      from generate_series(1, 5000) as n`;
    await shop.sql`analyze checkouts`;
    const plan = await shop.sql`
      explain select order_id from checkouts
      where state not in ('done', 'failed') and parked_at is null and due_at <= now()
      order by due_at, order_id limit 8`;
    expect(plan.map((row) => row['QUERY PLAN']).join('\n')).toContain('checkouts_due_idx');
  });
});
