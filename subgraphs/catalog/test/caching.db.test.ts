import { type CacheStore, createLocalCacheStore, openCacheStore } from '@commerce/kit/cache';
import { createLogger } from '@commerce/kit/logger';
import { openRedis } from '@commerce/kit/redis';
import { createTestRedis, describeRedis } from '@commerce/testkit/redis';
import { hasRedisServer, startRedisServer } from '@commerce/testkit/redis-server';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { products } from '../src/data/tables.ts';
import { admin, anonymous, type CatalogFixture, openCatalog } from './catalog-fixture.ts';
import { insertCategories, insertProducts, productRow } from './samples.ts';

const logger = createLogger({ service: 'catalog', level: 'silent' });

/** A store that remembers what was written under which key, and can be emptied or poisoned. */
type SpiedStore = CacheStore & { added: Map<string, { value: string; ttlSeconds: number }> };

function spyOn(store: CacheStore): SpiedStore {
  const added: SpiedStore['added'] = new Map();
  return {
    ...store,
    added,
    async add(entries, ttlSeconds) {
      for (const [key, value] of entries) {
        if (key !== 'products:version') added.set(key, { value, ttlSeconds });
      }
      await store.add(entries, ttlSeconds);
    },
  };
}

const productDocument =
  '{ product(productId: "prod_a") { name price { amount } inventory category { name } } }';
const listDocument = '{ products(first: 2) { totalCount nodes { productId name inventory } } }';
const treeDocument = '{ categories { name productCount } }';

/** The same behaviour is asked of every kind of cache. */
function describeCache(openStore: () => Promise<{ store: CacheStore; close(): Promise<void> }>): void {
  let catalog: CatalogFixture;
  let store: SpiedStore;
  beforeAll(async () => {
    const opened = await openStore();
    store = spyOn(opened.store);
    catalog = await openCatalog({ cacheStore: store });
    return async () => {
      await catalog.close();
      await opened.close();
    };
  });
  beforeEach(async () => {
    await catalog.reset();
    await store.remove([...store.added.keys(), 'products:version', 'product:prod_a', 'categories:all']);
    store.added.clear();
    await insertCategories(catalog.db);
    await insertProducts(catalog.db, [productRow('prod_a'), productRow('prod_b'), productRow('prod_c')]);
    catalog.statements.length = 0;
  });

  async function run(document: string, variables: Record<string, unknown> = {}, viewer = anonymous) {
    const { data, errors } = await catalog.run(document, variables, viewer);
    expect(errors).toEqual([]);
    return data;
  }

  it("keeps products, lists and categories under the design's keys and lifetimes", async () => {
    await run(productDocument);
    await run(listDocument);
    await run(treeDocument);
    const lifetimes = [...store.added].map(([key, { ttlSeconds }]) => [
      key.replace(/:[\w-]{43}:/, ':#:').replace(/v[0-9a-f-]{36}$/, 'v#'),
      ttlSeconds,
    ]);
    expect(Object.fromEntries(lifetimes)).toEqual({
      'product:prod_a': 3600,
      'products:page:1:limit:2:#:v#': 900,
      'products:total:#:v#': 900,
      'categories:all': 86_400,
      'categories:counts:v#': 900,
    });
  });

  it('never keeps a stock', async () => {
    await run(productDocument);
    await run(listDocument);
    await run('{ products(filter: { inStock: true }) { totalCount nodes { inventory inStock } } }');
    for (const { value } of store.added.values())
      expect(value).not.toMatch(/inventory|onHand|reserved|stock/i);
    expect([...store.added.keys()].filter((key) => key.startsWith('products:'))).toHaveLength(2);
  });

  it('answers from the cache, but for the stock', async () => {
    await run(productDocument);
    await catalog.db
      .update(products)
      .set({ onHand: 3, name: 'Changed behind its back' })
      .where(eq(products.productId, 'prod_a'));
    catalog.statements.length = 0;
    expect(await run(productDocument)).toMatchObject({ product: { name: 'Product prod_a', inventory: 3 } });
    expect(catalog.statements).toHaveLength(1);
  });

  it('keeps each page, filter, sort and viewer apart', async () => {
    const lists = [
      'first: 2',
      'first: 3',
      'limit: 2, page: 2',
      'first: 2, sort: { field: NAME }',
      'first: 2, sort: { field: NAME, direction: ASC }',
      'first: 2, filter: { category: "books" }',
      'first: 2, filter: { text: "books" }',
      'first: 2, filter: { brands: ["books"] }',
      'first: 2, filter: { minPrice: "1" }',
      'first: 2, filter: { maxPrice: "1" }',
    ];
    for (const args of lists) await run(`{ products(${args}) { nodes { productId } } }`);
    await run('{ products(first: 2, filter: { includeInactive: true }) { nodes { productId } } }', {}, admin);
    expect([...store.added.keys()].filter((key) => key.startsWith('products:page:'))).toHaveLength(
      lists.length + 1,
    );
  });

  it.each([
    ['updateProduct', '{ updateProduct(input: { productId: "prod_a", name: "New" }) { product { name } } }'],
    [
      'createProduct',
      '{ createProduct(input: { name: "New", price: 1, categoryId: "cat_books" }) { product { name } } }',
    ],
  ])('forgets products, lists and counts after %s', async (_, mutation) => {
    for (const document of [productDocument, listDocument, treeDocument]) await run(document);
    await run(`mutation ${mutation}`, {}, admin);
    const after = [await run(productDocument), await run(listDocument), await run(treeDocument)];
    await store.remove([...store.added.keys()]);
    expect(after).toEqual([await run(productDocument), await run(listDocument), await run(treeDocument)]);
    expect(JSON.stringify(after)).toContain('New');
  });

  it.each([
    [
      'updateCategory',
      '{ updateCategory(input: { categoryId: "cat_books", name: "New" }) { category { name } } }',
    ],
    ['createCategory', '{ createCategory(input: { name: "New" }) { category { name } } }'],
  ])('forgets categories and lists after %s', async (_, mutation) => {
    const filtered = '{ products(filter: { category: "New" }) { totalCount } }';
    for (const document of [productDocument, treeDocument, filtered]) await run(document);
    await run(`mutation ${mutation}`, {}, admin);
    const after = [await run(productDocument), await run(treeDocument), await run(filtered)];
    await store.remove([...store.added.keys()]);
    expect(after).toEqual([await run(productDocument), await run(treeDocument), await run(filtered)]);
    expect(JSON.stringify(after[1])).toContain('New');
  });

  it('needs no word of a change of stock', async () => {
    await run(listDocument);
    await run(
      'mutation { updateInventory(input: { productId: "prod_a", onHand: 77 }) { movement { kind } } }',
      {},
      admin,
    );
    expect(await run(productDocument)).toMatchObject({ product: { inventory: 77 } });
  });

  it.each([
    ['no JSON', 'nonsense{'],
    ['another shape', '{"name":1}'],
    ['null', 'null'],
    ['a foreign list', '[{"key":1}]'],
    ['markup', '"<script>"'],
  ])('takes an entry of %s for a miss, and replaces it', async (_, poison) => {
    const expected = [await run(productDocument), await run(listDocument), await run(treeDocument)];
    const keys = [...store.added.keys()];
    expect(keys.length).toBeGreaterThan(3);
    await store.remove(keys);
    await store.add(
      keys.map((key) => [key, poison] as const),
      100,
    );
    expect([await run(productDocument), await run(listDocument), await run(treeDocument)]).toEqual(expected);
    const cached = async () => {
      await run(treeDocument);
      await run('{ product(productId: "prod_a") { name } products(first: 2) { totalCount nodes { name } } }');
    };
    await cached();
    catalog.statements.length = 0;
    await cached();
    expect(catalog.statements).toHaveLength(0);
  });

  it('shows no product of a list that went off sale unheard', async () => {
    await run(listDocument);
    await catalog.db.update(products).set({ isActive: false }).where(eq(products.productId, 'prod_a'));
    await store.remove(['product:prod_a']);
    const { products: page } = await run('{ products(first: 2) { nodes { productId } edges { cursor } } }');
    expect(page).toEqual({ nodes: [{ productId: 'prod_b' }], edges: [expect.anything()] });
  });
}

