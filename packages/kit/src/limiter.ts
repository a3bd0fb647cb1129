import type { Redis } from 'ioredis';
import { LRUCache } from 'lru-cache';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { AppError } from './errors.ts';

export type LimiterOptions = {
  /** Where calls are counted, for all instances together; null: in this process. */
  redis: Redis | null;
  /** Keeps the buckets of different limits apart. All instances that use the same name share the buckets. */
  name: string;
  /** Calls, or points, allowed in one window. */
  limit: number;
  windowSeconds: number;
};

export type LimitState = {
  isAllowed: boolean;
  limit: number;
  remaining: number;
  windowSeconds: number;
  /** Seconds until the bucket is full again. */
  resetSeconds: number;
};

/** Buckets of one limit. Never fails, whatever becomes of Redis. */
export type Limiter = {
  /** Counts a call.
   *  @param points what it counts; 1 by default */
  spend(key: string, points?: number): Promise<LimitState>;
  /** Tells of a bucket without counting. */
  look(key: string): Promise<LimitState>;
};

/** Refused keys remembered at most: some 2 MB. */
const MAX_REFUSED = 10_000;

/** Counts in Redis where there is one. While it is away each instance counts for itself, so that there is always some
 *  limit. */
export function openLimiter(options: LimiterOptions): Limiter {
  const { limit, windowSeconds } = options;
  const buckets = openBuckets(options);
  const stateOf = (counted: RateLimiterRes | null, isAllowed: boolean): LimitState => ({
    isAllowed,
    limit,
    remaining: isAllowed ? (counted?.remainingPoints ?? limit) : 0,
    windowSeconds,
    resetSeconds: counted ? Math.max(1, Math.ceil(counted.msBeforeNext / 1000)) : windowSeconds,
  });

  return {
    async spend(key, points = 1) {
      try {
        return stateOf(await buckets.consume(key, points), true);
      } catch (refusal) {
        if (refusal instanceof RateLimiterRes) return stateOf(refusal, false);
        throw refusal;
      }
    },
    async look(key) {
      const counted = await buckets.get(key);
      return stateOf(counted, counted === null || counted.remainingPoints > 0);
    },
  };
}

export type Buckets = {
  /** @throws RateLimiterRes where the bucket is empty */
  consume(key: string, points: number): Promise<RateLimiterRes>;
  /** @returns null where nothing was counted in this window */
  get(key: string): Promise<RateLimiterRes | null>;
};

/** The same in the form of rate-limiter-flexible. */
export function openBuckets({ redis, name, limit, windowSeconds }: LimiterOptions): Buckets {
  const settings = { keyPrefix: `limit:${name}`, points: limit, duration: windowSeconds };
  const local = new RateLimiterMemory(settings);
  const store = redis
    ? new RateLimiterRedis({
        ...settings,
        storeClient: redis,
        insuranceLimiter: local,
        rejectIfRedisNotReady: true,
      })
    : local;
  // Who is over the limit is not asked about again: an attacker costs Redis nothing, and stays refused where Redis
  // loses its memory. The library's own list of these is gone through as a whole for every one that it refuses.
  const refused = new LRUCache<string, true>({ max: MAX_REFUSED });

  return {
    async consume(key, points) {
      const waitMs = refused.getRemainingTTL(key);
      if (waitMs > 0) throw new RateLimiterRes(0, waitMs);
      try {
        return await store.consume(key, points);
      } catch (refusal) {
        if (refusal instanceof RateLimiterRes && refusal.msBeforeNext >= 1)
          refused.set(key, true, { ttl: Math.ceil(refusal.msBeforeNext) });
        throw refusal;
      }
    },
    get: async (key) => await store.get(key),
  };
}

/** @returns RATE_001 that carries what the headers of the answer are to tell */
export function limitError(state: Pick<LimitState, 'limit' | 'windowSeconds' | 'resetSeconds'>): AppError {
  const { limit, windowSeconds, resetSeconds: retryAfterSeconds } = state;
  return new AppError('RATE_001', undefined, {
    retryAfterSeconds,
    details: { retryAfterSeconds, limit, windowSeconds },
  });
}
