import type { Logger } from '@commerce/kit/logger';
import { openDatabase } from '@commerce/kit/postgres';
import { closeAll, type RunningService } from '@commerce/kit/service';
import { createServiceClient } from '@commerce/kit/service-client';
import { listenSubgraph } from '@commerce/kit/subgraph-listener';
import { createCartApp } from './app.ts';
import { createCatalogClient } from './clients/catalog.ts';
import { type CartConfig, pricingPolicy } from './config.ts';

/** Less than the router waits for a subgraph: a cart must be readable, with a warning, while the
 *  catalog hangs. */
const CATALOG_TIMEOUT_MS = 1_500;

/** Opens the pool and the catalog client and listens. Nothing is asked of either before a request. */
export async function startCart(config: CartConfig, io: { logger: Logger }): Promise<RunningService> {
  const database = openDatabase({
    url: config.CART_DATABASE_URL,
    applicationName: 'cart',
    poolSize: config.DATABASE_POOL_SIZE,
    isTraced: config.OTEL_EXPORTER_OTLP_ENDPOINT !== undefined,
  });
  const catalogService = createServiceClient({
    url: config.CATALOG_URL,
    audience: 'catalog',
    service: 'cart',
    internalTokenSecret: config.INTERNAL_TOKEN_SECRET,
    timeoutMs: CATALOG_TIMEOUT_MS,
  });
  const app = createCartApp({
    database,
    catalog: createCatalogClient(catalogService),
    pricing: pricingPolicy(config),
    logger: io.logger,
  });
  const closeClients = [catalogService.close, database.close];
  try {
    const listener = await listenSubgraph(app, {
      host: config.HOST,
      port: config.PORT,
      internalTokenSecret: config.INTERNAL_TOKEN_SECRET,
      logger: io.logger,
    });
    return {
      url: listener.url,
      close: async () => await closeAll(io.logger, [listener.close, ...closeClients]),
    };
  } catch (error) {
    await closeAll(io.logger, closeClients);
    throw error;
  }
}
