import { type SQL, sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  bigint,
  boolean,
  check,
  customType,
  foreignKey,
  index,
  integer,
  jsonb,
  numeric,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  varchar,
} from 'drizzle-orm/pg-core';

const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' });

const id = (name: string) => varchar(name, { length: 50 });
const time = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });

/** A fact about a product. A list, since jsonb forgets the order of an object's keys. */
export type SpecificationEntry = { name: string; value: string };

export const categories = pgTable(
  'categories',
  {
    categoryId: id('category_id').primaryKey(),
    slug: varchar('slug', { length: 100 }).notNull().unique('categories_slug_unique'),
    name: varchar('name', { length: 100 }).notNull(),
    description: varchar('description', { length: 500 }),
    parentId: id('parent_id').references((): AnyPgColumn => categories.categoryId),
    position: integer('position').notNull().default(0),
    createdAt: time('created_at').notNull().defaultNow(),
    updatedAt: time('updated_at').notNull().defaultNow(),
  },
  (table) => [
    index('categories_parent').on(table.parentId),
    // The top categories are siblings, too, and nulls would not be equal.
    uniqueIndex('categories_sibling_name_unique').on(
      sql`coalesce(${table.parentId}, '')`,
      sql`lower(${table.name})`,
    ),
    check('categories_parent_other', sql`${table.parentId} <> ${table.categoryId}`),
    check('categories_slug_form', sql`${table.slug} ~ '^[a-z0-9]+(-[a-z0-9]+)*$'`),
    check('categories_name_present', sql`btrim(${table.name}) <> ''`),
    check('categories_position_from_zero', sql`${table.position} >= 0`),
  ],
);

export const products = pgTable(
  'products',
  {
    productId: id('product_id').primaryKey(),
    name: varchar('name', { length: 255 }).notNull(),
    description: text('description'),
    longDescription: text('long_description'),
    price: numeric('price', { precision: 10, scale: 2 }).notNull(),
    currency: varchar('currency', { length: 3 }).notNull().default('USD'),
    categoryId: id('category_id')
      .notNull()
      .references(() => categories.categoryId),
    // The top two names of the category's path; triggers keep them in step with the tree.
    category: varchar('category', { length: 100 }).notNull(),
    subcategory: varchar('subcategory', { length: 100 }),
    brand: varchar('brand', { length: 100 }),
    sku: varchar('sku', { length: 100 }).unique('products_sku_unique'),
    onHand: integer('on_hand').notNull().default(0),
    reserved: integer('reserved').notNull().default(0),
    inventory: integer('inventory')
      .notNull()
      .generatedAlwaysAs((): SQL => sql`on_hand - reserved`),
    images: jsonb('images').$type<readonly string[]>().notNull().default([]),
    specifications: jsonb('specifications').$type<readonly SpecificationEntry[]>().notNull().default([]),
    rating: numeric('rating', { precision: 3, scale: 2 }).notNull().default('0.00'),
    reviewCount: integer('review_count').notNull().default(0),
    isActive: boolean('is_active').notNull().default(true),
    // Stems find other forms of a word, the plain words of name and brand its beginnings. A SKU is found
    // without its hyphens as well.
    search: tsvector('search')
      .notNull()
      .generatedAlwaysAs(
        (): SQL => sql`setweight(to_tsvector('english', search_words(name)), 'A')
          || setweight(to_tsvector('simple', search_words(name)), 'A')
          || setweight(to_tsvector('english', search_words(coalesce(brand, ''))), 'B')
          || setweight(to_tsvector('simple', search_words(coalesce(brand, '') || ' ' || coalesce(sku, ''))), 'B')
          || setweight(to_tsvector('simple', replace(search_words(coalesce(sku, '')), ' ', '')), 'B')
          || setweight(to_tsvector('english', search_words(coalesce(description, ''))), 'C')
          || setweight(to_tsvector('english', search_words(category || ' ' || coalesce(subcategory, ''))), 'D')`,
      ),
    createdAt: time('created_at').notNull().defaultNow(),
    updatedAt: time('updated_at').notNull().defaultNow(),
  },
  (table) => [
    // The design's idx_category is the left part of this one.
    index('idx_category_price').on(table.category, table.price),
    index('idx_price').on(table.price),
    index('idx_created_at').on(table.createdAt),
    index('idx_search').using('gin', table.search),
    index('products_category_id').on(table.categoryId),
    index('products_name_order').on(sql`lower(${table.name})`),
    index('products_brand').on(sql`lower(${table.brand})`),
    check('products_name_present', sql`btrim(${table.name}) <> ''`),
    // GraphQL tells prices as Int cents, which end here.
    check('products_price_range', sql`${table.price} between 0 and 21474836.47`),
    check('products_currency_form', sql`${table.currency} ~ '^[A-Z]{3}$'`),
    check('products_stock', sql`0 <= ${table.reserved} and ${table.reserved} <= ${table.onHand}`),
    check('products_rating_range', sql`${table.rating} between 0 and 5`),
    check('products_review_count', sql`${table.reviewCount} >= 0`),
    check(
      'products_images_list',
      sql`jsonb_typeof(${table.images}) = 'array' and jsonb_array_length(${table.images}) <= 20`,
    ),
    check(
      'products_specifications_list',
      sql`jsonb_typeof(${table.specifications}) = 'array' and jsonb_array_length(${table.specifications}) <= 50`,
    ),
  ],
);

