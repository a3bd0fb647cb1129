import { instrumentDrizzleClient } from '@kubiks/otel-drizzle';
import { type SQL, sql as statement } from 'drizzle-orm';
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { z } from 'zod';
import { AppError } from './errors.ts';
import { openGuardedClient } from './guarded-client.ts';

export type Db = PostgresJsDatabase;

export type Database = {
  db: Db;
  /** @throws AppError SYS_002 where the server does not answer */
  ping(): Promise<void>;
  close(): Promise<void>;
};

export type DatabaseOptions = {
  url: string;
  /** Shown in pg_stat_activity. */
  applicationName: string;
  poolSize?: number;
  /** More than 0. */
  statementTimeoutMs?: number;
  lockTimeoutMs?: number;
  /** Records a span for every statement (its text, never its parameters). */
  isTraced?: boolean;
};

/** A pool; connects on first use. All SQL goes through `db`, so that it is traced. `db.transaction` throws, see
 *  openGuardedClient. A statement that finds no connection, or gets no answer, fails as an outage (SYS_002). */
export function openDatabase(options: DatabaseOptions): Database {
  const { client, close } = openGuardedClient({
    url: options.url,
    poolSize: options.poolSize ?? 10,
    session: {
      application_name: options.applicationName,
      statement_timeout: options.statementTimeoutMs ?? 2_000,
      lock_timeout: options.lockTimeoutMs ?? 1_000,
      TimeZone: 'UTC',
    },
  });
  const db: Db = drizzle(client);
  if (options.isTraced) instrumentDrizzleClient(db, { dbSystem: 'postgresql', captureQueryText: true });
  return {
    db,
    async ping() {
      try {
        await db.execute(statement`select 1`);
      } catch (error) {
        throw databaseError(error) ?? error;
      }
    },
    close,
  };
}

/** Runs a hand-written statement.
 *  @param row what a row must look like. The driver gives numeric and bigint as text, jsonb parsed, and
 *  timestamptz as text: read the last with `timestampColumn`. */
export async function queryRows<Schema extends z.ZodType>(
  db: Db,
  query: SQL,
  row: Schema,
): Promise<z.output<Schema>[]> {
  return z.array(row).parse([...(await db.execute(query))]);
}

/** A timestamptz column of a hand-written statement. */
export const timestampColumn = z.string().transform((text) => new Date(text));

/** What may heal by itself: no connection, shutting down, too many connections, a timeout, a deadlock. */
const passingCodes = new Set([
  // The pool's own: all connections are taken, and no answer in time.
  'ACQUIRE_TIMEOUT',
  'ANSWER_TIMEOUT',
  'CONNECT_TIMEOUT',
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EPIPE',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  '53300',
  '53400',
  '55P03',
  '57014',
  '57P01',
  '57P02',
  '57P03',
  '40001',
  '40P01',
  '08000',
  '08003',
  '08006',
]);
/** Text that Postgres cannot store: NUL, or not UTF-8. */
const unstorableCodes = new Set(['22021', '22P05']);

/** The error code that Postgres or its client gave, e.g. '23505', looking through wrapped causes. */
export function databaseErrorCode(error: unknown): string | null {
  for (let current = error; current instanceof Error; current = current.cause) {
    if (current instanceof AppError) return null;
    if ('code' in current && typeof current.code === 'string') return current.code;
  }
  return null;
}

/** @returns the name of the violated constraint, or null where the error is another one */
export function violatedConstraint(error: unknown): string | null {
  for (let current = error; current instanceof Error; current = current.cause) {
    if ('constraint_name' in current && typeof current.constraint_name === 'string') {
      return current.constraint_name;
    }
  }
  return null;
}

/** Translates a database failure for the edge; never keeps its message, which may hold parameters.
 *  @returns null where the failure is a bug rather than an outage or an unstorable input */
export function databaseError(error: unknown): AppError | null {
  const code = databaseErrorCode(error);
  if (code === null) return null;
  if (passingCodes.has(code))
    return new AppError('SYS_002', undefined, { retryAfterSeconds: 2, cause: error });
  if (unstorableCodes.has(code))
    return new AppError('VAL_001', 'Text holds characters that cannot be stored');
  return null;
}
