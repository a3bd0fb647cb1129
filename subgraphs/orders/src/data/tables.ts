import { type SQL, sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  bigint,
  boolean,
  char,
  check,
  index,
  integer,
  jsonb,
  numeric,
  pgTable,
  primaryKey,
  smallint,
  timestamp,
  uniqueIndex,
  varchar,
} from 'drizzle-orm/pg-core';
import { checkoutStates } from './checkout-record.ts';
import { eventTypes, mailKinds } from './event-record.ts';
import { orderStatuses } from './order-record.ts';
import { refundStates } from './refund-record.ts';

const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });
const money = (name: string) => numeric(name, { precision: 10, scale: 2 }).notNull();
const createdAt = () => moment('created_at').notNull().defaultNow();
const statusColumn = () => varchar('status', { length: 50, enum: orderStatuses }).notNull();

function isOneOf(column: AnyPgColumn, values: readonly string[]): SQL {
  return sql`${column} in (${sql.raw(values.map((value) => `'${value}'`).join(', '))})`;
}

export const orders = pgTable(
  'orders',
  {
    orderId: varchar('order_id', { length: 50 }).primaryKey(),
    userId: varchar('user_id', { length: 50 }).notNull(),
    status: statusColumn().default('pending'),
    subtotal: money('subtotal'),
    tax: money('tax'),
    shipping: money('shipping'),
    totalAmount: money('total_amount'),
    currency: varchar('currency', { length: 3 }).notNull().default('USD'),
    shippingAddress: jsonb('shipping_address').notNull(),
    billingAddress: jsonb('billing_address').notNull(),
    paymentMethod: jsonb('payment_method').notNull(),
    trackingInfo: jsonb('tracking_info'),
    estimatedDelivery: moment('estimated_delivery').notNull(),
    createdAt: createdAt(),
    updatedAt: moment('updated_at').notNull().defaultNow(),
    /** Sum of the items' quantities; the items never change. */
    itemCount: integer('item_count').notNull(),
    cartId: varchar('cart_id', { length: 50 }).notNull(),
    cartVersion: integer('cart_version').notNull(),
    /** Null hides the order from everybody. */
    acknowledgedAt: moment('acknowledged_at'),
    /** When the ordered pieces were known to be out of the cart; null before. */
    cartConsumedAt: moment('cart_consumed_at'),
    /** What went back, or is going back, by refunds. */
    refundedAmount: money('refunded_amount').default('0'),
    /** How tax and shipping came about: PricingRecord. Null for orders older than receipts. */
    pricing: jsonb('pricing'),
    /** When the person was taken out of it, once it was final, since the customer deleted the account; else null. */
    erasedAt: moment('erased_at'),
  },
  (t) => [
    // One cart version is at most one live order. An order that failed, or was given back, frees it.
    uniqueIndex('orders_live_cart_version_key')
      .on(t.cartId, t.cartVersion)
      .where(sql`${t.status} not in ('cancelled', 'refunded')`),
    // A cart, of whatever version, has one live order at most that its pieces are still to be taken out for:
    // what was added meanwhile makes a new version, which holds the ordered pieces as well.
    uniqueIndex('orders_open_cart_key')
      .on(t.cartId)
      .where(sql`${t.cartConsumedAt} is null and ${t.status} not in ('cancelled', 'refunded')`),
    // A customer's orders, newest first; the same of one status. What is hidden is never listed.
    index('orders_user_id_idx')
      .on(t.userId, t.createdAt, t.orderId)
      .where(sql`${t.acknowledgedAt} is not null`),
    index('orders_user_status_date_idx')
      .on(t.userId, t.status, t.createdAt, t.orderId)
      .where(sql`${t.acknowledgedAt} is not null`),
    // The same over all customers, for administrators.
    index('orders_created_at_idx').on(t.createdAt, t.orderId).where(sql`${t.acknowledgedAt} is not null`),
    index('orders_status_idx')
      .on(t.status, t.createdAt, t.orderId)
      .where(sql`${t.acknowledgedAt} is not null`),
    // The rest of a customer's orders, for erasures: those that are hidden.
    index('orders_hidden_user_id_idx').on(t.userId).where(sql`${t.acknowledgedAt} is null`),
    check('orders_status_is_known', isOneOf(t.status, orderStatuses)),
    check(
      'orders_sums_agree',
      sql`${t.subtotal} >= 0 and ${t.tax} >= 0 and ${t.shipping} >= 0 and ${t.totalAmount} = ${t.subtotal} + ${t.tax} + ${t.shipping}`,
    ),
    check('orders_currency_is_iso', sql`${t.currency} ~ '^[A-Z]{3}$'`),
    check('orders_have_items', sql`${t.itemCount} > 0`),
    check('orders_cart_version_is_counted', sql`${t.cartVersion} >= 0`),
    check('orders_keep_no_token', sql`not jsonb_exists(${t.paymentMethod}, 'token')`),
    check(
      'orders_parcels_can_be_followed',
      sql`${t.status} not in ('shipped', 'delivered') or ${t.trackingInfo} is not null`,
    ),
    check(
      'orders_refunds_are_covered',
      sql`${t.refundedAmount} between 0 and ${t.totalAmount} and (${t.status} <> 'refunded' or ${t.refundedAmount} = ${t.totalAmount})`,
    ),
    check(
      'orders_paid_were_told_of',
      sql`${t.status} in ('pending', 'cancelled') or ${t.acknowledgedAt} is not null`,
    ),
    check(
      'orders_erased_are_final',
      sql`${t.erasedAt} is null or ${t.status} in ('delivered', 'cancelled', 'refunded')`,
    ),
    check(
      'orders_erased_name_nobody',
      sql`${t.erasedAt} is null or ${t.shippingAddress} @> '{"street": "", "city": "", "zipCode": ""}' and ${t.billingAddress} @> '{"street": "", "city": "", "zipCode": ""}' and ${t.paymentMethod} @> '{"brand": null, "last4": null}' and (${t.trackingInfo} is null or ${t.trackingInfo} @> '{"trackingNumber": "", "url": null}')`,
    ),
  ],
);

