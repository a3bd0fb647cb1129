import { readFileSync } from 'node:fs';
import { createAuditLog } from '@commerce/kit/audit-log';
import { createAuditTransform } from '@commerce/kit/audited';
import type { CacheStore } from '@commerce/kit/cache';
import { type NewId, newId } from '@commerce/kit/ids';
import type { Logger } from '@commerce/kit/logger';
import type { Database, Db } from '@commerce/kit/postgres';
import { createSubgraphServer, type SubgraphApp } from '@commerce/kit/subgraph-app';
import { type CatalogContext, createContext } from './context.ts';
import { createCatalogCaches } from './data/catalog-caches.ts';
import { createCategoryStore } from './data/category-store.ts';
import { createMovementStore } from './data/movement-store.ts';
import { createProductListStore } from './data/product-list-store.ts';
import { createProductStore } from './data/product-store.ts';
import { createSearchStore } from './data/search-store.ts';
import { createStockStore } from './data/stock-store.ts';
import { createTraceStore } from './data/trace-store.ts';
import type { CatalogDeps } from './domain/deps.ts';
import { createResolvers } from './graphql/resolvers.ts';

export type CatalogAppDeps = {
  database: Pick<Database, 'db' | 'ping'>;
  cacheStore: CacheStore;
  logger: Logger;
  newId?: NewId;
};

/** The catalog subgraph without its listener. */
export function createCatalogApp(options: CatalogAppDeps): SubgraphApp<CatalogContext> {
  const { database, cacheStore, logger } = options;
  const deps = createDeps(database.db, cacheStore, options.newId ?? newId);
  return {
    name: 'catalog',
    server: createSubgraphServer<CatalogContext>({
      typeDefs: readFileSync(new URL('../schema.graphql', import.meta.url), 'utf8'),
      resolvers: createResolvers(deps),
      logger,
      transformSchema: createAuditTransform({ log: deps.auditLog, logger }),
    }),
    createContext: (caller) => createContext(caller, deps),
    checkReady: database.ping,
  };
}

function createDeps(db: Db, cacheStore: CacheStore, newId: NewId): CatalogDeps {
  return {
    products: createProductStore(db),
    lists: createProductListStore(db),
    search: createSearchStore(db),
    stock: createStockStore(db),
    movements: createMovementStore(db),
    traces: createTraceStore(db),
    categories: createCategoryStore(db),
    caches: createCatalogCaches(cacheStore),
    auditLog: createAuditLog(db),
    newId,
  };
}
