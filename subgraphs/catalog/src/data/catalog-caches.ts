import {
  type Cache,
  type CacheNamespace,
  type CacheStore,
  createCache,
  createCacheNamespace,
} from '@commerce/kit/cache';
import { z } from 'zod';
import type { CategoryRecord } from './category-store.ts';
import type { ProductPosition } from './product-list-store.ts';
import { cachedProductSchema, type ProductRecord } from './product-record.ts';

// Lifetimes of the design's section 9.1.2.
const PRODUCT_TTL_SECONDS = 3600;
const LIST_TTL_SECONDS = 15 * 60;
const CATEGORIES_TTL_SECONDS = 24 * 3600;

const CATEGORIES_KEY = 'categories:all';
const productKey = (productId: string) => `product:${productId}`;

const position = z.object({ key: z.string(), productId: z.string() });
const category = z.object({
  categoryId: z.string(),
  slug: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  parentId: z.string().nullable(),
  position: z.int(),
});
const categoryCount = z.object({ categoryId: z.string(), count: z.int().nonnegative() });

export type CategoryCount = z.output<typeof categoryCount>;

/** What may be kept of the catalog: never a stock. */
export type CatalogCaches = {
  /** @returns result[i] belongs to ids[i] */
  readProducts(
    ids: readonly string[],
    load: (missing: readonly string[]) => Promise<readonly (ProductRecord | null)[]>,
  ): Promise<(ProductRecord | null)[]>;
  /** One page of a list: which products, and where they stand.
   *  @param name tells the page, its filters and its order */
  readPage(name: string, load: () => Promise<ProductPosition[]>): Promise<ProductPosition[]>;
  readTotal(name: string, load: () => Promise<number>): Promise<number>;
  readCategories(load: () => Promise<CategoryRecord[]>): Promise<CategoryRecord[]>;
  readCategoryCounts(load: () => Promise<CategoryCount[]>): Promise<CategoryCount[]>;
  /** After each write of products: they and all lists and counts are read anew. */
  forgetProducts(productIds: readonly string[]): Promise<void>;
  /** After each write of categories: the tree, and lists that were filtered by it, are read anew. */
  forgetCategories(): Promise<void>;
};

export function createCatalogCaches(store: CacheStore): CatalogCaches {
  const products = createCache(store, { schema: cachedProductSchema, ttlSeconds: PRODUCT_TTL_SECONDS });
  const pages = createCache(store, { schema: z.array(position), ttlSeconds: LIST_TTL_SECONDS });
  const totals = createCache(store, { schema: z.int().nonnegative(), ttlSeconds: LIST_TTL_SECONDS });
  const categories = createCache(store, { schema: z.array(category), ttlSeconds: CATEGORIES_TTL_SECONDS });
  const counts = createCache(store, { schema: z.array(categoryCount), ttlSeconds: LIST_TTL_SECONDS });
  // In the name of everything that a write of any product may change.
  const lists = createCacheNamespace(store, 'products');

  return {
    readProducts: (ids, load) => products.readMany(ids, productKey, load),
    readPage: (name, load) => readVersion(pages, lists, { name, load }),
    readTotal: (name, load) => readVersion(totals, lists, { name, load }),
    readCategories: (load) => categories.read(CATEGORIES_KEY, load),
    readCategoryCounts: (load) => readVersion(counts, lists, { name: 'categories:counts', load }),
    async forgetProducts(productIds) {
      await Promise.all([products.forget(productIds.map(productKey)), lists.invalidate()]);
    },
    async forgetCategories() {
      await Promise.all([categories.forget([CATEGORIES_KEY]), lists.invalidate()]);
    },
  };
}

async function readVersion<Value>(
  cache: Cache<Value>,
  namespace: CacheNamespace,
  entry: { name: string; load: () => Promise<Value> },
): Promise<Value> {
  return await cache.read(`${entry.name}:v${await namespace.version()}`, entry.load);
}
