import type { GuardedConnection } from './guarded-connection.ts';

/** A connection costs the server memory: one that idles for nothing, an old one for caches that only grow. */
const MAX_IDLE_MS = 60_000;
const MAX_AGE_MS = 45 * 60_000;
const SWEEP_MS = 10_000;
const END_GRACE_MS = 1_000;

export type IdleConnections = {
  push(connection: GuardedConnection): void;
  /** The one used last, so that those that are not needed come of age. */
  pop(): GuardedConnection | undefined;
  remove(connection: GuardedConnection): void;
  /** Lets go of all; does not end them. */
  clear(): void;
};

/** Holds the connections that carry no statement, and ends those that were idle for a minute or are old. */
export function createIdleConnections(): IdleConnections {
  let stack: { connection: GuardedConnection; since: number }[] = [];
  let sweeping: NodeJS.Timeout | null = null;

  function sweep(): void {
    const now = performance.now();
    const isDue = (one: (typeof stack)[number]) =>
      now - one.since > MAX_IDLE_MS || now - one.connection.openedAt > MAX_AGE_MS;
    const due = stack.filter(isDue);
    stack = stack.filter((one) => !isDue(one));
    // Not awaited: it takes no longer than the grace, and nobody uses them any more.
    for (const { connection } of due) void connection.end(END_GRACE_MS);
    stopWhenEmpty();
  }

  function stopWhenEmpty(): void {
    if (stack.length > 0 || sweeping === null) return;
    clearInterval(sweeping);
    sweeping = null;
  }

  return {
    push(connection) {
      stack.push({ connection, since: performance.now() });
      sweeping ??= setInterval(sweep, SWEEP_MS).unref();
    },
    pop: () => stack.pop()?.connection,
    remove(connection) {
      stack = stack.filter((one) => one.connection !== connection);
    },
    clear() {
      stack = [];
      stopWhenEmpty();
    },
  };
}