/** Customers who deleted their account: nothing is written for them any more. Locked by an advisory lock on the id,
 *  which each new order shares. */
export const erasedCustomers = pgTable(
  'erased_customers',
  {
    userId: varchar('user_id', { length: 50 }).primaryKey(),
    erasedAt: moment('erased_at').notNull().defaultNow(),
    /** What was found and erased at first: how many rows of which kind. */
    counts: jsonb('counts').notNull(),
    /** When the last of their orders was rid of the person; null while some are still open. */
    finishedAt: moment('finished_at'),
  },
  // Whose orders are still to be looked after.
  (t) => [index('erased_customers_unfinished_idx').on(t.userId).where(sql`${t.finishedAt} is null`)],
);

export const orderItems = pgTable(
  'order_items',
  {
    itemId: varchar('item_id', { length: 50 }).primaryKey(),
    orderId: varchar('order_id', { length: 50 })
      .notNull()
      .references(() => orders.orderId, { onDelete: 'cascade' }),
    productId: varchar('product_id', { length: 50 }).notNull(),
    productName: varchar('product_name', { length: 255 }).notNull(),
    quantity: integer('quantity').notNull(),
    price: money('price'),
    subtotal: money('subtotal'),
    createdAt: createdAt(),
    /** Place in the order, from 0. */
    position: smallint('position').notNull(),
    /** Pieces that went back into the stock, or are going back, by refunds. */
    restockedQuantity: integer('restocked_quantity').notNull().default(0),
  },
  (t) => [
    // The lines of orders, in their order.
    uniqueIndex('order_items_order_id_key').on(t.orderId, t.position),
    // The orders of a product; a product stands in an order once.
    uniqueIndex('order_items_product_id_key').on(t.productId, t.orderId),
    check('order_items_restock_fits', sql`${t.restockedQuantity} between 0 and ${t.quantity}`),
    check('order_items_quantity_is_in_range', sql`${t.quantity} between 1 and 999`),
    check('order_items_sums_agree', sql`${t.price} >= 0 and ${t.subtotal} = ${t.price} * ${t.quantity}`),
  ],
);

