import type { EventStore } from '../data/event-store.ts';

/** Few enough that the deliveries to all endpoints are queued well within a statement's time. */
export const DISPATCH_BATCH = 200;

/** Gives new events their places in the feed and queues what follows from them. Nothing of an event can fail by
 *  itself here: what it says is not read, only sent, and there it is alone.
 *  @param signal once aborted, no further batch is begun */
export async function dispatchEvents(
  events: Pick<EventStore, 'dispatch'>,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    if ((await events.dispatch(DISPATCH_BATCH)) < DISPATCH_BATCH) return;
  }
}
