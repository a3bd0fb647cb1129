import { openCacheStore } from '@commerce/kit/cache';
import type { Logger } from '@commerce/kit/logger';
import { openDatabase } from '@commerce/kit/postgres';
import { openRedis } from '@commerce/kit/redis';
import { closeAll, type RunningService } from '@commerce/kit/service';
import { listenSubgraph } from '@commerce/kit/subgraph-listener';
import { startWorker } from '@commerce/kit/worker';
import { createCatalogApp } from './app.ts';
import type { CatalogConfig } from './config.ts';
import { createStockStore } from './data/stock-store.ts';
import { expiryTask, retentionTask } from './stock-tasks.ts';

/** Opens what the subgraph needs, listens, and works in the background: expired reservations are released,
 *  old ones forgotten. The database has been migrated before. */
export async function startCatalog(config: CatalogConfig, io: { logger: Logger }): Promise<RunningService> {
  const { logger } = io;
  const database = openDatabase({
    url: config.CATALOG_DATABASE_URL,
    applicationName: 'catalog',
    poolSize: config.DATABASE_POOL_SIZE,
    isTraced: config.OTEL_EXPORTER_OTLP_ENDPOINT !== undefined,
  });
  const redis = openRedis(config.REDIS_URL, logger);
  const app = createCatalogApp({ database, cacheStore: openCacheStore(redis), logger });
  const closeDeps = [database.close, async () => redis?.disconnect()];
  try {
    const { HOST: host, PORT: port } = config;
    const listening = await listenSubgraph(app, {
      host,
      port,
      acceptedKeys: config.INTERNAL_KEYS_ACCEPTED,
      logger,
    });
    const stock = createStockStore(database.db);
    const tasks = {
      'release-expired-stock': expiryTask({ stock, logger }),
      'forget-released-stock': retentionTask({ stock, logger }),
    };
    const worker = startWorker({ url: config.CATALOG_DATABASE_URL, tasks, logger });
    return {
      url: listening.url,
      close: async () => await closeAll(logger, [listening.close, worker.close, ...closeDeps]),
    };
  } catch (error) {
    await closeAll(logger, closeDeps);
    throw error;
  }
}
