import type { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';

export type LimitState = {
  isAllowed: boolean;
  limit: number;
  remaining: number;
  windowSeconds: number;
  /** Seconds until the bucket is full again. */
  resetSeconds: number;
};

/** Counts one request of a client. Never fails, whatever becomes of Redis. */
export type CountRequest = (clientAddress: string) => Promise<LimitState>;

/** One bucket for each client, shared by all instances where there is a Redis. While it is away each instance
 *  counts for itself, so that there is always some limit.
 *  @param options.name keeps the buckets of different limits apart */
export function createRequestCounter(
  redis: Redis | null,
  options: { name: string; limit: number; windowSeconds: number },
): CountRequest {
  const { limit, windowSeconds } = options;
  const settings = { keyPrefix: `limit:${options.name}`, points: limit, duration: windowSeconds };
  const local = new RateLimiterMemory(settings);
  const limiter = redis
    ? new RateLimiterRedis({
        ...settings,
        storeClient: redis,
        insuranceLimiter: local,
        rejectIfRedisNotReady: true,
        // Who is over the limit is not asked about again: an attacker costs Redis nothing.
        inMemoryBlockOnConsumed: limit + 1,
      })
    : local;

  return async (clientAddress) => {
    const { isAllowed, counted } = await consume(clientAddress);
    return {
      isAllowed,
      limit,
      remaining: isAllowed ? counted.remainingPoints : 0,
      windowSeconds,
      resetSeconds: Math.max(1, Math.ceil(counted.msBeforeNext / 1000)),
    };
  };

  async function consume(key: string): Promise<{ isAllowed: boolean; counted: RateLimiterRes }> {
    try {
      return { isAllowed: true, counted: await limiter.consume(key) };
    } catch (refusal) {
      if (refusal instanceof RateLimiterRes) return { isAllowed: false, counted: refusal };
      throw refusal;
    }
  }
}
