import { openCacheStore } from '@commerce/kit/cache';
import { acceptedSecrets } from '@commerce/kit/config';
import type { Logger } from '@commerce/kit/logger';
import { createFileMailer, createSmtpMailer, type Mailer } from '@commerce/kit/mail';
import { openDatabase } from '@commerce/kit/postgres';
import { openRedis } from '@commerce/kit/redis';
import { closeAll, type RunningService } from '@commerce/kit/service';
import { listenSubgraph } from '@commerce/kit/subgraph-listener';
import { createUsersApp } from './app.ts';
import type { UsersConfig } from './config.ts';
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
    return {
      url: listening.url,
      async close() {
        await closeAll(logger, [listening.close, closeDeps]);
      },
    };
  } catch (error) {
    await closeDeps();
    throw error;
  }
}

function openMailer(config: UsersConfig, logger: Logger): Mailer {
  const { SMTP_URL: url, MAIL_FROM: from, MAIL_DIR: folder } = config;
  if (url !== undefined) return createSmtpMailer({ url, from });
  return createFileMailer({ folder, from, logger, isLinkLogged: config.NODE_ENV !== 'production' });
}