describe('an in-process cache', () => {
  describeCache(async () => ({ store: createLocalCacheStore(), close: async () => {} }));
});

describeRedis('a cache in Redis', () => {
  describeCache(async () => {
    const redis = openRedis((await createTestRedis()).url, logger);
    await new Promise((resolve) => redis?.once('ready', resolve));
    return { store: openCacheStore(redis), close: async () => redis?.disconnect() };
  });
});

describe.skipIf(!(await hasRedisServer()))('a Redis that dies', () => {
  let catalog: CatalogFixture | undefined;
  afterAll(async () => await catalog?.close());

  it('costs time only: reads and writes go on without it', async () => {
    const server = await startRedisServer();
    const redis = openRedis(server.url, logger);
    await new Promise((resolve) => redis?.once('ready', resolve));
    catalog = await openCatalog({ cacheStore: openCacheStore(redis) });
    await insertCategories(catalog.db);
    await insertProducts(catalog.db, [productRow('prod_a')]);
    try {
      await catalog.run(productDocument);
      await server.kill();
      for (const name of ['One', 'Two']) {
        const written = await catalog.run(
          'mutation ($name: String) { updateProduct(input: { productId: "prod_a", name: $name }) { product { name } } }',
          { name },
          admin,
        );
        expect(written.codes).toEqual([]);
        const startedAt = performance.now();
        const { data, codes } = await catalog.run(
          `{ product(productId: "prod_a") { name inventory category { name } }
             products { totalCount nodes { name } } categories { productCount } }`,
        );
        expect(codes).toEqual([]);
        expect(data).toMatchObject({ product: { name }, products: { totalCount: 1, nodes: [{ name }] } });
        // Each of the few steps waits 100 ms at most.
        expect(performance.now() - startedAt).toBeLessThan(3_000);
      }
    } finally {
      redis?.disconnect();
      await server.close();
    }
  });
});
