import type { Fault } from './faults.ts';

const placedEvent = `
  insert into order_events (event_id, position, order_id, type, data)
  values ('evt_test', 1, 'ord_demo_shipped', 'order.created', '{}');`;
const endpoint = `
  insert into webhook_endpoints (endpoint_id, url, secret) values ('whe_test', 'http://localhost', 'secret');`;

/** Work that was not done: all of it is invariant 12's. */
export const unfinishedWork: readonly Fault[] = [
  {
    what: 'a checkout is parked',
    statements: {
      orders: `
        update checkouts set state = 'captured', parked_at = now(), last_error = 'no answer to "ann@example.org"'
        where order_id = 'ord_demo_shipped'`,
    },
    row: { work: 'checkout', state: 'captured', is_parked: true, last_error: 'no answer to "(address)"' },
  },
  {
    what: 'a finished checkout leaves an order otherwise',
    statements: { orders: `update checkouts set state = 'failed' where order_id = 'ord_demo_shipped'` },
    row: { work: 'order', status: 'shipped', state: 'failed' },
  },
  {
    what: 'a refund is under way',
    statements: {
      orders: `
        insert into refunds (refund_id, order_id, amount, restock, requested_by, provider_key, request_hash, due_at)
        values ('rfd_test', 'ord_demo_shipped', 10, '[]', 'usr_admin', 'key', repeat('0', 64), now());
        update orders set refunded_amount = 10 where order_id = 'ord_demo_shipped'`,
    },
    row: { work: 'refund', refund_id: 'rfd_test', state: 'requested', is_parked: false },
  },
  {
    what: 'an event has no place',
    statements: {
      orders: `
        insert into order_events (event_id, order_id, type, data)
        values ('evt_test', 'ord_demo_shipped', 'order.shipped', '{}')`,
    },
    row: { work: 'event', event_id: 'evt_test' },
  },
  {
    what: 'a mail is not sent',
    statements: { orders: `insert into order_mails (order_id, kind) values ('ord_demo_shipped', 'shipped')` },
    row: { work: 'mail', kind: 'shipped' },
  },
  {
    what: 'a delivery was never tried',
    statements: {
      orders: `${placedEvent} ${endpoint}
        insert into webhook_deliveries (endpoint_id, event_id) values ('whe_test', 'evt_test')`,
    },
    row: { work: 'delivery', event_id: 'evt_test', attempts: 0 },
  },
  {
    what: 'a delivery is parked',
    statements: {
      orders: `${placedEvent} ${endpoint}
        insert into webhook_deliveries (endpoint_id, event_id, attempts, parked_at)
        values ('whe_test', 'evt_test', 9, now())`,
    },
    row: { work: 'delivery', event_id: 'evt_test', is_parked: true },
  },
  {
    what: 'a delivery is older than any that is tried again',
    statements: {
      orders: `${placedEvent} ${endpoint}
        insert into webhook_deliveries (endpoint_id, event_id, attempts, due_at, created_at)
        values ('whe_test', 'evt_test', 9, now() + interval '1 hour', now() - interval '73 hours')`,
    },
    row: { work: 'delivery', event_id: 'evt_test', attempts: 9 },
  },
  {
    what: 'a message of the provider is not handled',
    statements: {
      orders: `insert into provider_messages (message_id, type) values ('msg_test', 'payment.captured')`,
    },
    row: { work: 'provider message', message_id: 'msg_test' },
  },
  {
    what: 'a reservation is held past its time',
    statements: {
      catalog: `
        insert into stock_reservations (order_id, product_id, quantity, expires_at)
        values ('ord_demo_shipped', 'prod_001', 1, now() - interval '1 minute');
        select move_stock('reservation', 'ord_demo_shipped', null,
          '[{"productId": "prod_001", "onHandDelta": 0, "reservedDelta": 1}]')`,
    },
    row: { work: 'reservation', order_id: 'ord_demo_shipped', product_id: 'prod_001', quantity: 1 },
  },
].map((fault) => ({ invariant: 12, ...fault }));
