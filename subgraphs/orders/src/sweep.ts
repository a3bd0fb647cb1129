import { describeError } from '@commerce/kit/graphql-errors';
import type { Logger } from '@commerce/kit/logger';
import type { OrdersApp } from './app.ts';

/** An order that was not decided by then is given up: longer than any request takes, outages included. */
const UNDECIDED_SECONDS = 60;
/** Whoever is at work on an order is not disturbed for this long. */
const QUIET_SECONDS = 10;
const SWEEP_INTERVAL_MS = 15_000;

/** Takes up unfinished orders at once, and from then on every 15 seconds.
 *  @returns stops it, and waits for the few orders that are under way: the others are taken up by whoever
 *  starts next */
export function startSweeping(app: Pick<OrdersApp, 'resume'>, logger: Logger): () => Promise<void> {
  const stopping = new AbortController();
  let running: Promise<void> | null = null;
  const sweep = (quietSeconds: number) => {
    running ??= app
      .resume({ undecidedSeconds: UNDECIDED_SECONDS, quietSeconds }, stopping.signal)
      .catch((error: unknown) =>
        logger.warn({ reason: describeError(error) }, 'Cannot look for unfinished orders'),
      )
      .finally(() => {
        running = null;
      });
  };
  // At start nobody in this process is at work on any.
  sweep(0);
  const timer = setInterval(() => sweep(QUIET_SECONDS), SWEEP_INTERVAL_MS);
  return async () => {
    clearInterval(timer);
    stopping.abort();
    await running;
  };
}
