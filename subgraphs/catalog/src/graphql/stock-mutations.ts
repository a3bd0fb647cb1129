import type { CatalogDeps } from '../domain/deps.ts';
import { commitStock, releaseStock, reserveStock, restockOrder } from '../domain/order-stock.ts';
import type { MutationResolvers } from './generated.ts';

type StockMutations = Pick<
  MutationResolvers,
  'reserveStock' | 'commitStock' | 'releaseStock' | 'restockOrder'
>;

export function createStockMutations(deps: CatalogDeps): StockMutations {
  return {
    reserveStock: (_, { input }, { viewer }) => reserveStock(deps, viewer, input),
    commitStock: (_, { input }, { viewer }) => commitStock(deps, viewer, input),
    releaseStock: (_, { input }, { viewer }) => releaseStock(deps, viewer, input),
    restockOrder: (_, { input }, { viewer }) => restockOrder(deps, viewer, input),
  };
}