/** When an order came to which status. An order has a status at most once. */
export const orderTimeline = pgTable(
  'order_timeline',
  {
    orderId: varchar('order_id', { length: 50 })
      .notNull()
      .references(() => orders.orderId, { onDelete: 'cascade' }),
    status: statusColumn(),
    note: varchar('note', { length: 500 }),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ name: 'order_timeline_pkey', columns: [t.orderId, t.status] }),
    check('order_timeline_status_is_known', isOneOf(t.status, orderStatuses)),
  ],
);

/** What is left to do for an order, beside what customers see as its status: one row an order. */
export const checkouts = pgTable(
  'checkouts',
  {
    orderId: varchar('order_id', { length: 50 })
      .primaryKey()
      .references(() => orders.orderId, { onDelete: 'cascade' }),
    state: varchar('state', { length: 20, enum: checkoutStates }).notNull().default('started'),
    /** Grows with every taking up: who works under an older one can write nothing any more. */
    epoch: integer('epoch').notNull().default(1),
    /** Times it was taken up since it last got on. */
    attempts: integer('attempts').notNull().default(0),
    /** Nobody takes it up before: somebody is at work on it, or it failed a moment ago. */
    dueAt: moment('due_at').notNull(),
    /** Given up until an administrator retries it. */
    parkedAt: moment('parked_at'),
    /** Code of the error that undid it; null where nothing did. */
    failure: varchar('failure', { length: 20 }),
    lastError: varchar('last_error', { length: 500 }),
    updatedAt: moment('updated_at').notNull().defaultNow(),
  },
  (t) => [
    // What is to be taken up.
    index('checkouts_due_idx')
      .on(t.dueAt, t.orderId)
      .where(sql`${t.state} not in ('done', 'failed') and ${t.parkedAt} is null`),
    // What administrators are to look into.
    index('checkouts_parked_idx').on(t.parkedAt, t.orderId).where(sql`${t.parkedAt} is not null`),
    check('checkouts_state_is_known', isOneOf(t.state, checkoutStates)),
    check('checkouts_epoch_is_counted', sql`${t.epoch} >= 1 and ${t.attempts} >= 0`),
    check(
      'checkouts_parked_are_unfinished',
      sql`${t.parkedAt} is null or ${t.state} not in ('done', 'failed')`,
    ),
  ],
);

/** Which order a client's key stands for. The answer follows from the order: what it says at first never changes. */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    userId: varchar('user_id', { length: 50 }).notNull(),
    idempotencyKey: varchar('idempotency_key', { length: 255 }).notNull(),
    /** SHA-256 in hex of the canonical input. */
    requestHash: char('request_hash', { length: 64 }).notNull(),
    orderId: varchar('order_id', { length: 50 })
      .notNull()
      .references(() => orders.orderId, { onDelete: 'cascade' }),
    createdAt: createdAt(),
    expiresAt: moment('expires_at').notNull(),
  },
  (t) => [
    primaryKey({ name: 'idempotency_keys_pkey', columns: [t.userId, t.idempotencyKey] }),
    // Removing what has expired.
    index('idempotency_keys_expires_at_idx').on(t.expiresAt),
    // Cascading from an order.
    index('idempotency_keys_order_id_idx').on(t.orderId),
    check('idempotency_keys_are_printable', sql`${t.idempotencyKey} ~ '^[\\x20-\\x7e]+$'`),
    check('idempotency_keys_expire', sql`${t.expiresAt} > ${t.createdAt}`),
  ],
);

