import { type CacheStore, createLocalCacheStore } from '@commerce/kit/cache';
import { createLogger } from '@commerce/kit/logger';
import type { Caller, Viewer } from '@commerce/kit/viewer';
import { createTestDatabase } from '@commerce/testkit/database';
import { createSeededDatabase } from '@commerce/testkit/seeded-database';
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { createCatalogApp } from '../src/app.ts';

export const anonymous: Viewer = { kind: 'anonymous', reason: 'missing' };
export const customer: Viewer = { kind: 'user', userId: 'usr_c', email: 'c@example.com', role: 'customer' };
export const admin: Viewer = { kind: 'user', userId: 'usr_a', email: 'a@example.com', role: 'admin' };
export const service: Viewer = { kind: 'service', name: 'orders' };

type Answer = {
  // biome-ignore lint/suspicious/noExplicitAny: tests read answers of many shapes
  data: any;
  errors: readonly { message: string; path?: unknown; extensions?: Record<string, unknown> | undefined }[];
  /** Codes of the errors, in order. */
  codes: unknown[];
};

export type CatalogFixture = {
  db: PostgresJsDatabase;
  url: string;
  /** The text of every statement since the last reset. */
  statements: string[];
  run(document: string, variables?: Record<string, unknown>, viewer?: Viewer): Promise<Answer>;
  /** Empties the tables and the cache. */
  reset(): Promise<void>;
  close(): Promise<void>;
};

const logger = createLogger({ service: 'catalog', level: 'silent' });

function callerOf(viewer: Viewer): Caller {
  return { viewer, clientAddress: '192.0.2.1', requestId: 'test' };
}

/** The catalog on a database of its own, with the settings of the real pool. */
export async function openCatalog(
  options: { isSeeded?: boolean; cacheStore?: CacheStore; poolSize?: number } = {},
): Promise<CatalogFixture> {
  const database = await (options.isSeeded ? createSeededDatabase('catalog') : createTestDatabase('catalog'));
  const client = postgres(database.url, {
    max: options.poolSize ?? 4,
    onnotice: () => {},
    connection: { statement_timeout: 20_000, lock_timeout: 20_000, TimeZone: 'UTC' },
  });
  const statements: string[] = [];
  const db = drizzle(client, { logger: { logQuery: (text) => void statements.push(text) } });
  const openApp = () => {
    const cacheStore = options.cacheStore ?? createLocalCacheStore();
    return createCatalogApp({ database: { db, ping: async () => {} }, cacheStore, logger });
  };
  let app = openApp();
  return {
    db,
    url: database.url,
    statements,
    async run(query, variables = {}, viewer = anonymous) {
      const contextValue = app.createContext(callerOf(viewer));
      const { body } = await app.server.executeOperation({ query, variables }, { contextValue });
      if (body.kind !== 'single') throw new Error('Not a single answer');
      const { data, errors = [] } = body.singleResult;
      return {
        data: data && structuredClone(data),
        errors,
        codes: errors.map((error) => error.extensions?.code),
      };
    },
    async reset() {
      await db.execute(
        'truncate categories, products, search_vocabulary, stock_reservations, stock_releases, stock_returns, stock_movements',
      );
      app = openApp();
    },
    async close() {
      await client.end({ timeout: 5 });
      await database.drop();
    },
  };
}
