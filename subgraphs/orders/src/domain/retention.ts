import type { RetentionStore } from '../data/retention-store.ts';

const MESSAGE_DAYS = 30;
const DELIVERY_DAYS = 30;
/** Deliveries are given up after three days: what is still to be delivered by then is an inactive endpoint's. */
const EVENT_DAYS = 90;
/** Few enough to be removed within a statement's time. */
const BATCH = 1_000;

/** Removes what is of no more use, batch by batch. Mails stay: that a mail was sent must not be forgotten while its
 *  order can be looked at.
 *  @param signal once aborted, no further batch is begun */
export async function removeOutdated(store: RetentionStore, signal: AbortSignal): Promise<void> {
  const removals = [
    () => store.removeExpiredKeys(BATCH),
    () => store.removeHandledMessages(MESSAGE_DAYS, BATCH),
    () => store.removeSettledDeliveries(DELIVERY_DAYS, BATCH),
    () => store.removeOldEvents(EVENT_DAYS, BATCH),
  ];
  for (const remove of removals) {
    while (!signal.aborted) {
      if ((await remove()) < BATCH) break;
    }
  }
}
