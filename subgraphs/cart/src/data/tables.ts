import { sql } from 'drizzle-orm';
import {
  check,
  index,
  integer,
  jsonb,
  numeric,
  pgTable,
  timestamp,
  uniqueIndex,
  varchar,
} from 'drizzle-orm/pg-core';

const id = (name: string) => varchar(name, { length: 50 });
const time = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });

/** One row a user, made by the first addition. Locked by every change of its lines. */
export const carts = pgTable(
  'carts',
  {
    cartId: id('cart_id').primaryKey(),
    userId: id('user_id').notNull(),
    /** Counts changes of the lines; showing prices changes none. */
    version: integer('version').notNull().default(0),
    createdAt: time('created_at').notNull().defaultNow(),
    /** Kept by a trigger. */
    updatedAt: time('updated_at').notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex('idx_user_id').on(table.userId),
    check('carts_cart_id_check', sql`${table.cartId} = 'cart_' || ${table.userId}`),
    check('carts_version_check', sql`${table.version} >= 0`),
  ],
);

export const cartItems = pgTable(
  'cart_items',
  {
    itemId: id('item_id').primaryKey(),
    cartId: id('cart_id')
      .notNull()
      .references(() => carts.cartId, { onDelete: 'cascade' }),
    /** A product of the catalog, which is another database: no foreign key. */
    productId: id('product_id').notNull(),
    quantity: integer('quantity').notNull().default(1),
    /** What one piece cost when the customer was last shown it. */
    price: numeric('price', { precision: 10, scale: 2 }).notNull(),
    currency: varchar('currency', { length: 3 }).notNull().default('USD'),
    createdAt: time('created_at').notNull().defaultNow(),
    /** Kept by a trigger. */
    updatedAt: time('updated_at').notNull().defaultNow(),
  },
  (table) => [
    // Also finds the lines of a cart, which would be the index on cart_id alone.
    uniqueIndex('idx_cart_product').on(table.cartId, table.productId),
    index('idx_product_id').on(table.productId),
    check('cart_items_quantity_check', sql`${table.quantity} between 1 and 999`),
    check('cart_items_price_check', sql`${table.price} >= 0`),
    check('cart_items_currency_check', sql`${table.currency} ~ '^[A-Z]{3}$'`),
  ],
);

/** Orders that were taken out of their carts: the inbox that makes doing so again harmless. */
export const cartConsumptions = pgTable(
  'cart_consumptions',
  {
    orderId: id('order_id').primaryKey(),
    /** No foreign key: an order may be recorded for a cart that never had a row. */
    cartId: id('cart_id').notNull(),
    /** The version that was ordered. */
    version: integer('version').notNull(),
    consumedAt: time('consumed_at').notNull().defaultNow(),
  },
  // Finds what is old enough to be forgotten.
  (table) => [index('cart_consumptions_age').on(table.consumedAt)],
);

/** Customers who deleted their account: nothing is written for them any more. Locked by an advisory lock on the id,
 *  which each addition to a cart shares. */
export const erasedCustomers = pgTable('erased_customers', {
  userId: id('user_id').primaryKey(),
  erasedAt: time('erased_at').notNull().defaultNow(),
  /** What was found and erased: how many rows of which kind. */
  counts: jsonb('counts').notNull(),
});
