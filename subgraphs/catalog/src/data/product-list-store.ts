import type { Db } from '@commerce/kit/postgres';
import { and, asc, desc, gt, gte, lt, lte, or, type SQL, sql } from 'drizzle-orm';
import { type ProductCriteria, productConditions } from './product-criteria.ts';
import { type ProductRecord, productColumns, toProductRecord } from './product-record.ts';
import { products } from './tables.ts';

export type ProductOrder = { field: 'PRICE' | 'NAME' | 'CREATED_AT'; direction: 'ASC' | 'DESC' };

/** Where in the order a product stands; `key` is exact text of what is sorted by. */
export type ProductPosition = { key: string; productId: string };

export type ProductListQuery = {
  criteria: ProductCriteria;
  order: ProductOrder;
  /** How many rows at most, the one that tells of a next page included. */
  limit: number;
  offset: number;
  after: ProductPosition | null;
};

export type ListedProduct = { product: ProductRecord; inventory: number; position: ProductPosition };

export type ProductListStore = {
  /** In the order asked for, ties by id upwards. */
  list(query: ProductListQuery): Promise<ListedProduct[]>;
  count(criteria: ProductCriteria): Promise<number>;
};

/** What is sorted by, as a value and as text that holds all of it. */
const sortKeys: Record<ProductOrder['field'], { value: SQL; type: SQL; text: SQL<string> }> = {
  PRICE: { value: sql`${products.price}`, type: sql`numeric`, text: sql`${products.price}::text` },
  NAME: { value: sql`lower(${products.name})`, type: sql`text`, text: sql`lower(${products.name})` },
  CREATED_AT: {
    value: sql`${products.createdAt}`,
    type: sql`timestamptz`,
    text: sql`to_char(${products.createdAt} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
  },
};

export function createProductListStore(db: Db): ProductListStore {
  return {
    async list({ criteria, order, limit, offset, after }) {
      const { value, text } = sortKeys[order.field];
      const rows = await db
        .select({ ...productColumns, inventory: products.inventory, key: text })
        .from(products)
        .where(and(productConditions(criteria), behind(after, order)))
        .orderBy(order.direction === 'ASC' ? asc(value) : desc(value), asc(products.productId))
        .limit(limit)
        .offset(offset);
      return rows.map(({ inventory, key, ...row }) => ({
        product: toProductRecord(row),
        inventory,
        position: { key, productId: row.productId },
      }));
    },
    async count(criteria) {
      return await db.$count(products, productConditions(criteria));
    },
  };
}

function behind(after: ProductPosition | null, order: ProductOrder): SQL | undefined {
  if (after === null) return undefined;
  const { value, type } = sortKeys[order.field];
  const key = sql`${after.key}::${type}`;
  const isUpwards = order.direction === 'ASC';
  return and(
    // Implied by the next condition; this is the one that an index can start from.
    isUpwards ? gte(value, key) : lte(value, key),
    or(isUpwards ? gt(value, key) : lt(value, key), gt(products.productId, after.productId)),
  );
}