/** Money that an administrator gives back, all or a part of it. */
export const refunds = pgTable(
  'refunds',
  {
    refundId: varchar('refund_id', { length: 50 }).primaryKey(),
    orderId: varchar('order_id', { length: 50 })
      .notNull()
      .references(() => orders.orderId, { onDelete: 'cascade' }),
    amount: money('amount'),
    reason: varchar('reason', { length: 500 }),
    /** [{ productId, quantity }]: what goes back into the stock. */
    restock: jsonb('restock').notNull(),
    /** The administrator; `checkout` where a cancellation owes it. */
    requestedBy: varchar('requested_by', { length: 50 }).notNull(),
    /** Under which the provider is asked: another one after each clear no. Null: `<order>:refund:<refund>`, of
     *  instances that knew of no others. */
    providerKey: varchar('provider_key', { length: 150 }),
    /** The customer was told of it, or the order is cancelled: it stays, whatever the provider says. */
    isOwed: boolean('is_owed').notNull().default(false),
    /** The provider has said no under the last key; nobody has asked under the present one. */
    isRefused: boolean('is_refused').notNull().default(false),
    /** Since when the provider has it under way; null where it does not, as far as is known. */
    pendingSince: moment('pending_since'),
    /** The administrator who says that it was paid back in another way than by the provider; null where it was not. */
    paidElsewhereBy: varchar('paid_elsewhere_by', { length: 50 }),
    /** The client's key for the request; null without one. */
    idempotencyKey: varchar('idempotency_key', { length: 255 }),
    /** SHA-256 in hex of the canonical input. */
    requestHash: char('request_hash', { length: 64 }).notNull(),
    state: varchar('state', { length: 20, enum: refundStates }).notNull().default('requested'),
    attempts: integer('attempts').notNull().default(0),
    dueAt: moment('due_at').notNull(),
    parkedAt: moment('parked_at'),
    lastError: varchar('last_error', { length: 500 }),
    createdAt: createdAt(),
    refundedAt: moment('refunded_at'),
  },
  (t) => [
    // The refunds of orders, oldest first.
    index('refunds_order_id_idx').on(t.orderId, t.createdAt, t.refundId),
    uniqueIndex('refunds_idempotency_key_key').on(t.orderId, t.idempotencyKey),
    uniqueIndex('refunds_provider_key_key').on(t.providerKey),
    // What is to be taken up.
    index('refunds_due_idx')
      .on(t.dueAt, t.refundId)
      .where(sql`${t.state} not in ('done', 'refused') and ${t.parkedAt} is null`),
    // What administrators are to look into.
    index('refunds_parked_idx').on(t.parkedAt).where(sql`${t.parkedAt} is not null`),
    check('refunds_state_is_known', isOneOf(t.state, refundStates)),
    check('refunds_amount_is_positive', sql`${t.amount} > 0`),
    check('refunds_restock_is_a_list', sql`jsonb_typeof(${t.restock}) = 'array'`),
  ],
);

/** The outbox: what became of orders, written together with it. An event gets its position only afterwards, in
 *  the order in which events became visible: numbers given at the insert would commit in another order. */
export const orderEvents = pgTable(
  'order_events',
  {
    eventId: varchar('event_id', { length: 50 }).primaryKey(),
    /** Order of writing; of one order's events always the order of what happened. */
    sequence: bigint('sequence', { mode: 'number' }).notNull().generatedAlwaysAsIdentity(),
    /** Place in the feed, from 1 and without gaps; null until it has one. */
    position: bigint('position', { mode: 'number' }),
    orderId: varchar('order_id', { length: 50 })
      .notNull()
      .references(() => orders.orderId, { onDelete: 'cascade' }),
    type: varchar('type', { length: 30, enum: eventTypes }).notNull(),
    /** The order as it was then, as subscribers get it. */
    data: jsonb('data').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    // The feed.
    uniqueIndex('order_events_position_key').on(t.position),
    // What has no position yet.
    index('order_events_new_idx').on(t.sequence).where(sql`${t.position} is null`),
    // Each thing happens to an order once; refunds may be several.
    uniqueIndex('order_events_order_id_key')
      .on(t.orderId, t.type)
      .where(sql`${t.type} not in ('refund.succeeded', 'refund.failed')`),
    check('order_events_type_is_known', isOneOf(t.type, eventTypes)),
    check('order_events_position_counts', sql`${t.position} >= 1`),
  ],
);

/** Mails to customers: one for each order and kind. */
export const orderMails = pgTable(
  'order_mails',
  {
    orderId: varchar('order_id', { length: 50 })
      .notNull()
      .references(() => orders.orderId, { onDelete: 'cascade' }),
    kind: varchar('kind', { length: 20, enum: mailKinds }).notNull(),
    attempts: integer('attempts').notNull().default(0),
    dueAt: moment('due_at').notNull().defaultNow(),
    sentAt: moment('sent_at'),
    parkedAt: moment('parked_at'),
    lastError: varchar('last_error', { length: 500 }),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ name: 'order_mails_pkey', columns: [t.orderId, t.kind] }),
    // What is to be sent.
    index('order_mails_due_idx')
      .on(t.dueAt, t.orderId)
      .where(sql`${t.sentAt} is null and ${t.parkedAt} is null`),
    // What administrators are to look into.
    index('order_mails_parked_idx').on(t.parkedAt).where(sql`${t.parkedAt} is not null`),
    check('order_mails_kind_is_known', isOneOf(t.kind, mailKinds)),
  ],
);

