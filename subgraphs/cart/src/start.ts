import type { Logger } from '@commerce/kit/logger';
import { openDatabase } from '@commerce/kit/postgres';
import { closeAll, type RunningService } from '@commerce/kit/service';
import { createServiceClient } from '@commerce/kit/service-client';
import { listenSubgraph } from '@commerce/kit/subgraph-listener';
import { startWorker } from '@commerce/kit/worker';
import { createCartApp } from './app.ts';
import { createCatalogClient } from './clients/catalog.ts';
import { type CartConfig, pricingPolicy } from './config.ts';
import { createCartStore } from './data/cart-store.ts';
import { retentionTask } from './retention.ts';

/** Less than the router waits for a subgraph: a cart must be readable, with a warning, while the
 *  catalog hangs. */
const CATALOG_TIMEOUT_MS = 1_500;

/** Opens the pool and the catalog client, listens, and forgets in the background what is old. The catalog is asked
 *  nothing before a request. */
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
    key: config.INTERNAL_KEYS.catalog,
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
      acceptedKeys: config.INTERNAL_KEYS_ACCEPTED,
      logger: io.logger,
    });
    const worker = startWorker({
      url: config.CART_DATABASE_URL,
      tasks: {
        'forget-consumptions': retentionTask({ store: createCartStore(database.db), logger: io.logger }),
      },
      logger: io.logger,
    });
    return {
      url: listener.url,
      close: async () => await closeAll(io.logger, [listener.close, worker.close, ...closeClients]),
    };
  } catch (error) {
    await closeAll(io.logger, closeClients);
    throw error;
  }
}
