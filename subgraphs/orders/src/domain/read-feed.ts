import { AppError } from '@commerce/kit/errors';
import type { EventRecord } from '../data/event-rows.ts';
import type { EventStore } from '../data/event-store.ts';
import { DISPATCH_BATCH } from './dispatch-events.ts';

/** Reads the feed, with what has just happened in it.
 *  @param page.after position to go on behind; null for the oldest that is kept
 *  @throws AppError VAL_001 where events behind `after` are kept no more: the reader would miss them */
export async function readFeed(
  events: Pick<EventStore, 'dispatch' | 'list'>,
  page: { after: number | null; limit: number },
): Promise<EventRecord[]> {
  await events.dispatch(DISPATCH_BATCH);
  const rows = await events.list(page);
  const [first] = rows;
  // Positions have no gaps, and the newest event is always kept: one that is missing was removed.
  if (page.after !== null && first !== undefined && first.position !== page.after + 1) {
    throw new AppError('VAL_001', 'Validation failed', {
      details: [{ field: 'after', message: 'is older than the events that are kept' }],
    });
  }
  return rows;
}
