import postgres from 'postgres';
import type { GuardedConnection } from './guarded-connection.ts';

/** How soon a connection is tried again after one has failed. */
const RETRY_MS = 100;
const CLOSE_GRACE_MS = 2_000;

export type SupplyOptions = {
  /** The most connections at a time. */
  size: number;
  /** An outage that is older is waited out no longer: statements that come then fail with the next try. */
  patienceMs: number;
  /** @param attempt counts up */
  connect(attempt: number, onDead: () => void): GuardedConnection;
  /** How many statements wait for a connection. */
  demand(): number;
  onOpen(connection: GuardedConnection): void;
  onDead(connection: GuardedConnection): void;
  /** There is no connection, and waiting does not help. */
  onOutage(error: unknown): void;
};

export type ConnectionSupply = {
  /** Opens what is missing; to be called whenever there may be more demand, or fewer connections. */
  fill(): void;
  /** Why there are too few connections; undefined where the last try went well. */
  lastError(): unknown;
  close(): Promise<void>;
};

/** Opens connections as statements need them: while all goes well as many at once as there is demand for, in an
 *  outage one at a time, so that a server which comes back is not stormed. */
export function createConnectionSupply(options: SupplyOptions): ConnectionSupply {
  const all = new Set<GuardedConnection>();
  let connecting = 0;
  let attempts = 0;
  let outage: { since: number; error: unknown } | null = null;
  let retry: NodeJS.Timeout | null = null;
  let isClosed = false;

  function fill(): void {
    while (mayOpen()) void openOne();
  }

  function mayOpen(): boolean {
    if (isClosed || retry !== null || all.size >= options.size) return false;
    return connecting < (outage === null ? options.demand() : Math.min(options.demand(), 1));
  }

  /** Never rejects. */
  async function openOne(): Promise<void> {
    attempts += 1;
    connecting += 1;
    const connection = options.connect(attempts, () => {
      all.delete(connection);
      options.onDead(connection);
    });
    all.add(connection);
    const error = await connection.open().then(
      () => null,
      (reason: unknown) => ({ reason }),
    );
    connecting -= 1;
    if (error === null) {
      outage = null;
      options.onOpen(connection);
    } else if (!isClosed) noteFailure(error.reason);
    fill();
  }

  function noteFailure(error: unknown): void {
    const now = performance.now();
    outage = { since: outage?.since ?? now, error };
    const isHopeless = !canHeal(error) || now - outage.since > options.patienceMs;
    if (isHopeless && all.size === connecting) options.onOutage(error);
    retry ??= setTimeout(() => {
      retry = null;
      fill();
    }, RETRY_MS);
  }

  return {
    fill,
    lastError: () => outage?.error,
    async close() {
      isClosed = true;
      if (retry !== null) clearTimeout(retry);
      await Promise.all([...all].map(async (connection) => await connection.end(CLOSE_GRACE_MS)));
    },
  };
}

/** Whether it may be over soon: not where the server is there and refuses us, such as for a wrong password. It
 *  also answers while it has too many connections (53) or starts or stops (57). */
function canHeal(error: unknown): boolean {
  return !(error instanceof postgres.PostgresError) || /^5[37]/.test(error.code);
}