/** Who wants to be told of events over HTTP. */
export const webhookEndpoints = pgTable(
  'webhook_endpoints',
  {
    endpointId: varchar('endpoint_id', { length: 50 }).primaryKey(),
    url: varchar('url', { length: 2_000 }).notNull(),
    /** Key of the signatures: needed in clear to sign. */
    secret: varchar('secret', { length: 100 }).notNull(),
    /** Types it wants; all where null. */
    eventTypes: jsonb('event_types'),
    description: varchar('description', { length: 500 }),
    isActive: boolean('is_active').notNull().default(true),
    createdAt: createdAt(),
  },
  (t) => [
    check('webhook_endpoints_url_is_http', sql`${t.url} ~ '^https?://'`),
    check(
      'webhook_endpoints_types_are_a_list',
      sql`${t.eventTypes} is null or jsonb_typeof(${t.eventTypes}) = 'array'`,
    ),
  ],
);

/** An event on its way to an endpoint. */
export const webhookDeliveries = pgTable(
  'webhook_deliveries',
  {
    endpointId: varchar('endpoint_id', { length: 50 })
      .notNull()
      .references(() => webhookEndpoints.endpointId, { onDelete: 'cascade' }),
    eventId: varchar('event_id', { length: 50 })
      .notNull()
      .references(() => orderEvents.eventId, { onDelete: 'cascade' }),
    attempts: integer('attempts').notNull().default(0),
    dueAt: moment('due_at').notNull().defaultNow(),
    deliveredAt: moment('delivered_at'),
    /** Given up after three days; may be replayed. */
    parkedAt: moment('parked_at'),
    /** Status of the last answer; null where there was none. */
    lastStatus: smallint('last_status'),
    lastError: varchar('last_error', { length: 500 }),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ name: 'webhook_deliveries_pkey', columns: [t.endpointId, t.eventId] }),
    // What is to be delivered, by endpoint: a long queue of one must not be read through for another's.
    index('webhook_deliveries_due_idx')
      .on(t.endpointId, t.dueAt, t.eventId)
      .where(sql`${t.deliveredAt} is null and ${t.parkedAt} is null`),
    // An endpoint's deliveries, newest first.
    index('webhook_deliveries_endpoint_id_idx').on(t.endpointId, t.createdAt, t.eventId),
    index('webhook_deliveries_parked_idx').on(t.parkedAt).where(sql`${t.parkedAt} is not null`),
    // Retention.
    index('webhook_deliveries_created_at_idx').on(t.createdAt),
    // Cascading from an event.
    index('webhook_deliveries_event_id_idx').on(t.eventId),
  ],
);

/** The inbox of what payment providers say by themselves, each message once. They only wake a checkout up, which
 *  then asks: a forged or late one can change nothing. */
export const providerMessages = pgTable(
  'provider_messages',
  {
    messageId: varchar('message_id', { length: 255 }).primaryKey(),
    type: varchar('type', { length: 100 }).notNull(),
    /** Null where it is about none of our orders. */
    orderId: varchar('order_id', { length: 50 }),
    /** Key of the refund that failed; null where it is about none. */
    failedRefundKey: varchar('failed_refund_key', { length: 150 }),
    attempts: integer('attempts').notNull().default(0),
    dueAt: moment('due_at').notNull().defaultNow(),
    handledAt: moment('handled_at'),
    parkedAt: moment('parked_at'),
    lastError: varchar('last_error', { length: 500 }),
    createdAt: createdAt(),
  },
  (t) => [
    // What is to be handled.
    index('provider_messages_due_idx')
      .on(t.dueAt, t.messageId)
      .where(sql`${t.handledAt} is null and ${t.parkedAt} is null`),
    index('provider_messages_parked_idx').on(t.parkedAt).where(sql`${t.parkedAt} is not null`),
    // Retention.
    index('provider_messages_created_at_idx').on(t.createdAt),
  ],
);
