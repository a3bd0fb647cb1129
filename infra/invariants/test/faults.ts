import type { DatabaseName } from '../src/invariant.ts';

/** Something that must not happen, and what is found of it. */
export type Fault = {
  invariant: number;
  what: string;
  statements: Partial<Record<DatabaseName, string>>;
  row: Record<string, unknown>;
};

const order = (row: Record<string, unknown> = {}) => ({ order_id: 'ord_demo_shipped', ...row });

const stockFaults: Fault[] = [
  {
    invariant: 1,
    what: 'less than nothing is on hand',
    statements: {
      catalog: `
        alter table products drop constraint products_stock;
        alter table stock_movements drop constraint stock_movements_after;
        insert into stock_movements (movement_id, product_id, kind, on_hand_delta, reserved_delta, on_hand_after,
          reserved_after)
        select 'mov_test', product_id, 'adjustment', -1 - on_hand, 0, -1, 0 from products where product_id = 'prod_001';
        update products set on_hand = -1 where product_id = 'prod_001'`,
    },
    row: { product_id: 'prod_001', on_hand: -1 },
  },
  {
    invariant: 2,
    what: 'a piece is reserved for nobody',
    statements: { catalog: `update products set reserved = reserved + 1 where product_id = 'prod_001'` },
    row: { product_id: 'prod_001', reserved: 1, held: 0 },
  },
  {
    invariant: 3,
    what: 'a piece appears from nowhere',
    statements: { catalog: `update products set on_hand = on_hand + 1 where product_id = 'prod_001'` },
    row: { product_id: 'prod_001' },
  },
  {
    invariant: 3,
    what: 'a piece is taken for an order that gave all back',
    statements: {
      catalog: `select move_stock('commitment', 'ord_demo_cancelled', null,
        '[{"productId": "prod_050", "onHandDelta": -1, "reservedDelta": 0}]')`,
    },
    row: { order_id: 'ord_demo_cancelled', product_id: 'prod_050', moved: -1, moved_by_reservation: 0 },
  },
  {
    invariant: 4,
    what: 'more is taken than was ordered',
    statements: {
      catalog: `
        update stock_reservations set quantity = 2 where order_id = 'ord_demo_shipped';
        select move_stock('commitment', 'ord_demo_shipped', null,
          '[{"productId": "prod_040", "onHandDelta": -1, "reservedDelta": 0}]')`,
    },
    row: order({ product_id: 'prod_040', ordered: 1, taken: 2 }),
  },
  {
    invariant: 4,
    what: 'pieces come back without a refund',
    statements: {
      catalog: `select restock_order('ord_demo_shipped', 'rfd_test', '[{"productId": "prod_040", "quantity": 1}]')`,
    },
    row: order({ product_id: 'prod_040', returned_by_refunds: 0, returned: 1 }),
  },
  {
    invariant: 4,
    what: 'pieces are set aside for no refund',
    statements: {
      orders: `update order_items set restocked_quantity = 1 where order_id = 'ord_demo_shipped' and product_id = 'prod_040'`,
    },
    row: order({ product_id: 'prod_040', set_aside: 1, refunds: 0 }),
  },
  {
    invariant: 4,
    what: 'pieces are reserved for an order that is not there',
    statements: {
      catalog: `select reserve_stock('ord_nowhere', '[{"productId": "prod_001", "quantity": 2}]', interval '1 hour')`,
    },
    row: { order_id: 'ord_nowhere', held: 2 },
  },
  {
    invariant: 5,
    what: 'a cancelled order takes stock again',
    statements: {
      catalog: `
        delete from stock_releases where order_id = 'ord_demo_cancelled';
        select reserve_stock('ord_demo_cancelled', '[{"productId": "prod_050", "quantity": 1}]', interval '1 hour');
        select commit_stock('ord_demo_cancelled')`,
    },
    row: { order_id: 'ord_demo_cancelled', product_id: 'prod_050', status: 'committed', pieces: 1 },
  },
];

