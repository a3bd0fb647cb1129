import { AppError, parseInput } from '@commerce/kit/errors';
import { cents } from '@commerce/kit/money';
import { type Connection, connection, type PageArgs, pageRequest } from '@commerce/kit/pagination';
import { anyText } from '@commerce/kit/text';
import type { Viewer } from '@commerce/kit/viewer';
import { z } from 'zod';
import type { CatalogLoaders } from '../data/loaders.ts';
import type { ProductRecord } from '../data/product-record.ts';
import type { FacetCounts, SearchHit, SearchQuery } from '../data/search-store.ts';
import { SEARCH_KEY_LENGTH, searchKey, searchPosition } from './cursors.ts';
import type { CatalogDeps } from './deps.ts';
import { parseFilter } from './product-filter.ts';

const DEFAULT_PAGE_SIZE = 20;

/** Lower bounds of the price bands; each ends where the next begins, the last one nowhere. */
export const priceBandStarts = [0, 25, 50, 100, 250, 500, 1000].map((units) => cents(units * 100));

export type SearchArgs = PageArgs & { query: string; filter?: unknown };

export type SearchResult = Omit<Connection<SearchHit>, 'nodes' | 'edges'> & {
  nodes: ProductRecord[];
  edges: { cursor: string; score: number; node: ProductRecord }[];
  /** Counted when asked for. */
  facets: () => Promise<FacetCounts>;
};

/** Products that match a customer's words, best first.
 *  @throws AppError VAL_001 */
export async function searchProducts(
  deps: CatalogDeps,
  request: { viewer: Viewer; loaders: CatalogLoaders },
  args: SearchArgs,
): Promise<SearchResult> {
  const query = parseQuery(args, request.viewer);
  const page = pageRequest(args, { size: DEFAULT_PAGE_SIZE, keyLength: SEARCH_KEY_LENGTH });
  const hits = await deps.search.search(query, {
    limit: page.size + 1,
    offset: page.kind === 'offset' ? page.offset : 0,
    after: page.kind === 'cursor' && page.after ? searchPosition(page.after) : null,
  });
  for (const { product, inventory } of hits) {
    request.loaders.products.prime(product.productId, product);
    request.loaders.inventories.prime(product.productId, inventory);
  }
  const found = connection(page, hits, {
    keyOf: ({ score, product }) => searchKey({ score, productId: product.productId }),
    countAll: () => deps.search.count(query),
  });
  return {
    ...found,
    nodes: found.nodes.map((hit) => hit.product),
    edges: found.edges.map(({ cursor, node }) => ({ cursor, score: Number(node.score), node: node.product })),
    facets: () => deps.search.countFacets(query, priceBandStarts),
  };
}

const querySchema = z.object({
  query: anyText.trim().min(1, 'must not be empty').max(200, 'must have at most 200 characters'),
});

function parseQuery(args: SearchArgs, viewer: Viewer): SearchQuery {
  const { query: words } = parseInput(querySchema, args);
  const criteria = parseFilter(args.filter, viewer);
  if (criteria.text !== null) {
    throw new AppError('VAL_001', 'Validation failed', {
      details: [{ field: 'filter.text', message: 'must be absent: query holds the words' }],
    });
  }
  return { words, criteria };
}
