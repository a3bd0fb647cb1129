import postgres from 'postgres';
import { addArrayTypes } from './array-types.ts';
import { createConnectionPool } from './connection-pool.ts';
import { createConnection } from './guarded-connection.ts';

export type GuardedClientOptions = {
  url: string;
  poolSize: number;
  /** Settings of each session; `statement_timeout` in milliseconds, more than 0. */
  session: Partial<postgres.ConnectionParameters> & { statement_timeout: number };
};

export type GuardedClient = {
  /** For drizzle: single statements only. */
  client: postgres.Sql;
  close(): Promise<void>;
};

/** A postgres.js client over connections that are guarded against its faults. Every statement settles: within
 *  1.5 s (3 s in a line that moves) it has a connection or fails, and on that within its timeout and half a second. One that failed for
 *  want of an answer may have been done: statements must bear being repeated. */
export function openGuardedClient({ url, poolSize, session }: GuardedClientOptions): GuardedClient {
  // Stands for the pool, and holds the types that drizzle changes. It never connects: ended at once, it refuses
  // whatever gets past the functions that are replaced here.
  const front = postgres(url, { max: 1 });
  // Never rejects where there is no connection.
  void front.end({ timeout: 0 });
  addArrayTypes(front.options);
  const pool = createConnectionPool({
    size: poolSize,
    statementTimeoutMs: session.statement_timeout,
    connect: (attempt, onDead) => createConnection({ url, session, types: front.options, attempt, onDead }),
  });
  function unsafe(text: string, parameters?: Parameter[], options?: postgres.UnsafeQueryOptions) {
    if (/^\s*(begin|start\s)/i.test(text)) throw noTransactions();
    const query = (client: postgres.Sql) => client.unsafe(text, parameters, options);
    return startOnDemand(
      async () => await pool.run(query),
      async () => await pool.run((client) => query(client).values()),
    );
  }
  const replaced = { unsafe, begin: refuse, reserve: refuse, listen: refuse, subscribe: refuse };
  return { client: Object.assign(front, replaced), close: pool.close };
}

type Parameter = postgres.ParameterOrJSON<never>;

/** As a query of postgres.js: it starts when it is awaited, and until then can be asked for rows as arrays. */
function startOnDemand<Rows, Values>(rows: () => Promise<Rows>, values: () => Promise<Values>) {
  let started: Promise<Rows> | null = null;
  const start = () => {
    started ??= rows();
    return started;
  };
  return {
    // biome-ignore lint/suspicious/noThenProperty: it is awaited by drizzle
    then: <Done, Failed>(done: (result: Rows) => Done, failed: (error: unknown) => Failed) =>
      start().then(done, failed),
    values,
  };
}

async function refuse(): Promise<never> {
  throw noTransactions();
}

function noTransactions(): Error {
  return new Error(
    'Transactions are refused: postgres.js 3.4.9 ends the process when a connection is lost during one, and may ' +
      'run the rest of a dead one inside the next. Write what belongs together as one statement.',
  );
}
