import path from 'node:path';
import { acceptedSecrets } from '@commerce/kit/config';
import type { Environment, LauncherConfig } from './config.ts';
import {
  type DatabaseName,
  type DatabaseUrls,
  databaseNames,
  type Subgraph,
  subgraphs,
} from './databases.ts';
import { internalKeys } from './internal-keys.ts';
import type { Secrets } from './secrets.ts';
import type { ServiceName } from './service-names.ts';

export type Shop = {
  /** The environment that the launcher was started with: services read more than it knows. */
  env: Environment;
  config: LauncherConfig;
  secrets: Secrets;
  databaseUrls: DatabaseUrls;
  /** Origin of the demonstration payment provider; null where orders uses another one. */
  paymentProviderUrl: string | null;
};

/** The variables of one service: those of the launcher's own environment, and what it has made.
 *  @param listener where the service listens; port '0' picks a free one
 *  @param origins of the subgraphs, as far as they are known */
export function serviceEnvironment(
  name: ServiceName,
  shop: Shop,
  { host, port, origins }: { host: string; port: number; origins: Partial<Record<Subgraph, string>> },
): Environment {
  const { config } = shop;
  return {
    ...shop.env,
    // No service gets another one's database.
    ...Object.fromEntries(databaseNames.map((other) => [databaseVariable(other), undefined])),
    ...(name === 'router' ? {} : { [databaseVariable(name)]: shop.databaseUrls[name] }),
    ...Object.fromEntries(subgraphs.map((other) => [`${other.toUpperCase()}_URL`, origins[other]])),
    HOST: host,
    PORT: String(port),
    MAIL_DIR: shop.env.MAIL_DIR || path.join(config.DATA_DIR, 'mail'),
    PUBLIC_URL: shop.env.PUBLIC_URL || originOf(config.HOST, config.PORT),
    LOG_LEVEL: config.LOG_LEVEL ?? defaultLogLevel(name),
    ...tokenSecrets(name, shop),
    ...(name === 'orders' ? providerAccess(shop) : { ...withoutProvider, ...withoutStripe }),
  };
}

// Customers' tokens are made by users and read by the router; the others never see one. What the keys between services are
// derived from is nobody's.
function tokenSecrets(name: ServiceName, { env, config, secrets }: Shop): Environment {
  const access = config.JWT_SECRET ?? secrets.jwtSecret;
  const refresh = config.JWT_REFRESH_SECRET ?? secrets.jwtRefreshSecret;
  return {
    JWT_SECRET: name === 'users' || name === 'router' ? access : undefined,
    JWT_SECRET_ALSO_ACCEPTED: name === 'router' ? env.JWT_SECRET_ALSO_ACCEPTED : undefined,
    JWT_REFRESH_SECRET: name === 'users' ? refresh : undefined,
    JWT_REFRESH_SECRET_ALSO_ACCEPTED: name === 'users' ? env.JWT_REFRESH_SECRET_ALSO_ACCEPTED : undefined,
    INTERNAL_TOKEN_SECRET: undefined,
    INTERNAL_TOKEN_SECRET_ALSO_ACCEPTED: undefined,
    ...internalKeys(
      name,
      acceptedSecrets(
        config.INTERNAL_TOKEN_SECRET ?? secrets.internalTokenSecret,
        config.INTERNAL_TOKEN_SECRET_ALSO_ACCEPTED,
      ),
    ),
  };
}

const withoutProvider = { PAYMENT_PROVIDER_URL: undefined, PAYMENT_PROVIDER_SECRET: undefined };
const withoutStripe = { STRIPE_SECRET_KEY: undefined, STRIPE_WEBHOOK_SECRET: undefined };

function providerAccess({ config, secrets, paymentProviderUrl }: Shop): Environment {
  if (paymentProviderUrl === null) return withoutProvider;
  return {
    PAYMENT_PROVIDER_URL: paymentProviderUrl,
    PAYMENT_PROVIDER_SECRET: config.PAYMENT_PROVIDER_SECRET ?? secrets.paymentProviderSecret,
  };
}

/** The variables of the demonstration payment provider: nothing that is the shop's.
 *  @throws Error where it has no database */
export function paymentEnvironment(
  { env, config, secrets, databaseUrls }: Omit<Shop, 'paymentProviderUrl'>,
  { host, port }: { host: string; port: number },
): Environment {
  if (databaseUrls.payments === undefined) throw new Error('The payment provider has no database');
  return {
    PATH: env.PATH,
    // Windows opens no sockets without it.
    SystemRoot: env.SystemRoot,
    NODE_ENV: config.NODE_ENV,
    HOST: host,
    PORT: String(port),
    LOG_LEVEL: config.LOG_LEVEL ?? 'warn',
    PAYMENTS_DATABASE_URL: databaseUrls.payments,
    PAYMENT_PROVIDER_SECRET: config.PAYMENT_PROVIDER_SECRET ?? secrets.paymentProviderSecret,
    PAYMENT_FAULTS: env.PAYMENT_FAULTS,
  };
}

/** Placeholders for what the launcher makes: they let a service's variables be checked before any
 *  of it is there. */
export function placeholderEnvironment(): Environment {
  const secret = 'placeholder'.repeat(4);
  return {
    ...Object.fromEntries(subgraphs.map((name) => [databaseVariable(name), 'postgres://placeholder'])),
    ...Object.fromEntries(subgraphs.map((name) => [`${name.toUpperCase()}_URL`, 'http://placeholder'])),
    JWT_SECRET: secret,
    JWT_REFRESH_SECRET: `refresh-${secret}`,
    INTERNAL_KEYS: [...subgraphs, 'router'].map((name) => `${name}:${secret}`).join(','),
    INTERNAL_KEYS_ACCEPTED: `router:${secret}`,
    PAYMENT_PROVIDER_URL: 'http://placeholder',
    PAYMENT_PROVIDER_SECRET: `payments-${secret}`,
  };
}

export function databaseVariable(name: DatabaseName) {
  return `${upperCase[name]}_DATABASE_URL` as const;
}

const upperCase = {
  users: 'USERS',
  catalog: 'CATALOG',
  cart: 'CART',
  orders: 'ORDERS',
  payments: 'PAYMENTS',
} as const;

/** An origin at which a browser on this machine reaches what listens there. */
export function originOf(host: string, port: number): string {
  const isAny = host === '0.0.0.0' || host === '::';
  const name = host.includes(':') ? `[${host}]` : host;
  return `http://${isAny ? 'localhost' : name}:${port}`;
}

// The router logs every request: somebody who tries the shop out wants to see the start and what
// goes wrong. The others log little, among it the links of mails.
function defaultLogLevel(name: ServiceName): string {
  return name === 'router' ? 'warn' : 'info';
}
