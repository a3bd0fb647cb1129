import postgres from 'postgres';
import { type DatabaseName, type DatabaseUrls, databaseNames } from './invariant.ts';

/** A database that cannot be reached, or not be read. */
export class UnreadableDatabaseError extends Error {
  constructor(database: DatabaseName, cause: unknown) {
    super(
      `The ${database} database cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`,
      {
        cause,
      },
    );
    this.name = 'UnreadableDatabaseError';
  }
}

export type Databases = {
  /** Runs one statement in a read-only transaction of its own: what a later one sees is not older.
   *  @throws UnreadableDatabaseError */
  read(database: DatabaseName, statement: string, parameters: (string | number)[]): Promise<unknown[]>;
  close(): Promise<void>;
};

/** Whole tables are read. */
const STATEMENT_TIMEOUT_MS = 600_000;
const CONNECT_TIMEOUT_SECONDS = 10;

/** One connection to each, made when it is first needed. A role that may only select is enough. */
export function openDatabases(urls: DatabaseUrls): Databases {
  const clients = new Map(
    databaseNames.flatMap((name): [DatabaseName, postgres.Sql][] => {
      const url = urls[name];
      return url === undefined ? [] : [[name, connect(url)]];
    }),
  );
  return {
    async read(database, statement, parameters) {
      const client = clients.get(database);
      if (!client) throw new Error(`A check of the ${database} database, which is not known`);
      try {
        return [...(await client.unsafe(statement, parameters))];
      } catch (error) {
        throw new UnreadableDatabaseError(database, error);
      }
    },
    async close() {
      await Promise.all([...clients.values()].map((client) => client.end({ timeout: 2 })));
    },
  };
}

function connect(url: string): postgres.Sql {
  return postgres(url, {
    max: 1,
    connect_timeout: CONNECT_TIMEOUT_SECONDS,
    fetch_types: false,
    onnotice: () => {},
    connection: {
      application_name: 'invariants',
      default_transaction_read_only: true,
      statement_timeout: STATEMENT_TIMEOUT_MS,
      TimeZone: 'UTC',
    },
  });
}
