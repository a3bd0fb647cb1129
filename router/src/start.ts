import { setTimeout as delay } from 'node:timers/promises';
import { createAccessTokenVerifier } from '@commerce/kit/access-token';
import { acceptedSecrets } from '@commerce/kit/config';
import { listen } from '@commerce/kit/http-server';
import { createTokenMint } from '@commerce/kit/internal-token';
import type { Logger } from '@commerce/kit/logger';
import { createMetrics } from '@commerce/kit/metrics';
import { openRedis } from '@commerce/kit/redis';
import { closeAll, type RunningService } from '@commerce/kit/service';
import { createServiceClient } from '@commerce/kit/service-client';
import { createAccountStateReader } from './account-state.ts';
import { createRouterApp } from './app.ts';
import { createIdentify } from './authentication.ts';
import type { RouterConfig } from './config.ts';
import { createDataSource, type SubgraphDataSource } from './data-source.ts';
import { watchEndedSessions } from './ended-sessions.ts';
import { createGateway } from './gateway.ts';
import { createCostBudget } from './graphql/cost-budget.ts';
import { createCostGuard } from './graphql/cost-guard.ts';
import { createDocumentAdmission } from './graphql/new-documents.ts';
import { createOperationLimits } from './graphql/operation-limits.ts';
import { createGraphqlServer } from './graphql/server.ts';
import { createHttpServer } from './http/server.ts';
import { createRequestCounter, createWebhookLimits } from './limits.ts';
import { openPersistedDocuments } from './persisted-documents/persisted-documents.ts';
import { createReadinessCheck } from './readiness.ts';
import { loadOperations } from './rest/operations.ts';

/** How long a start waits for users to tell which sessions ended. */
const FIRST_HEARD_MS = 2_000;

/** Opens what the router needs and listens. Subgraphs may be down: their fields answer once they are up. */
export async function startRouter(config: RouterConfig, io: { logger: Logger }): Promise<RunningService> {
  const { logger } = io;
  const isProduction = config.NODE_ENV === 'production';
  const urls = {
    users: config.USERS_URL,
    catalog: config.CATALOG_URL,
    cart: config.CART_URL,
    orders: config.ORDERS_URL,
  };
  const dataSources = openDataSources(urls, config.INTERNAL_KEYS, logger);
  const gateway = createGateway({ supergraphFile: config.SUPERGRAPH_FILE, dataSources, logger });
  const operations = await loadOperations();
  const redis = openRedis(config.REDIS_URL, logger);
  const persistedDocuments = await openPersistedDocuments({
    mode: config.PERSISTED_DOCUMENTS,
    manifestFile: config.PERSISTED_DOCUMENTS_MANIFEST,
    ownTexts: operations.values(),
    redis,
  });
  const costs = createCostGuard({
    maxCost: config.GRAPHQL_MAX_COST,
    spendCost: createCostBudget(redis, config.GRAPHQL_COST_BUDGET),
  });
  const limits = createOperationLimits();
  const server = createGraphqlServer({ gateway, persistedDocuments, costs, limits, isProduction, logger });
  await server.start();
  const serviceOf = (audience: 'users' | 'orders', timeoutMs: number) =>
    createServiceClient({
      url: urls[audience],
      audience,
      service: 'router',
      key: config.INTERNAL_KEYS[audience],
      timeoutMs,
      connections: 4,
    });
  const users = serviceOf('users', 1_000);
  const orders = serviceOf('orders', 3_000);
  const endedSessions = watchEndedSessions(users, logger);
  const readiness = createReadinessCheck(urls, logger);
  const windowSeconds = config.RATE_LIMIT_WINDOW_SECONDS;
  const app = createRouterApp({
    server,
    operations,
    orders,
    identify: createIdentify({
      verifyAccessToken: createAccessTokenVerifier(
        acceptedSecrets(config.JWT_SECRET, config.JWT_SECRET_ALSO_ACCEPTED),
      ),
      readAccountState: createAccountStateReader(users, logger),
      endedSessions,
    }),
    persistedDocuments,
    admitDocument: createDocumentAdmission(limits, config.GRAPHQL_PLANNING_BUDGET),
    limits: {
      rest: createRequestCounter(redis, { name: 'rest', limit: config.RATE_LIMIT_API_MAX, windowSeconds }),
      graphql: createRequestCounter(redis, {
        name: 'graphql',
        limit: config.RATE_LIMIT_GRAPHQL_MAX,
        windowSeconds,
      }),
      webhooks: createWebhookLimits(redis, {
        limit: config.RATE_LIMIT_WEBHOOK_MAX,
        forgeryLimit: config.RATE_LIMIT_WEBHOOK_FORGERY_MAX,
        windowSeconds,
      }),
    },
    readiness,
    metrics: createMetrics('router'),
    logger,
    isProduction,
    allowedOrigins: config.ALLOWED_ORIGINS,
    trustedProxies: config.TRUSTED_PROXIES,
  });
  // A token of a session that ended before must not be taken in the first moments, nor one that lives be refused.
  await Promise.race([endedSessions.heard, delay(FIRST_HEARD_MS, undefined, { ref: false })]);
  const listening = await listen(createHttpServer(app, logger), { host: config.HOST, port: config.PORT });
  return {
    url: listening.url,
    close: () =>
      closeAll(logger, [
        listening.close,
        () => server.stop(),
        ...Object.values(dataSources).map((source) => source.close),
        endedSessions.close,
        users.close,
        orders.close,
        readiness.close,
        async () => redis?.disconnect(),
      ]),
  };
}

function openDataSources(
  urls: Readonly<Record<string, string>>,
  keys: RouterConfig['INTERNAL_KEYS'],
  logger: Logger,
): Record<string, SubgraphDataSource> {
  const mintToken = createTokenMint('router', keys);
  return Object.fromEntries(
    Object.entries(urls).map(([name, url]) => [
      name,
      createDataSource({ name, url, mintToken, isToldUserAgent: name === 'users', logger }),
    ]),
  );
}
