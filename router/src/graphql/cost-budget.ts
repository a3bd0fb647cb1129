import type { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';

/** What is left of a client's budget. */
export type BudgetState = { isAllowed: boolean; remaining: number; resetSeconds: number };

/** Takes the cost of one operation off a client's budget. Never fails, whatever becomes of Redis. */
export type SpendCost = (clientAddress: string, cost: number) => Promise<BudgetState>;

const WINDOW_SECONDS = 60;

/** @param budget cost that all operations of a client may have in a minute, whichever routers it asks; routers
 *  without a Redis, or while it is away, count for themselves */
export function createCostBudget(redis: Redis | null, budget: number): SpendCost {
  const settings = { keyPrefix: 'limit:graphql-cost', points: budget, duration: WINDOW_SECONDS };
  const local = new RateLimiterMemory(settings);
  const limiter = redis
    ? new RateLimiterRedis({
        ...settings,
        storeClient: redis,
        insuranceLimiter: local,
        rejectIfRedisNotReady: true,
        inMemoryBlockOnConsumed: budget + 1,
      })
    : local;

  return async (clientAddress, cost) => {
    try {
      return stateOf(await limiter.consume(clientAddress, cost), true);
    } catch (refusal) {
      if (refusal instanceof RateLimiterRes) return stateOf(refusal, false);
      throw refusal;
    }
  };
}

function stateOf({ remainingPoints, msBeforeNext }: RateLimiterRes, isAllowed: boolean): BudgetState {
  return {
    isAllowed,
    remaining: isAllowed ? remainingPoints : 0,
    resetSeconds: Math.max(1, Math.ceil(msBeforeNext / 1_000)),
  };
}