const moneyFaults: Fault[] = [
  {
    invariant: 6,
    what: 'a payment is captured twice',
    statements: {
      payments: `
        drop index entries_single_key;
        insert into entries (entry_key, kind, order_id, authorisation_key, amount, currency, outcome)
        select entry_key || '2', kind, order_id, authorisation_key, amount, currency, outcome
        from entries where order_id = 'ord_demo_shipped' and kind = 'capture'`,
    },
    row: order({ captures: 2 }),
  },
  {
    invariant: 6,
    what: 'less is captured than the order costs',
    statements: {
      payments: `
        update entries set amount = 100 where order_id = 'ord_demo_shipped' and kind = 'capture';
        update payments set captured_amount = 100 where order_id = 'ord_demo_shipped'`,
    },
    row: order({ total: 116.92, captured: 100 }),
  },
  {
    invariant: 6,
    what: 'money goes back that nobody refunded',
    statements: {
      payments: `
        insert into entries (entry_key, kind, order_id, authorisation_key, amount, currency, outcome)
        select 'test', 'refund', order_id, authorisation_key, 10, currency, 'approved'
        from payments where order_id = 'ord_demo_shipped';
        update payments set refunded_amount = 10 where order_id = 'ord_demo_shipped'`,
    },
    row: order({ refunded_by_order: 0, refunded: 10 }),
  },
  {
    invariant: 6,
    what: 'a refund is noted that is not there',
    statements: { orders: `update orders set refunded_amount = 5 where order_id = 'ord_demo_shipped'` },
    row: order({ refunded_amount: 5, refunds: 0 }),
  },
  {
    invariant: 6,
    what: 'a payment is not what its entries say',
    statements: {
      payments: `delete from entries where order_id = 'ord_demo_cancelled' and kind = 'refund'`,
    },
    row: { order_id: 'ord_demo_cancelled', refunded_amount: 160.12, refunded_by_entries: 0 },
  },
  {
    invariant: 7,
    what: 'a cancelled order keeps its money',
    statements: {
      payments: `
        delete from entries where order_id = 'ord_demo_cancelled' and kind = 'refund';
        update payments set refunded_amount = 0, state = 'captured' where order_id = 'ord_demo_cancelled'`,
    },
    row: { order_id: 'ord_demo_cancelled', net: 160.12 },
  },
  {
    invariant: 7,
    what: 'a cancelled order keeps an authorisation',
    statements: {
      payments: `
        delete from entries where order_id = 'ord_demo_cancelled' and kind <> 'authorise';
        update payments set captured_amount = 0, refunded_amount = 0, state = 'authorised'
        where order_id = 'ord_demo_cancelled'`,
    },
    row: { order_id: 'ord_demo_cancelled', state: 'authorised' },
  },
  {
    invariant: 8,
    what: 'a payment has no order',
    statements: {
      payments: `
        insert into payments (authorisation_key, order_id, state, amount, currency)
        values ('test', 'ord_nowhere', 'authorised', 10, 'USD');
        insert into entries (entry_key, kind, order_id, authorisation_key, amount, currency, outcome, reference)
        values ('test', 'authorise', 'ord_nowhere', 'test', 10, 'USD', 'approved', 'pay_test')`,
    },
    row: { authorisation_key: 'test', order_id: 'ord_nowhere', state: 'authorised', amount: 10 },
  },
  {
    invariant: 9,
    what: 'lines do not add up to the subtotal',
    statements: {
      orders: `update order_items set price = 98, subtotal = 98 where order_id = 'ord_demo_shipped'`,
    },
    row: order({ fault: 'sums', subtotal: 99, items: 98 }),
  },
  {
    invariant: 9,
    what: 'a line is not price times quantity',
    statements: {
      orders: `
        alter table order_items drop constraint order_items_sums_agree;
        update order_items set price = 98 where order_id = 'ord_demo_shipped'`,
    },
    row: order({ fault: 'line', price: 98, subtotal: 99 }),
  },
  {
    invariant: 9,
    what: 'subtotal, tax and shipping are not the total',
    statements: {
      orders: `
        alter table orders drop constraint orders_sums_agree;
        update orders set subtotal = 98 where order_id = 'ord_demo_shipped'`,
    },
    row: order({ fault: 'sums', subtotal: 98 }),
  },
  {
    invariant: 9,
    what: 'tax is not what the receipt says',
    statements: {
      orders: `update orders set tax = tax + 0.01, shipping = shipping - 0.01 where order_id = 'ord_demo_shipped'`,
    },
    row: order({ fault: 'receipt', tax: 7.93, tax_by_receipt: 7.92 }),
  },
];

