import { describeError } from '@commerce/kit/graphql-errors';
import type { Logger } from '@commerce/kit/logger';
import type { StockStore } from './data/stock-store.ts';

const INTERVAL_MS = 30_000;
/** How soon to begin, and to come back for what was locked or left over. */
const SOON_MS = 1_000;
/** Holds a sweep: a few milliseconds of locks on any product. */
const SWEEP_SIZE = 100;

export type Expiry = {
  /** Ends the timer, and waits for a sweep under way. */
  stop(): Promise<void>;
};

/** Releases reservations past their time, again and again. Any number of instances may do it at once. */
export function startExpiry(options: {
  stock: Pick<StockStore, 'expireReservations'>;
  logger: Logger;
}): Expiry {
  let isStopped = false;
  let sweeping: Promise<void> = Promise.resolve();
  // The first one soon: nobody swept while the service was down.
  let timer = setTimeout(sweep, SOON_MS);

  function sweep(): void {
    sweeping = sweepOnce(options).then((hasMore) => {
      if (!isStopped) timer = setTimeout(sweep, hasMore ? SOON_MS : INTERVAL_MS);
    });
  }

  return {
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await sweeping;
    },
  };
}

/** @returns true where more is due */
async function sweepOnce({ stock, logger }: Parameters<typeof startExpiry>[0]): Promise<boolean> {
  try {
    const { released, skipped } = await stock.expireReservations(SWEEP_SIZE);
    if (released > 0) logger.info({ released }, 'Released expired reservations');
    return released === SWEEP_SIZE || skipped > 0;
  } catch (error) {
    logger.warn({ reason: describeError(error) }, 'Cannot release expired reservations');
    return false;
  }
}
