import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { loadLauncherConfig } from '@commerce/launcher/config';
import { serviceSchemas } from '@commerce/launcher/service-configs';
import { placeholderEnvironment, type Shop } from '@commerce/launcher/service-environment';
import { inject } from 'vitest';
import type { DatabaseName, TestDatabase } from './database.ts';
import { createSeededDatabase, DEMO_PASSWORD } from './seeded-database.ts';

export type SupergraphOptions = {
  /** Calls of one sensitive mutation in a window and address; as good as unlimited by default. */
  authLimit?: number;
  /** REST calls in a window and address; likewise. */
  apiLimit?: number;
  /** GraphQL requests in a window and address; likewise. */
  graphqlLimit?: number;
  /** Shared cache and limits; in-process ones by default. See createTestRedis. */
  redisUrl?: string;
  /** Where spans go, by OTLP over HTTP. Only processes of their own send any. */
  otlpEndpoint?: string;
  /** Any further variables of the services. */
  env?: Readonly<Record<string, string>>;
  /** Where services reach their databases, for proxies in between; at the databases themselves by default. */
  reachDatabase?: (name: DatabaseName, url: string) => string;
  /** Folder for a file of each process's output, `users.log` for example; this process's own output by default. */
  logFolder?: string;
};

/** What a supergraph under test runs on. */
export type SupergraphFixture = {
  /** All but where its payment provider answers. */
  shop: Omit<Shop, 'paymentProviderUrl'>;
  /** The key that access tokens are signed with. */
  jwtSecret: string;
  databaseUrls: Readonly<Record<DatabaseName, string>>;
  paymentProviderSecret: string;
  /** Mails that were not sent by SMTP are files in here. */
  mailFolder: string;
  remove(): Promise<void>;
};

const UNLIMITED = 1_000_000;

/** Seeded databases, secrets and variables of their own for one supergraph. */
export async function createSupergraphFixture(options: SupergraphOptions): Promise<SupergraphFixture> {
  const folder = await mkdtemp(path.join(inject('testPostgres').scratchFolder, 'shop-'));
  const databases = await createDatabases();
  const { users, catalog, cart, orders, payments } = databases;
  const databaseUrls = {
    users: users.url,
    catalog: catalog.url,
    cart: cart.url,
    orders: orders.url,
    payments: payments.url,
  };
  const jwtSecret = randomSecret();
  const { reachDatabase = (_name, url) => url } = options;
  const env = { ...variablesOf(options), DATA_DIR: folder, JWT_SECRET: jwtSecret };
  const made = placeholderEnvironment();
  const config = loadLauncherConfig(env, { schemas: serviceSchemas, made });
  const secrets = createSecrets();
  return {
    shop: { env, config, databaseUrls: reached(databaseUrls, reachDatabase), secrets },
    paymentProviderSecret: secrets.paymentProviderSecret,
    jwtSecret,
    databaseUrls,
    mailFolder: path.join(folder, 'mail'),
    async remove() {
      await Promise.all(Object.values(databases).map((database) => database.drop()));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function createDatabases(): Promise<Record<DatabaseName, TestDatabase>> {
  const [users, catalog, cart, orders, payments] = await Promise.all([
    createSeededDatabase('users'),
    createSeededDatabase('catalog'),
    createSeededDatabase('cart'),
    createSeededDatabase('orders'),
    createSeededDatabase('payments'),
  ]);
  return { users, catalog, cart, orders, payments };
}

function reached(
  urls: Readonly<Record<DatabaseName, string>>,
  reach: (name: DatabaseName, url: string) => string,
): Record<DatabaseName, string> {
  return {
    users: reach('users', urls.users),
    catalog: reach('catalog', urls.catalog),
    cart: reach('cart', urls.cart),
    orders: reach('orders', urls.orders),
    payments: reach('payments', urls.payments),
  };
}

function variablesOf(options: SupergraphOptions): Record<string, string> {
  const { redisUrl, otlpEndpoint } = options;
  return {
    NODE_ENV: 'test',
    HOST: '127.0.0.1',
    PORT: '0',
    LOG_LEVEL: 'error',
    DEMO_PASSWORD,
    PAYMENT_FAULTS: 'on',
    RATE_LIMIT_AUTH_MAX: String(options.authLimit ?? UNLIMITED),
    RATE_LIMIT_REFRESH_MAX: String(UNLIMITED),
    RATE_LIMIT_ORDER_MAX: String(UNLIMITED),
    RATE_LIMIT_REFUND_MAX: String(UNLIMITED),
    RATE_LIMIT_API_MAX: String(options.apiLimit ?? UNLIMITED),
    RATE_LIMIT_GRAPHQL_MAX: String(options.graphqlLimit ?? UNLIMITED),
    GRAPHQL_COST_BUDGET: '1000000000',
    GRAPHQL_PLANNING_BUDGET: '1000000000',
    ...(redisUrl === undefined ? {} : { REDIS_URL: redisUrl }),
    ...(otlpEndpoint === undefined ? {} : { OTEL_EXPORTER_OTLP_ENDPOINT: otlpEndpoint }),
    ...options.env,
  };
}

function createSecrets(): Shop['secrets'] {
  const unused = randomSecret();
  return {
    postgresPassword: unused,
    rolePasswords: { users: unused, catalog: unused, cart: unused, orders: unused, payments: unused },
    jwtSecret: unused,
    jwtRefreshSecret: randomSecret(),
    internalTokenSecret: randomSecret(),
    paymentProviderSecret: randomSecret(),
  };
}

function randomSecret(): string {
  return randomBytes(32).toString('base64url');
}
