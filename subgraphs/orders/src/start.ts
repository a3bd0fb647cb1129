import { newId } from '@commerce/kit/ids';
import type { Logger } from '@commerce/kit/logger';
import { openDatabase } from '@commerce/kit/postgres';
import { closeAll, type RunningService } from '@commerce/kit/service';
import { createServiceClient } from '@commerce/kit/service-client';
import { listenSubgraph } from '@commerce/kit/subgraph-listener';
import { createOrdersApp } from './app.ts';
import { createCartClient } from './clients/cart.ts';
import { createCatalogClient } from './clients/catalog.ts';
import { createDemoPaymentProvider } from './clients/demo-payment-provider.ts';
import type { OrdersConfig } from './config.ts';
import { createDemoPaymentStore } from './data/demo-payment-store.ts';
import { startSweeping } from './sweep.ts';

/** Starts the orders subgraph on a migrated database. Closing it lets requests and captures under way end. */
export async function startOrders(config: OrdersConfig, io: { logger: Logger }): Promise<RunningService> {
  const { logger } = io;
  const { db, ping, close } = openDatabase({
    url: config.ORDERS_DATABASE_URL,
    applicationName: 'orders',
    poolSize: config.DATABASE_POOL_SIZE,
    isTraced: config.OTEL_EXPORTER_OTLP_ENDPOINT !== undefined,
  });
  const clientOf = (audience: string, url: string) =>
    createServiceClient({
      url,
      audience,
      service: 'orders',
      internalTokenSecret: config.INTERNAL_TOKEN_SECRET,
    });
  const cart = clientOf('cart', config.CART_URL);
  const catalog = clientOf('catalog', config.CATALOG_URL);
  const app = createOrdersApp({
    db,
    ping,
    cart: createCartClient(cart),
    catalog: createCatalogClient(catalog),
    payment: createDemoPaymentProvider(createDemoPaymentStore(db), newId),
    logger,
  });
  const resources = [app.drain, () => cart.close(), () => catalog.close(), close];
  try {
    const listener = await listenSubgraph(app, {
      host: config.HOST,
      port: config.PORT,
      internalTokenSecret: config.INTERNAL_TOKEN_SECRET,
      logger,
    });
    const stopSweeping = startSweeping(app, logger);
    return { url: listener.url, close: () => closeAll(logger, [listener.close, stopSweeping, ...resources]) };
  } catch (error) {
    await closeAll(logger, resources);
    throw error;
  }
}
