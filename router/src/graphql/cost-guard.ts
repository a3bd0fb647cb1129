import type { HeaderMap } from '@apollo/server';
import { AppError } from '@commerce/kit/errors';
import type { SpendCost } from './cost-budget.ts';
import { type PriceList, readPriceList } from './list-prices.ts';
import { costOf, type PricedOperation } from './operation-cost.ts';

export type CostGuard = {
  /** Prices are those of the supergraph that was read last. */
  readSchema(supergraphSdl: string): void;
  /** Tells in the answer's headers what an operation may cost and what is left, and refuses what costs too much.
   *  @param asked.variables already checked against their types
   *  @throws AppError VAL_001 over the maximum of one operation, RATE_001 over the client's budget */
  charge(asked: PricedOperation, client: { address: string; headers: HeaderMap }): Promise<void>;
};

/** @param options.maxCost that one operation may have */
export function createCostGuard(options: { maxCost: number; spendCost: SpendCost }): CostGuard {
  const { maxCost, spendCost } = options;
  let prices: PriceList | null = null;
  return {
    readSchema(supergraphSdl) {
      prices = readPriceList(supergraphSdl);
    },
    async charge(asked, { address, headers }) {
      if (!prices) throw new Error('An operation before the schema');
      const cost = costOf(prices, asked);
      headers.set('X-GraphQL-Cost', String(cost));
      if (cost > maxCost) throw tooExpensive(cost, maxCost);
      const { isAllowed, remaining, resetSeconds } = await spendCost(address, cost);
      headers.set('X-GraphQL-Cost-Remaining', String(remaining));
      if (isAllowed) return;
      headers.set('Retry-After', String(resetSeconds));
      throw new AppError('RATE_001', undefined, { retryAfterSeconds: resetSeconds });
    },
  };
}

function tooExpensive(cost: number, maximum: number): AppError {
  const message = `The operation may cost ${cost}, and at most ${maximum} is allowed: ask for shorter lists`;
  return new AppError('VAL_001', message, { details: { cost, maximum } });
}