const orderFaults: Fault[] = [
  {
    invariant: 10,
    what: 'two live orders are of one cart version',
    statements: {
      orders: `
        drop index orders_live_cart_version_key;
        update orders set cart_version = 9 where order_id in ('ord_demo_shipped', 'ord_demo_delivered')`,
    },
    row: { cart_version: 9, orders: 2, order_ids: ['ord_demo_delivered', 'ord_demo_shipped'] },
  },
  {
    invariant: 10,
    what: 'two live orders have yet to be taken out of one cart',
    statements: {
      orders: `
        drop index orders_open_cart_key;
        update orders set cart_consumed_at = null where order_id in ('ord_demo_shipped', 'ord_demo_delivered')`,
    },
    row: { cart_id: 'cart_demo_history', orders: 2 },
  },
  {
    invariant: 10,
    what: 'two live orders are of one key',
    statements: {
      orders: `
        alter table idempotency_keys drop constraint idempotency_keys_pkey;
        insert into idempotency_keys (user_id, idempotency_key, request_hash, order_id, expires_at)
        select user_id, 'secret', repeat('0', 64), order_id, now() + interval '1 day'
        from orders where order_id in ('ord_demo_shipped', 'ord_demo_delivered')`,
    },
    row: { user_id: 'usr_demo_customer', orders: 2 },
  },
  {
    invariant: 10,
    what: "a key stands for somebody else's order",
    statements: {
      orders: `
        insert into idempotency_keys (user_id, idempotency_key, request_hash, order_id, expires_at)
        values ('usr_other', 'secret', repeat('0', 64), 'ord_demo_shipped', now() + interval '1 day')`,
    },
    row: order({ user_id: 'usr_other', user_of_order: 'usr_demo_customer' }),
  },
  {
    invariant: 13,
    what: 'an order is shipped that was not confirmed',
    statements: {
      orders: `delete from order_timeline where order_id = 'ord_demo_shipped' and status = 'confirmed'`,
    },
    row: order({ fault: 'timeline', before: 'pending', status: 'shipped' }),
  },
  {
    invariant: 13,
    what: 'a timeline goes back',
    statements: {
      orders: `
        update order_timeline set created_at = created_at + interval '1 year'
        where order_id = 'ord_demo_shipped' and status = 'confirmed'`,
    },
    row: order({ fault: 'timeline', before: 'confirmed', status: 'shipped' }),
  },
  {
    invariant: 13,
    what: 'a status is not in the timeline',
    statements: { orders: `update orders set status = 'delivered' where order_id = 'ord_demo_shipped'` },
    row: order({ fault: 'status', status: 'delivered', last_in_timeline: 'shipped' }),
  },
  {
    invariant: 13,
    what: 'a step has no event, though events were kept by then',
    statements: {
      orders: `
        insert into order_events (event_id, position, order_id, type, data, created_at)
        select 'evt_test', 1, order_id, 'order.created', '{}', acknowledged_at
        from orders where order_id = 'ord_demo_shipped'`,
    },
    row: order({ fault: 'no event', type: 'order.confirmed' }),
  },
  {
    invariant: 13,
    what: 'an event tells of what did not happen',
    statements: {
      orders: `
        insert into order_events (event_id, position, order_id, type, data)
        values ('evt_test', 1, 'ord_demo_shipped', 'order.delivered', '{}')`,
    },
    row: order({ fault: 'event of nothing', type: 'order.delivered' }),
  },
  {
    invariant: 13,
    what: 'an event is there twice',
    statements: {
      orders: `
        drop index order_events_order_id_key;
        insert into order_events (event_id, position, order_id, type, data)
        select 'evt_test_' || place, place, 'ord_demo_shipped', 'order.created', '{}' from generate_series(1, 2) as place`,
    },
    row: order({ fault: 'event twice', type: 'order.created', events: 2 }),
  },
  {
    invariant: 13,
    what: 'a refund is told of twice, and did not fail in between',
    statements: {
      orders: `
        insert into order_events (event_id, position, order_id, type, data)
        select 'evt_test_' || place, place, 'ord_demo_shipped', 'refund.succeeded', '{"refund": {"refundId": "rfd_x"}}'
        from generate_series(1, 2) as place`,
    },
    row: order({ fault: 'event twice', type: 'refund.succeeded', events: 2 }),
  },
  {
    invariant: 13,
    what: 'an event has no mail',
    statements: {
      orders: `
        insert into order_events (event_id, position, order_id, type, data)
        values ('evt_test', 1, 'ord_demo_shipped', 'order.shipped', '{}')`,
    },
    row: order({ fault: 'no mail', kind: 'shipped' }),
  },
  {
    invariant: 13,
    what: 'a mail tells of what did not happen',
    statements: {
      orders: `
        insert into order_mails (order_id, kind, sent_at) values ('ord_demo_shipped', 'cancelled', now())`,
    },
    row: order({ fault: 'mail of nothing', kind: 'cancelled' }),
  },
  {
    invariant: 14,
    what: 'a consumption is not recorded',
    statements: {
      orders: `
        update orders set cart_id = 'cart_usr_demo_customer', cart_consumed_at = now()
        where order_id = 'ord_demo_shipped'`,
    },
    row: order({ fault: 'consumption is not recorded' }),
  },
  {
    invariant: 14,
    what: 'a consumed cart still holds what was ordered',
    statements: {
      orders: `
        update orders set cart_id = 'cart_usr_demo_customer', cart_version = 1, cart_consumed_at = now()
        where order_id = 'ord_demo_shipped'`,
      cart: `
        insert into cart_items (item_id, cart_id, product_id, price)
        values ('item_test', 'cart_usr_demo_customer', 'prod_040', 99);
        insert into cart_consumptions (order_id, cart_id, version)
        values ('ord_demo_shipped', 'cart_usr_demo_customer', 1);
        update carts set version = 2 where cart_id = 'cart_usr_demo_customer'`,
    },
    row: order({ fault: 'still holds what was ordered', product_id: 'prod_040' }),
  },
  {
    invariant: 14,
    what: 'a cart is consumed for an order that is not there',
    statements: {
      cart: `
        insert into cart_consumptions (order_id, cart_id, version)
        values ('ord_nowhere', 'cart_usr_demo_customer', 1)`,
    },
    row: { order_id: 'ord_nowhere', fault: 'consumed for another order' },
  },
  {
    invariant: 15,
    what: 'an order is of nobody',
    statements: { orders: `update orders set user_id = 'usr_nobody' where order_id = 'ord_demo_shipped'` },
    row: order({ user_id: 'usr_nobody' }),
  },
  {
    invariant: 15,
    what: 'a cart is of nobody',
    statements: { cart: `insert into carts (cart_id, user_id) values ('cart_usr_nobody', 'usr_nobody')` },
    row: { cart_id: 'cart_usr_nobody', user_id: 'usr_nobody' },
  },
];

