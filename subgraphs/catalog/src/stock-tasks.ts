import type { Logger } from '@commerce/kit/logger';
import { type RecurringTask, repeatWhileFull } from '@commerce/kit/worker';
import type { StockStore } from './data/stock-store.ts';

/** Well within the 30 seconds past their time after which holds are to be gone. */
const EXPIRY_SECONDS = 10;
/** Holds a sweep: a few milliseconds of locks on any product. */
const SWEEP_SIZE = 100;
const RETENTION_SECONDS = 60 * 60;
/** A tombstone must outlive every message about its order: a reservation that comes later would hold pieces. */
const KEPT_DAYS = 30;
const PRUNE_SIZE = 200;

/** Releases reservations past their time. */
export function expiryTask(deps: {
  stock: Pick<StockStore, 'expireReservations'>;
  logger: Logger;
}): RecurringTask {
  return {
    everySeconds: EXPIRY_SECONDS,
    async run(signal) {
      const sweep = async () => (await deps.stock.expireReservations(SWEEP_SIZE)).released;
      const released = await repeatWhileFull(sweep, SWEEP_SIZE, signal);
      if (released > 0) deps.logger.info({ released }, 'Released expired reservations');
    },
  };
}

/** Forgets what no message can be about any more. Committed reservations stay: refunds return from them. */
export function retentionTask(deps: {
  stock: Pick<StockStore, 'pruneReleased'>;
  logger: Logger;
}): RecurringTask {
  return {
    everySeconds: RETENTION_SECONDS,
    async run(signal) {
      const prune = async () => await deps.stock.pruneReleased(KEPT_DAYS, PRUNE_SIZE);
      const orders = await repeatWhileFull(prune, PRUNE_SIZE, signal);
      if (orders > 0) deps.logger.info({ orders }, 'Forgot orders released long ago');
    },
  };
}
