import { z } from 'zod';
import { acceptedKeys } from './internal-keys.ts';

/** Every fault of a configuration at once, one line each; holds no values, so that it can be logged. */
export class ConfigError extends Error {
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super(`Invalid configuration:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
    this.name = 'ConfigError';
    this.faults = faults;
  }
}

/** Reads a configuration from environment variables. An empty variable counts as unset.
 *  @throws ConfigError listing all faults */
export function loadConfig<Schema extends z.ZodType>(
  schema: Schema,
  env: Readonly<Record<string, string | undefined>> = process.env,
): z.infer<Schema> {
  const present = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = schema.safeParse(present);
  if (parsed.success) return parsed.data;
  throw new ConfigError(parsed.error.issues.map((issue) => describeIssue(issue, present)));
}

function describeIssue(issue: z.core.$ZodIssue, present: Readonly<Record<string, unknown>>): string {
  const name = issue.path.join('.');
  // Rules of several variables say themselves what is wrong with one that is absent.
  const isMissing = name !== '' && issue.code !== 'custom' && !Object.hasOwn(present, name);
  return `${name}: ${isMissing ? 'is required' : issue.message}`;
}

const integerText = /^\d{1,10}$/;

/** A whole number of at least `min`. */
export function integer(min: number, max = 2_147_483_647) {
  return z
    .string()
    .regex(integerText, 'must be a whole number')
    .transform(Number)
    .pipe(z.number().min(min, `must be at least ${min}`).max(max, `must be at most ${max}`));
}

export const port = integer(0, 65_535);

/** The shortest secret that HS256 may use safely. */
const MIN_SECRET_BYTES = 32;

export const secret = z
  .string()
  .refine(
    (value) => Buffer.byteLength(value) >= MIN_SECRET_BYTES,
    `must have at least ${MIN_SECRET_BYTES} bytes`,
  );

function urlOf(pattern: RegExp, message: string) {
  return z.string().refine((value) => pattern.test(value) && URL.canParse(value), message);
}

export const httpUrl = urlOf(/^https?:\/\//, 'must be an http(s) URL');
export const postgresUrl = urlOf(/^postgres(ql)?:\/\//, 'must be a postgres:// URL');
export const redisUrl = urlOf(/^rediss?:\/\//, 'must be a redis:// URL');
export const smtpUrl = urlOf(/^smtps?:\/\//, 'must be an smtp:// URL');

export const logLevel = z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']);
export const nodeEnv = z.enum(['development', 'test', 'production']).default('development');

/** What every service reads, whatever it does. */
export const serviceVariables = {
  NODE_ENV: nodeEnv,
  HOST: z.string().default('127.0.0.1'),
  LOG_LEVEL: logLevel.default('info'),
  OTEL_EXPORTER_OTLP_ENDPOINT: httpUrl.optional(),
};

/** What every subgraph reads. */
export const subgraphVariables = { ...serviceVariables, INTERNAL_KEYS_ACCEPTED: acceptedKeys };

/** The first one is signed with; any is accepted: two while one is being replaced. */
export type Secrets = readonly [string, ...string[]];

export function acceptedSecrets(secret: string, alsoAccepted: string | undefined): Secrets {
  return alsoAccepted === undefined ? [secret] : [secret, alsoAccepted];
}
