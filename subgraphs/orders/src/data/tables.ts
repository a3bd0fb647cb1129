import { type SQL, sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
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
import { checkoutStates, orderStatuses } from './order-record.ts';

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
    checkoutState: varchar('checkout_state', { length: 20, enum: checkoutStates })
      .notNull()
      .default('placing'),
    /** Null hides the order from everybody. */
    acknowledgedAt: moment('acknowledged_at'),
    /** When the ordered pieces were known to be out of the cart; null before. */
    cartConsumedAt: moment('cart_consumed_at'),
    /** When unfinished work on it was last taken up. */
    attemptedAt: moment('attempted_at').notNull().defaultNow(),
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
    // What is to be resumed.
    index('orders_unfinished_idx')
      .on(t.attemptedAt, t.orderId)
      .where(sql`${t.checkoutState} not in ('settled', 'failed', 'closed')`),
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
      'orders_checkout_state_fits',
      sql`case ${t.checkoutState}
        when 'placing' then ${t.status} = 'pending'
        when 'taken' then ${t.status} not in ('cancelled', 'refunded') and ${t.acknowledgedAt} is not null
        when 'settled' then ${t.status} not in ('pending', 'cancelled', 'refunded') and ${t.acknowledgedAt} is not null and ${t.cartConsumedAt} is not null
        when 'undoing' then ${t.status} = 'cancelled'
        when 'failed' then ${t.status} = 'cancelled'
        when 'cancelling' then ${t.status} = 'cancelled' and ${t.acknowledgedAt} is not null
        when 'refunding' then ${t.status} = 'refunded' and ${t.acknowledgedAt} is not null
        when 'closed' then ${t.status} in ('cancelled', 'refunded') and ${t.acknowledgedAt} is not null
        else false end`,
    ),
  ],
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
  },
  (t) => [
    // The lines of orders, in their order.
    uniqueIndex('order_items_order_id_key').on(t.orderId, t.position),
    // The orders of a product; a product stands in an order once.
    uniqueIndex('order_items_product_id_key').on(t.productId, t.orderId),
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