/** Every word of three letters or more that a name, brand or description ever held: what misspelt words are
 *  compared with. Kept by triggers. */
export const searchVocabulary = pgTable('search_vocabulary', { word: text('word').primaryKey() }, (table) => [
  index('search_vocabulary_likeness').using('gin', sql`${table.word} gin_trgm_ops`),
]);

/** What is held or taken for orders. */
export const stockReservations = pgTable(
  'stock_reservations',
  {
    orderId: id('order_id').notNull(),
    productId: id('product_id')
      .notNull()
      .references(() => products.productId),
    quantity: integer('quantity').notNull(),
    // Of what was committed: pieces that came back one by one, after refunds.
    returnedQuantity: integer('returned_quantity').notNull().default(0),
    status: varchar('status', { length: 20 }).notNull().default('held'),
    // By the database's clock: the services' clocks may differ.
    expiresAt: time('expires_at').notNull(),
    createdAt: time('created_at').notNull().defaultNow(),
    updatedAt: time('updated_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.orderId, table.productId] }),
    index('stock_reservations_product').on(table.productId, table.status),
    index('stock_reservations_due').on(table.expiresAt).where(sql`${table.status} = 'held'`),
    check('stock_reservations_status', sql`${table.status} in ('held', 'committed', 'released')`),
    check('stock_reservations_quantity', sql`${table.quantity} between 1 and 999`),
    check(
      'stock_reservations_returned',
      sql`${table.returnedQuantity} between 0 and ${table.quantity} and (${table.returnedQuantity} = 0 or ${table.status} <> 'held')`,
    ),
  ],
);

/** Orders that gave up their stock: a reservation that arrives later is refused. */
export const stockReleases = pgTable(
  'stock_releases',
  {
    orderId: id('order_id').primaryKey(),
    releasedAt: time('released_at').notNull().defaultNow(),
  },
  // Finds what is old enough to be forgotten.
  (table) => [index('stock_releases_age').on(table.releasedAt)],
);

/** Pieces that came back after a refund, by the id under which orders asks for it: a repeated one changes nothing. */
export const stockReturns = pgTable(
  'stock_returns',
  {
    orderId: id('order_id').notNull(),
    restockId: id('restock_id').notNull(),
    productId: id('product_id').notNull(),
    quantity: integer('quantity').notNull(),
    createdAt: time('created_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.orderId, table.restockId, table.productId] }),
    foreignKey({
      columns: [table.orderId, table.productId],
      foreignColumns: [stockReservations.orderId, stockReservations.productId],
      name: 'stock_returns_reservation',
    }).onDelete('cascade'),
    check('stock_returns_quantity', sql`${table.quantity} between 1 and 999`),
  ],
);

/** The ledger: the deltas of a product add up to its stock. */
export const stockMovements = pgTable(
  'stock_movements',
  {
    movementId: id('movement_id').primaryKey(),
    // The order of a product's changes: its row is locked while one is written.
    sequence: bigint('sequence', { mode: 'bigint' }).notNull().generatedAlwaysAsIdentity(),
    productId: id('product_id')
      .notNull()
      .references(() => products.productId),
    kind: varchar('kind', { length: 20 }).notNull(),
    onHandDelta: integer('on_hand_delta').notNull(),
    reservedDelta: integer('reserved_delta').notNull(),
    onHandAfter: integer('on_hand_after').notNull(),
    reservedAfter: integer('reserved_after').notNull(),
    orderId: id('order_id'),
    note: varchar('note', { length: 500 }),
    createdAt: time('created_at').notNull().default(sql`clock_timestamp()`),
  },
  (table) => [
    uniqueIndex('stock_movements_product_sequence').on(table.productId, table.sequence),
    // Finds what people wrote, for erasures.
    index('stock_movements_note_parts')
      .using('gin', sql`${table.note} gin_trgm_ops`)
      .where(sql`${table.note} is not null`),
    check(
      'stock_movements_kind',
      sql`${table.kind} in ('initial', 'adjustment', 'reservation', 'release', 'commitment', 'return')`,
    ),
    check(
      'stock_movements_after',
      sql`0 <= ${table.reservedAfter} and ${table.reservedAfter} <= ${table.onHandAfter}`,
    ),
    check(
      'stock_movements_change',
      sql`${table.kind} = 'initial' or ${table.onHandDelta} <> 0 or ${table.reservedDelta} <> 0`,
    ),
    check(
      'stock_movements_order',
      sql`(${table.orderId} is null) = (${table.kind} in ('initial', 'adjustment'))`,
    ),
  ],
);
