import { createHash } from 'node:crypto';
import type { PageRequest } from '@commerce/kit/pagination';
import { type Connection, connection, type PageArgs, pageRequest } from '@commerce/kit/pagination';
import type { Viewer } from '@commerce/kit/viewer';
import type { CatalogLoaders } from '../data/loaders.ts';
import type { ProductCriteria } from '../data/product-criteria.ts';
import type { ProductOrder, ProductPosition } from '../data/product-list-store.ts';
import type { ProductRecord } from '../data/product-record.ts';
import { LIST_KEY_LENGTH, listKey, listPosition } from './cursors.ts';
import type { CatalogDeps } from './deps.ts';
import { parseFilter } from './product-filter.ts';

const DEFAULT_PAGE_SIZE = 20;
const DEFAULT_ORDER: ProductOrder = { field: 'CREATED_AT', direction: 'DESC' };

export type ListProductsArgs = PageArgs & {
  filter?: unknown;
  sort?: Partial<ProductOrder> | null | undefined;
};

/** A page of products. What stands on it may come from the cache; stock never does.
 *  @throws AppError VAL_001 */
export async function listProducts(
  deps: CatalogDeps,
  request: { viewer: Viewer; loaders: CatalogLoaders },
  args: ListProductsArgs,
): Promise<Connection<ProductRecord>> {
  const criteria = parseFilter(args.filter, request.viewer);
  const order = { ...DEFAULT_ORDER, ...args.sort };
  const page = pageRequest(args, { size: DEFAULT_PAGE_SIZE, keyLength: LIST_KEY_LENGTH });
  const positions = await readPositions(deps, request.loaders, { criteria, order, page });
  const places = connection(page, positions, {
    keyOf: (position) => listKey(order, position),
    countAll: () => countProducts(deps, criteria),
  });
  const products = await Promise.all(
    places.nodes.map((place) => request.loaders.products.load(place.productId)),
  );
  const edges = places.edges.flatMap(({ cursor }, index) => {
    const node = products[index];
    // A list may be older than the product's going off sale where caches are not shared.
    return node && (node.isActive || criteria.includeInactive) ? [{ cursor, node }] : [];
  });
  return { ...places, edges, nodes: edges.map((edge) => edge.node) };
}

type ListRequest = { criteria: ProductCriteria; order: ProductOrder; page: PageRequest };

async function readPositions(
  deps: CatalogDeps,
  loaders: CatalogLoaders,
  { criteria, order, page }: ListRequest,
): Promise<ProductPosition[]> {
  const after = page.kind === 'cursor' && page.after ? listPosition(order, page.after) : null;
  const offset = page.kind === 'offset' ? page.offset : 0;
  async function load(): Promise<ProductPosition[]> {
    const rows = await deps.lists.list({ criteria, order, limit: page.size + 1, offset, after });
    for (const { product, inventory } of rows) {
      loaders.products.prime(product.productId, product);
      loaders.inventories.prime(product.productId, inventory);
    }
    return rows.map((row) => row.position);
  }
  if (criteria.inStock !== null) return await load();
  const number = page.kind === 'offset' ? page.page : 1;
  const details = fingerprint([criteria, order, after]);
  return await deps.caches.readPage(`products:page:${number}:limit:${page.size}:${details}`, load);
}

async function countProducts(deps: CatalogDeps, criteria: ProductCriteria): Promise<number> {
  const load = () => deps.lists.count(criteria);
  // Stock changes without a word to the caches.
  if (criteria.inStock !== null) return await load();
  return await deps.caches.readTotal(`products:total:${fingerprint([criteria])}`, load);
}

/** Filters are as long as a client likes; keys are not. */
function fingerprint(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}
