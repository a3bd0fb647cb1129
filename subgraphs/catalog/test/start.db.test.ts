import { createLogger } from '@commerce/kit/logger';
import { openDatabase } from '@commerce/kit/postgres';
import { createServiceClient } from '@commerce/kit/service-client';
import { createTestDatabase, type TestDatabase } from '@commerce/testkit/database';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import type { CatalogConfig } from '../src/config.ts';
import { createStockStore } from '../src/data/stock-store.ts';
import { stockReleases } from '../src/data/tables.ts';
import { startCatalog } from '../src/start.ts';
import { insertCategories, insertProducts, productRow } from './samples.ts';
import { readStocks } from './stock-fixture.ts';

const logger = createLogger({ service: 'catalog', level: 'silent' });
const key = 'internal-key-of-this-test-only';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase('catalog');
});
afterAll(async () => await database.drop());

function configOf(fields: Partial<CatalogConfig> = {}): CatalogConfig {
  return {
    NODE_ENV: 'test',
    HOST: '127.0.0.1',
    PORT: 0,
    LOG_LEVEL: 'silent',
    INTERNAL_KEYS_ACCEPTED: [{ issuer: 'cart', key }],
    CATALOG_DATABASE_URL: database.url,
    DATABASE_POOL_SIZE: 2,
    ...fields,
  };
}

describe('the service', () => {
  it('answers services with a token, refuses everybody else, and closes', async () => {
    const service = await startCatalog(configOf(), { logger });
    const client = createServiceClient({
      url: service.url,
      audience: 'catalog',
      service: 'cart',
      key,
    });
    try {
      const answer = await client.execute({
        document: '{ productOffers(productIds: ["prod_1"]) { productId } }',
        variables: {},
        schema: z.object({ productOffers: z.array(z.null()) }),
        caller: { clientAddress: '192.0.2.1', requestId: 'r' },
      });
      expect(answer).toEqual({ productOffers: [null] });
      const stranger = await fetch(`${service.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"query":"{ __typename }"}',
      });
      expect(stranger.status).toBe(401);
      for (const path of ['/health', '/ready', '/metrics']) {
        expect((await fetch(service.url + path)).status, path).toBe(200);
      }
    } finally {
      await client.close();
      await service.close();
    }
    await expect(fetch(`${service.url}/health`)).rejects.toThrow();
  });

  it('releases reservations that expired while it was down', async () => {
    const { db, close } = openDatabase({ url: database.url, applicationName: 'test', poolSize: 1 });
    await insertCategories(db);
    await insertProducts(db, [productRow('prod_a')]);
    const lines = [{ productId: 'prod_a', quantity: 2 }];
    await createStockStore(db).reserve({ orderId: 'ord_1', lines, holdSeconds: 0 });
    const service = await startCatalog(configOf(), { logger });
    try {
      await vi.waitFor(async () => expect(await readStocks(db)).toEqual({ prod_a: [10, 0] }), {
        timeout: 10_000,
        interval: 50,
      });
    } finally {
      await service.close();
      await close();
    }
  });

  it('forgets orders that were released long ago', async () => {
    const { db, close } = openDatabase({ url: database.url, applicationName: 'test', poolSize: 1 });
    await createStockStore(db).release('ord_old');
    await db.execute(sql`update stock_releases set released_at = now() - interval '31 days'`);
    const service = await startCatalog(configOf(), { logger });
    try {
      await vi.waitFor(async () => expect(await db.select().from(stockReleases)).toEqual([]), {
        timeout: 10_000,
        interval: 50,
      });
    } finally {
      await service.close();
      await close();
    }
  });

  it('is alive but not ready while its database is away', async () => {
    const service = await startCatalog(
      configOf({ CATALOG_DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' }),
      { logger },
    );
    try {
      expect((await fetch(`${service.url}/health`)).status).toBe(200);
      expect((await fetch(`${service.url}/ready`)).status).toBe(503);
      const client = createServiceClient({
        url: service.url,
        audience: 'catalog',
        service: 'cart',
        key,
      });
      const asking = client.execute({
        document: '{ productOffers(productIds: ["prod_1"]) { productId } }',
        variables: {},
        schema: z.unknown(),
        caller: { clientAddress: '192.0.2.1', requestId: 'r' },
      });
      await expect(asking).rejects.toMatchObject({ code: 'SYS_002' });
      await client.close();
    } finally {
      await service.close();
    }
  });

  it('leaves nothing open where its port is taken', async () => {
    const first = await startCatalog(configOf(), { logger });
    const port = Number(new URL(first.url).port);
    await expect(startCatalog(configOf({ PORT: port }), { logger })).rejects.toThrow(/EADDRINUSE/);
    await first.close();
  });
});
