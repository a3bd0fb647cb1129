import { setTimeout as delay } from 'node:timers/promises';
import type { Timing } from '../src/domain/timing.ts';

/** A clock that goes faster than the real one: what waits for 8 s waits for 200 ms. */
export function shortTiming(factor = 40): Timing {
  return {
    now: () => performance.now() * factor,
    wait: async (ms, signal) => await delay(ms / factor, undefined, { signal }).catch(() => undefined),
    random: () => 0.5,
  };
}
