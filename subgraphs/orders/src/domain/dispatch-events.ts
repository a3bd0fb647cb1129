import type { EventStore } from '../data/event-store.ts';
import type { Failpoint } from './orders-deps.ts';

/** Few enough that the deliveries to all endpoints are queued well within a statement's time. */
export const DISPATCH_BATCH = 200;

export type DispatchDeps = { events: Pick<EventStore, 'dispatch'>; failpoint: Failpoint };

/** Gives new events their places in the feed and queues what follows from them. Nothing of an event can fail by
 *  itself here: what it says is not read, only sent, and there it is alone.
 *  @param signal once aborted, no further batch is begun */
export async function dispatchEvents(
  { events, failpoint }: DispatchDeps,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    await failpoint('before dispatch');
    const placed = await events.dispatch(DISPATCH_BATCH);
    if (placed > 0) await failpoint('after dispatch');
    if (placed < DISPATCH_BATCH) return;
  }
}