const erasedUser = `
  update users set email = 'erased-test@erased.invalid', password_hash = '$2-erased', first_name = 'Erased',
    last_name = 'Customer', phone_number = null, is_active = false, email_verified = false, erased_at = now()
  where user_id = 'usr_demo_customer';
  delete from addresses where user_id = 'usr_demo_customer';
  insert into erasures (erasure_id, user_id) values ('ers_test', 'usr_demo_customer');
  insert into erasure_proofs (erasure_id, subgraph, due_at, proof, proved_at)
  select 'ers_test', name, now(), '{}', now() from unnest(array['users', 'cart', 'orders', 'catalog']) name;`;
const erasedCart = `select erase_customer('usr_demo_customer')`;
const erasedOrders = `select erase_customer('usr_demo_customer', 100)`;
/** The demonstration customer deleted the account. */
export const erased = { users: erasedUser, cart: erasedCart, orders: erasedOrders };

const erasureFaults: Fault[] = [
  {
    invariant: 16,
    what: 'an erased order still has an address',
    statements: {
      ...erased,
      orders: `${erasedOrders}; alter table orders drop constraint orders_erased_name_nobody;
        update orders set billing_address = jsonb_set(billing_address, '{street}', '"1 Main St"')
        where order_id = 'ord_demo_delivered'`,
    },
    row: { order_id: 'ord_demo_delivered', fault: 'erased order names somebody' },
  },
  {
    invariant: 16,
    what: 'an erased order has a note again',
    statements: {
      ...erased,
      orders: `${erasedOrders}; update order_timeline set note = 'for Casey'
        where order_id = 'ord_demo_delivered' and status = 'delivered'`,
    },
    row: { order_id: 'ord_demo_delivered', fault: 'erased order names somebody' },
  },
  {
    invariant: 16,
    what: 'an order became final and was not erased',
    statements: {
      ...erased,
      orders: `insert into erased_customers (user_id, counts) values ('usr_demo_customer', '{}');`,
    },
    row: { order_id: 'ord_demo_delivered', fault: 'final order of an erased customer' },
  },
  {
    invariant: 16,
    what: 'a subgraph was not told of an erasure',
    statements: {
      ...erased,
      users: `${erasedUser} update erasure_proofs set proof = null, proved_at = null where subgraph = 'catalog'`,
    },
    row: { subgraph: 'catalog', fault: 'has not answered' },
  },
  {
    invariant: 16,
    what: 'an erased account keeps an address',
    statements: {
      ...erased,
      users: `${erasedUser} insert into addresses (address_id, user_id, street, city, state, zip_code, country)
        values ('addr_test', 'usr_demo_customer', '1 Main St', 'Troy', 'NY', '12180', 'USA')`,
    },
    row: { user_id: 'usr_demo_customer', fault: 'account is not erased' },
  },
  {
    invariant: 16,
    what: 'an erased customer has a cart',
    statements: { users: erasedUser, orders: erasedOrders },
    row: { user_id: 'usr_demo_customer', fault: 'cart of an erased customer' },
  },
  {
    invariant: 16,
    what: 'orders says that it erased a customer, and does not know of it',
    statements: { users: erasedUser, cart: erasedCart },
    row: { user_id: 'usr_demo_customer', fault: 'orders does not know of the erasure' },
  },
];

export const faults: readonly Fault[] = [...stockFaults, ...moneyFaults, ...orderFaults, ...erasureFaults];
