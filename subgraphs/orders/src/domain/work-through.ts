import { describeError } from '@commerce/kit/graphql-errors';
import type { Logger } from '@commerce/kit/logger';
import { systemTiming, type Timing } from './timing.ts';

export type Work<Item> = {
  /** Takes up what is to be done now; nothing where enough is under way.
   *  @param underWay how much is */
  take(underWay: number): Promise<Item[]>;
  /** Does it. What it throws is logged, and keeps nothing from the others. */
  handle(item: Item): Promise<void>;
  logger: Logger;
  /** The machine's own time by default. */
  timing?: Pick<Timing, 'wait'>;
};

/** While something slow is under way, what is new is looked for this often. */
const POLL_MS = 500;

/** Works until nothing is due any more. Items do not wait for each other: one that hangs takes a place, and no more.
 *  @param signal once aborted, nothing more is taken; returns when nothing is under way
 *  @throws whatever `take` throws, once nothing is under way */
export async function workThrough<Item>(work: Work<Item>, signal: AbortSignal): Promise<void> {
  const underWay = new Set<Promise<void>>();
  try {
    while (!signal.aborted) {
      const items = await work.take(underWay.size);
      for (const item of items) {
        const done = handled(work, item).finally(() => underWay.delete(done));
        underWay.add(done);
      }
      if (items.length > 0) continue;
      if (underWay.size === 0) return;
      await firstOf(underWay, work.timing ?? systemTiming);
    }
  } finally {
    await Promise.all(underWay);
  }
}

async function handled<Item>({ handle, logger }: Work<Item>, item: Item): Promise<void> {
  try {
    await handle(item);
  } catch (error) {
    logger.warn({ reason: describeError(error) }, 'Work has failed; it is taken up again later');
  }
}

async function firstOf(underWay: ReadonlySet<Promise<void>>, timing: Pick<Timing, 'wait'>): Promise<void> {
  const over = new AbortController();
  await Promise.race([...underWay, timing.wait(POLL_MS, over.signal)]).finally(() => over.abort());
}
