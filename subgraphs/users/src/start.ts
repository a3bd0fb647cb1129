import { openCacheStore } from '@commerce/kit/cache';
import { acceptedSecrets } from '@commerce/kit/config';
import type { Logger } from '@commerce/kit/logger';
import { createFileMailer, createSmtpMailer, type Mailer } from '@commerce/kit/mail';
import { openDatabase } from '@commerce/kit/postgres';
import { openRedis } from '@commerce/kit/redis';
import { closeAll, type RunningService } from '@commerce/kit/service';
import { createServiceClient, type ServiceClient } from '@commerce/kit/service-client';
import { listenSubgraph } from '@commerce/kit/subgraph-listener';
import { startWorker } from '@commerce/kit/worker';
import { createUsersApp } from './app.ts';
import { createErasers } from './clients/erasers.ts';
import type { UsersConfig } from './config.ts';
import type { OtherSubgraph } from './data/erasure-record.ts';
import { createPasswords } from './domain/passwords.ts';

/** Opens what the subgraph needs and listens. The database has been migrated before. */
export async function startUsers(
  config: UsersConfig,
  { logger }: { logger: Logger },
): Promise<RunningService> {
  const database = openDatabase({
    url: config.USERS_DATABASE_URL,
    applicationName: 'users',
    poolSize: config.DATABASE_POOL_SIZE,
    isTraced: config.OTEL_EXPORTER_OTLP_ENDPOINT !== undefined,
  });
  const redis = openRedis(config.REDIS_URL, logger);
  const mailer = openMailer(config, logger);
  const others = openOthers(config);
  const app = createUsersApp({
    database,
    cacheStore: openCacheStore(redis),
    limits: {
      max: config.RATE_LIMIT_AUTH_MAX,
      refreshMax: config.RATE_LIMIT_REFRESH_MAX,
      windowSeconds: config.RATE_LIMIT_WINDOW_SECONDS,
      redis,
    },
    mailer,
    erasers: createErasers(others),
    passwords: createPasswords(),
    secrets: {
      access: config.JWT_SECRET,
      refresh: acceptedSecrets(config.JWT_REFRESH_SECRET, config.JWT_REFRESH_SECRET_ALSO_ACCEPTED),
    },
    publicUrl: config.PUBLIC_URL,
    logger,
  });
  const closeDeps = async () =>
    await closeAll(logger, [
      app.whenIdle,
      ...Object.values(others).map((client) => client.close),
      async () => mailer.close(),
      database.close,
      async () => redis?.disconnect(),
    ]);
  try {
    const { HOST: host, PORT: port } = config;
    const listening = await listenSubgraph(app, {
      host,
      port,
      acceptedKeys: config.INTERNAL_KEYS_ACCEPTED,
      logger,
    });
    const worker = startWorker({ url: config.USERS_DATABASE_URL, tasks: app.tasks, logger });
    return {
      url: listening.url,
      async close() {
        await closeAll(logger, [listening.close, worker.close, closeDeps]);
      },
    };
  } catch (error) {
    await closeDeps();
    throw error;
  }
}

/** What a customer waits for; who takes longer is told again in the background. */
const OTHERS_TIMEOUT_MS = 1_500;

/** The other subgraphs. They are asked nothing before an account is deleted. */
function openOthers(config: UsersConfig): Record<OtherSubgraph, ServiceClient> {
  const clientOf = (audience: OtherSubgraph, url: string) =>
    createServiceClient({
      url,
      audience,
      service: 'users',
      key: config.INTERNAL_KEYS[audience],
      timeoutMs: OTHERS_TIMEOUT_MS,
    });
  return {
    cart: clientOf('cart', config.CART_URL),
    orders: clientOf('orders', config.ORDERS_URL),
    catalog: clientOf('catalog', config.CATALOG_URL),
  };
}

function openMailer(config: UsersConfig, logger: Logger): Mailer {
  const { SMTP_URL: url, MAIL_FROM: from, MAIL_DIR: folder } = config;
  if (url !== undefined) return createSmtpMailer({ url, from });
  return createFileMailer({ folder, from, logger, isLinkLogged: config.NODE_ENV !== 'production' });
}
