import { createConnectionSupply, type SupplyOptions } from './connection-supply.ts';
import { databaseFailure, type GuardedConnection, type Send } from './guarded-connection.ts';
import { createIdleConnections } from './idle-connections.ts';
import { createWaitingLine } from './waiting-line.ts';

/** How long a statement waits for a connection, be it that all are taken or that there is no server: its caller
 *  is to be told within 2 s. Once as long again where the connections are worked through so fast that its turn
 *  is near: a thousand callers at once are no outage. A restart of Postgres mostly takes less. */
const ACQUIRE_MS = 1_500;
/** The server cancels a statement at its timeout by itself; this much later it must have said so. */
const ANSWER_GRACE_MS = 500;

export type PoolOptions = Pick<SupplyOptions, 'size' | 'connect'> & {
  /** The server's own. A statement without an answer shortly after it is given up. */
  statementTimeoutMs: number;
};

export type ConnectionPool = {
  /** Runs a statement on a connection that it has for itself.
   *  @throws ACQUIRE_TIMEOUT after 1.5 s, or 3 s in a line that moves, or the reason why there is no connection,
   *  or CONNECTION_ENDED after close: nothing was done then; else what a connection throws */
  run<Result>(send: Send<Result>): Promise<Result>;
  /** Ends all connections; statements under way have 2 s. */
  close(): Promise<void>;
};

/** Shares connections among statements, and bounds the waiting for one, which postgres.js does not. A lost
 *  connection fails the statement that it carried and no other. */
export function createConnectionPool(options: PoolOptions): ConnectionPool {
  const answerMs = options.statementTimeoutMs + ANSWER_GRACE_MS;
  const waiting = createWaitingLine<GuardedConnection>();
  const idle = createIdleConnections();
  const supply = createConnectionSupply({
    size: options.size,
    patienceMs: ACQUIRE_MS,
    connect: options.connect,
    demand: waiting.length,
    onOpen: release,
    onDead: idle.remove,
    onOutage: waiting.failAll,
  });
  let isClosed = false;

  async function acquire(): Promise<GuardedConnection> {
    const acquired = waiting.join(ACQUIRE_MS, () => supply.lastError() ?? acquireTimeout());
    supply.fill();
    return await acquired;
  }

  function release(connection: GuardedConnection): void {
    if (connection.isDead()) supply.fill();
    else if (!waiting.serve(connection)) idle.push(connection);
  }

  return {
    async run(send) {
      if (isClosed) throw poolClosed();
      const connection = idle.pop() ?? (await acquire());
      try {
        return await connection.run(send, answerMs);
      } finally {
        release(connection);
      }
    },
    async close() {
      isClosed = true;
      waiting.failAll(poolClosed());
      await supply.close();
      idle.clear();
    },
  };
}

function acquireTimeout(): Error {
  return databaseFailure('ACQUIRE_TIMEOUT', 'No connection to Postgres was free in time');
}

function poolClosed(): Error {
  return databaseFailure('CONNECTION_ENDED', 'The connections to Postgres were closed');
}
