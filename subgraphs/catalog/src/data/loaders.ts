import DataLoader from 'dataloader';
import type { CatalogCaches } from './catalog-caches.ts';
import type { CategoryRecord, CategoryStore } from './category-store.ts';
import { type CategoryTree, createCategoryTree } from './category-tree.ts';
import type { MovementRecord } from './movement-record.ts';
import type { MovementPage, MovementStore } from './movement-store.ts';
import type { ProductRecord } from './product-record.ts';
import type { ProductStore } from './product-store.ts';

/** Reads of one request, gathered: each kind costs one statement, however many ask. */
export type CatalogLoaders = {
  /** Null where there is no such product; inactive ones are there. */
  products: DataLoader<string, ProductRecord | null>;
  /** What can still be bought, never from a cache; 0 where there is no such product. */
  inventories: DataLoader<string, number>;
  /** A page of a product's ledger. */
  movements: DataLoader<MovementKey, MovementRecord[], string>;
  /** Length of a product's ledger. */
  movementCounts: DataLoader<string, number>;
  tree(): Promise<CategoryTree>;
  findCategory(categoryId: string): Promise<CategoryRecord | null>;
  /** Active products in and below each category, by its id. */
  productCounts(): Promise<ReadonlyMap<string, number>>;
  /** To be called after a write within the request. */
  forgetProduct(productId: string): void;
  /** To be called after a write within the request. */
  forgetCategories(): void;
};

export type MovementKey = { productId: string; page: MovementPage };

export type LoaderDeps = {
  products: ProductStore;
  movements: MovementStore;
  categories: CategoryStore;
  caches: CatalogCaches;
};

export function createCatalogLoaders(deps: LoaderDeps): CatalogLoaders {
  const { caches, categories } = deps;
  const products = createProductLoader(deps);
  const inventories = new DataLoader<string, number>(async (ids) => {
    const found = await deps.products.findInventories(ids);
    return ids.map((id) => found.get(id) ?? 0);
  });
  const tree = once(async () => createCategoryTree(await caches.readCategories(categories.listAll)));
  const freshTree = once(async () => createCategoryTree(await categories.listAll()));
  const productCounts = once(async () => {
    const counts = await caches.readCategoryCounts(categories.countProducts);
    return (await tree.read()).sumBelow(new Map(counts.map((entry) => [entry.categoryId, entry.count])));
  });

  return {
    products,
    inventories,
    movements: createMovementLoader(deps.movements),
    movementCounts: new DataLoader((ids) => deps.movements.countAll(ids)),
    tree: tree.read,
    // Another instance may have written a category that this one's cache does not know of yet.
    findCategory: async (id) => (await tree.read()).findById(id) ?? (await freshTree.read()).findById(id),
    productCounts: productCounts.read,
    forgetProduct(productId) {
      products.clear(productId);
      inventories.clear(productId);
      productCounts.forget();
    },
    forgetCategories() {
      for (const read of [tree, freshTree, productCounts]) read.forget();
    },
  };
}

function createProductLoader({ products, caches }: LoaderDeps): DataLoader<string, ProductRecord | null> {
  async function load(ids: readonly string[]): Promise<(ProductRecord | null)[]> {
    const found = new Map((await products.findByIds(ids)).map((product) => [product.productId, product]));
    return ids.map((id) => found.get(id) ?? null);
  }
  return new DataLoader((ids) => caches.readProducts(ids, load));
}

function createMovementLoader(store: MovementStore): CatalogLoaders['movements'] {
  const pageName = ({ page }: MovementKey) => JSON.stringify([page.limit, page.offset, page.after]);
  return new DataLoader<MovementKey, MovementRecord[], string>(
    async (keys) => {
      const pages = new Map(keys.map((key) => [pageName(key), key.page]));
      const found = new Map<string, MovementRecord[]>();
      // Mostly one page for all products: aliases with other arguments cost a statement each.
      for (const [name, page] of pages) {
        const ids = keys.filter((key) => pageName(key) === name).map((key) => key.productId);
        const lists = await store.listPages(ids, page);
        for (const [index, id] of ids.entries()) found.set(`${id} ${name}`, lists[index] ?? []);
      }
      return keys.map((key) => found.get(`${key.productId} ${pageName(key)}`) ?? []);
    },
    { cacheKeyFn: (key) => `${key.productId} ${pageName(key)}` },
  );
}

/** Remembers a read until told to forget; a failed one is tried again. */
function once<Value>(load: () => Promise<Value>): { read(): Promise<Value>; forget(): void } {
  let reading: Promise<Value> | null = null;
  const forget = () => {
    reading = null;
  };
  return {
    read() {
      reading ??= load().catch((error: unknown) => {
        forget();
        throw error;
      });
      return reading;
    },
    forget,
  };
}
