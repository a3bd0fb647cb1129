import { setTimeout as delay } from 'node:timers/promises';

/** Time and chance. */
export type Timing = {
  /** Milliseconds of a clock that only goes forward. */
  now(): number;
  /** Ends early where the signal aborts. */
  wait(ms: number, signal?: AbortSignal): Promise<void>;
  /** From 0 to 1. */
  random(): number;
};

export const systemTiming: Timing = {
  now: () => performance.now(),
  wait: async (ms, signal) => await delay(ms, undefined, { signal }).catch(() => undefined),
  random: () => Math.random(),
};
