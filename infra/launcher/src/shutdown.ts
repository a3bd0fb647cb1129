import { setTimeout as delay } from 'node:timers/promises';

/** What is running, to be closed in the reverse order of its start. */
export type Shutdown = {
  /** Registers what was just started. After `run` has begun it is closed at once: a start that was
   *  interrupted leaves nothing. */
  add(close: () => Promise<unknown>): Promise<void>;
  /** Closes everything, each with a time limit; a second call waits for the first. */
  run(): Promise<void>;
};

// Three steps (router, subgraphs, Postgres) fit into the five seconds that a stop may take. What
// does not end in time is cut when the process ends.
const STEP_TIMEOUT_MS = 1_400;

export function createShutdown(report: (problem: unknown) => void): Shutdown {
  const closers: (() => Promise<unknown>)[] = [];
  let running: Promise<void> | null = null;
  const closeOne = async (close: () => Promise<unknown>): Promise<void> => {
    const late = new AbortController();
    const timeout = delay(STEP_TIMEOUT_MS, undefined, { signal: late.signal });
    // Neither may reject later, when nobody waits any more.
    await Promise.race([close().catch(report), timeout.catch(() => undefined)]);
    late.abort();
  };
  const closeAll = async (): Promise<void> => {
    for (let close = closers.pop(); close !== undefined; close = closers.pop()) {
      await closeOne(close);
    }
  };
  return {
    async add(close) {
      if (running === null) closers.push(close);
      else await closeOne(close);
    },
    async run() {
      running ??= closeAll();
      await running;
    },
  };
}
