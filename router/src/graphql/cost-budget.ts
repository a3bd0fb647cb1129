import { type LimiterOptions, type LimitState, openLimiter } from '@commerce/kit/limiter';

/** Takes the cost of one operation off a client's budget. Never fails, whatever becomes of Redis. */
export type SpendCost = (clientAddress: string, cost: number) => Promise<LimitState>;

const WINDOW_SECONDS = 60;

/** @param budget cost that all operations of a client may have in a minute, whichever routers it asks */
export function createCostBudget(redis: LimiterOptions['redis'], budget: number): SpendCost {
  return openLimiter({ redis, name: 'graphql-cost', limit: budget, windowSeconds: WINDOW_SECONDS }).spend;
}
