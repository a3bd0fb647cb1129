import type { Logger } from '@commerce/kit/logger';
import { type RecurringTask, repeatWhileFull } from '@commerce/kit/worker';
import type { CartStore } from './data/cart-store.ts';

const RETENTION_SECONDS = 60 * 60;
/** Orders asks again for hours at most; once an order is forgotten, asking again would take out what was added
 *  since. */
const KEPT_DAYS = 30;
const PRUNE_SIZE = 500;

/** Forgets which orders were taken out of their carts, long after. */
export function retentionTask(deps: {
  store: Pick<CartStore, 'pruneConsumptions'>;
  logger: Logger;
}): RecurringTask {
  return {
    everySeconds: RETENTION_SECONDS,
    async run(signal) {
      const prune = async () => await deps.store.pruneConsumptions(KEPT_DAYS, PRUNE_SIZE);
      const orders = await repeatWhileFull(prune, PRUNE_SIZE, signal);
      if (orders > 0) deps.logger.info({ orders }, 'Forgot orders taken out of their carts long ago');
    },
  };
}
