import { readFileSync } from 'node:fs';
import { type NewId, newId } from '@commerce/kit/ids';
import type { Logger } from '@commerce/kit/logger';
import type { Database } from '@commerce/kit/postgres';
import { createSubgraphServer, type SubgraphApp } from '@commerce/kit/subgraph-app';
import type { CatalogClient } from './clients/catalog.ts';
import { createOfferLoader } from './clients/offer-loader.ts';
import type { CartContext } from './context.ts';
import { createCartStore } from './data/cart-store.ts';
import { createCartLoaders } from './data/loaders.ts';
import type { PricingPolicy } from './domain/pricing.ts';
import { resolvers } from './graphql/resolvers.ts';

export type CartAppDeps = {
  database: Pick<Database, 'db' | 'ping'>;
  catalog: CatalogClient;
  pricing: PricingPolicy;
  logger: Logger;
  newId?: NewId;
};

/** The cart subgraph without its listener. It is ready also while the catalog is away: carts stay readable. */
export function createCartApp(deps: CartAppDeps): SubgraphApp<CartContext> {
  const { database, catalog, pricing, logger } = deps;
  const store = createCartStore(database.db);
  return {
    name: 'cart',
    server: createSubgraphServer<CartContext>({
      typeDefs: readFileSync(new URL('../schema.graphql', import.meta.url), 'utf8'),
      resolvers,
      logger,
    }),
    createContext: (caller) => ({
      viewer: caller.viewer,
      loaders: createCartLoaders(database.db, caller.viewer),
      deps: { store, offers: createOfferLoader(catalog, caller), pricing, newId: deps.newId ?? newId },
    }),
    checkReady: database.ping,
  };
}
