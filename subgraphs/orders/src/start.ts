import type { Logger } from '@commerce/kit/logger';
import { createFileMailer, createSmtpMailer, type Mailer } from '@commerce/kit/mail';
import { openDatabase } from '@commerce/kit/postgres';
import { openRedis } from '@commerce/kit/redis';
import { closeAll, type RunningService } from '@commerce/kit/service';
import { createServiceClient } from '@commerce/kit/service-client';
import { listenSubgraph } from '@commerce/kit/subgraph-listener';
import { startWorker } from '@commerce/kit/worker';
import { createOrdersApp } from './app.ts';
import { createCartClient } from './clients/cart.ts';
import { createCatalogClient } from './clients/catalog.ts';
import { createUsersClient } from './clients/users.ts';
import { createWebhookSender } from './clients/webhook-sender.ts';
import type { OrdersConfig } from './config.ts';
import type { Failpoint } from './domain/orders-deps.ts';
import { createOrderLimits } from './graphql/limits.ts';
import { openPayments } from './payments.ts';

/** Starts the orders subgraph and its worker on a migrated database. Closing it lets requests, checkouts and jobs
 *  under way end. */
export async function startOrders(
  config: OrdersConfig,
  io: { logger: Logger; failpoint?: Failpoint },
): Promise<RunningService> {
  const { logger, failpoint } = io;
  const { db, ping, close } = openDatabase({
    url: config.ORDERS_DATABASE_URL,
    applicationName: 'orders',
    poolSize: config.DATABASE_POOL_SIZE,
    isTraced: config.OTEL_EXPORTER_OTLP_ENDPOINT !== undefined,
  });
  const clientOf = (audience: 'cart' | 'catalog' | 'users', url: string) =>
    createServiceClient({
      url,
      audience,
      service: 'orders',
      key: config.INTERNAL_KEYS[audience],
    });
  const cart = clientOf('cart', config.CART_URL);
  const catalog = clientOf('catalog', config.CATALOG_URL);
  const users = clientOf('users', config.USERS_URL);
  const payments = await openPayments(config);
  const mailer = openMailer(config, logger);
  const redis = openRedis(config.REDIS_URL, logger);
  const isWebhookPublicOnly =
    (config.WEBHOOKS_PUBLIC_ONLY ?? String(config.NODE_ENV === 'production')) === 'true';
  const sender = createWebhookSender({ isPublicOnly: isWebhookPublicOnly });
  const app = createOrdersApp({
    db,
    ping,
    cart: createCartClient(cart),
    catalog: createCatalogClient(catalog),
    payment: payments.provider,
    verifyPaymentWebhook: payments.verifyWebhook,
    channels: { users: createUsersClient(users), mailer, sender, publicUrl: config.PUBLIC_URL },
    isWebhookPublicOnly,
    limits: createOrderLimits({
      redis,
      max: config.RATE_LIMIT_ORDER_MAX,
      refundMax: config.RATE_LIMIT_REFUND_MAX,
      windowSeconds: config.RATE_LIMIT_WINDOW_SECONDS,
    }),
    logger,
    ...(failpoint ? { failpoint } : {}),
  });
  const resources = [
    app.drain,
    sender.close,
    async () => mailer.close(),
    async () => redis?.disconnect(),
    ...[users, cart, catalog, payments].map((client) => () => client.close()),
    close,
  ];
  try {
    const listener = await listenSubgraph(app, {
      host: config.HOST,
      port: config.PORT,
      acceptedKeys: config.INTERNAL_KEYS_ACCEPTED,
      logger,
    });
    const worker = startWorker({ url: config.ORDERS_DATABASE_URL, tasks: app.tasks, logger });
    return { url: listener.url, close: () => closeAll(logger, [listener.close, worker.close, ...resources]) };
  } catch (error) {
    await closeAll(logger, resources);
    throw error;
  }
}

function openMailer(config: OrdersConfig, logger: Logger): Mailer {
  const { SMTP_URL: url, MAIL_FROM: from, MAIL_DIR: folder } = config;
  return url === undefined
    ? createFileMailer({ folder, from, logger, isLinkLogged: false })
    : createSmtpMailer({ url, from });
}
