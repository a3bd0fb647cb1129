import type { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible';

/** Keeps the counters of limits apart from other keys. */
const KEY_PREFIX = 'limit:users';

export type LimiterOptions = {
  /** Calls allowed in one window. */
  max: number;
  windowSeconds: number;
  /** Where calls are counted, for all instances together; null: in this process. */
  redis: Redis | null;
};

/** What the rate limit directive makes its limiters of. A Redis that is away never fails a call: this
 *  process counts by itself then. */
export function openLimiterStore({ max, windowSeconds, redis }: LimiterOptions) {
  if (!redis) return { limiterOptions: { keyPrefix: KEY_PREFIX } };
  const limit = { points: max, duration: windowSeconds, keyPrefix: KEY_PREFIX };
  return {
    limiterClass: RateLimiterRedis,
    limiterOptions: {
      keyPrefix: KEY_PREFIX,
      storeClient: redis,
      rejectIfRedisNotReady: true,
      insuranceLimiter: new RateLimiterMemory(limit),
    },
  };
}

export type LimiterStore = ReturnType<typeof openLimiterStore>;
