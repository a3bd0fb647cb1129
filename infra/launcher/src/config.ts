import path from 'node:path';
import {
  ConfigError,
  httpUrl,
  loadConfig,
  logLevel,
  nodeEnv,
  port,
  postgresUrl,
  secret,
} from '@commerce/kit/config';
import { z } from 'zod';

/** Environment variables, unparsed. */
export type Environment = Readonly<Record<string, string | undefined>>;

const dataDirectory = z
  .string()
  .default('.data')
  .transform((directory) => path.resolve(directory));

// What the launcher itself acts on; what only a service reads is that service's to check. The
// secrets and database URLs that are absent are made at the first start and kept in the data folder.
const variables = z.object({
  NODE_ENV: nodeEnv,
  HOST: z.string().default('127.0.0.1'),
  PORT: port.default(4000),
  DATA_DIR: dataDirectory,
  LOG_LEVEL: logLevel.optional(),
  JWT_SECRET: secret.optional(),
  JWT_REFRESH_SECRET: secret.optional(),
  INTERNAL_TOKEN_SECRET: secret.optional(),
  INTERNAL_TOKEN_SECRET_ALSO_ACCEPTED: secret.optional(),
  USERS_DATABASE_URL: postgresUrl.optional(),
  CATALOG_DATABASE_URL: postgresUrl.optional(),
  CART_DATABASE_URL: postgresUrl.optional(),
  ORDERS_DATABASE_URL: postgresUrl.optional(),
  PAYMENTS_DATABASE_URL: postgresUrl.optional(),
  PAYMENT_PROVIDER: z.enum(['demo', 'stripe']).default('demo'),
  PAYMENT_PROVIDER_URL: httpUrl.optional(),
  PAYMENT_PROVIDER_SECRET: secret.optional(),
  DEMO_PASSWORD: z
    .string()
    .default('Demo-Passw0rd!')
    .refine(
      isStrong,
      'must have 8 characters, among them upper and lower case, a number and a special character',
    ),
  OTEL_EXPORTER_OTLP_ENDPOINT: httpUrl.optional(),
});

const launcherConfig = variables.refine(
  (config) => config.PAYMENT_PROVIDER_URL === undefined || config.PAYMENT_PROVIDER_SECRET !== undefined,
  { path: ['PAYMENT_PROVIDER_SECRET'], message: 'is required with PAYMENT_PROVIDER_URL' },
);

export type LauncherConfig = z.infer<typeof launcherConfig>;

/** Parses the whole environment, the services' variables included.
 *  @param services.schemas what each service reads
 *  @param services.made stands in for what the launcher makes where the environment does not have it
 *  @throws ConfigError listing all faults of all services, each once */
export function loadLauncherConfig(
  env: Environment,
  services: { schemas: readonly z.ZodType[]; made: Environment },
): LauncherConfig {
  const complete = { ...services.made, ...withoutEmpty(env) };
  const faults = [
    ...faultsOf(launcherConfig, env),
    ...services.schemas.flatMap((schema) => faultsOf(schema, complete)),
  ];
  if (faults.length > 0) throw new ConfigError([...new Set(faults)]);
  return loadConfig(launcherConfig, env);
}

/** Where the data folder is, for what needs nothing else of the configuration. */
export function loadDataDirectory(env: Environment): string {
  return loadConfig(z.object({ DATA_DIR: dataDirectory }), env).DATA_DIR;
}

function faultsOf(schema: z.ZodType, env: Environment): readonly string[] {
  try {
    loadConfig(schema, env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
}

function withoutEmpty(env: Environment): Environment {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
}

function isStrong(password: string): boolean {
  const kinds = [/[A-Z]/, /[a-z]/, /\d/, /[^A-Za-z0-9 ]/];
  return password.length >= 8 && kinds.every((kind) => kind.test(password));
}
