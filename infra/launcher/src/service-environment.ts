import path from 'node:path';
import type { Environment, LauncherConfig } from './config.ts';
import { type Subgraph, subgraphs } from './databases.ts';
import type { Secrets } from './secrets.ts';

export type ServiceName = Subgraph | 'router';
export const serviceNames: readonly ServiceName[] = [...subgraphs, 'router'];

export type Shop = {
  /** The environment that the launcher was started with: services read more than it knows. */
  env: Environment;
  config: LauncherConfig;
  secrets: Secrets;
  databaseUrls: Readonly<Record<Subgraph, string>>;
};

/** The variables of one service: those of the launcher's own environment, and what it has made.
 *  @param listener where the service listens; port '0' picks a free one
 *  @param origins of the subgraphs, as far as they are known */
export function serviceEnvironment(
  name: ServiceName,
  shop: Shop,
  { host, port, origins }: { host: string; port: number; origins: Partial<Record<Subgraph, string>> },
): Environment {
  const { config, secrets } = shop;
  return {
    ...shop.env,
    // No service gets another one's database.
    ...Object.fromEntries(subgraphs.map((other) => [databaseVariable(other), undefined])),
    ...(name === 'router' ? {} : { [databaseVariable(name)]: shop.databaseUrls[name] }),
    ...Object.fromEntries(subgraphs.map((other) => [`${other.toUpperCase()}_URL`, origins[other]])),
    HOST: host,
    PORT: String(port),
    MAIL_DIR: shop.env.MAIL_DIR || path.join(config.DATA_DIR, 'mail'),
    PUBLIC_URL: shop.env.PUBLIC_URL || originOf(config.HOST, config.PORT),
    LOG_LEVEL: config.LOG_LEVEL ?? defaultLogLevel(name),
    JWT_SECRET: config.JWT_SECRET ?? secrets.jwtSecret,
    JWT_REFRESH_SECRET: config.JWT_REFRESH_SECRET ?? secrets.jwtRefreshSecret,
    INTERNAL_TOKEN_SECRET: config.INTERNAL_TOKEN_SECRET ?? secrets.internalTokenSecret,
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
    INTERNAL_TOKEN_SECRET: `internal-${secret}`,
  };
}

export function databaseVariable(name: Subgraph) {
  return `${upperCase[name]}_DATABASE_URL` as const;
}

const upperCase = { users: 'USERS', catalog: 'CATALOG', cart: 'CART', orders: 'ORDERS' } as const;

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
