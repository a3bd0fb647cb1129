import { createLogger } from '@commerce/kit/logger';
import { expect, it, vi } from 'vitest';
import { retentionTask } from '../src/retention.ts';

const logger = createLogger({ service: 'cart', level: 'silent' });

it('forgets every hour, and goes on while batches are full', async () => {
  const counts = [500, 7, 500];
  const pruneConsumptions = vi.fn(async (_days: number, _limit: number) => counts.shift() ?? 0);
  const task = retentionTask({ store: { pruneConsumptions }, logger });
  expect(task.everySeconds).toBe(3_600);
  await task.run(new AbortController().signal);
  expect(pruneConsumptions.mock.calls).toEqual([
    [30, 500],
    [30, 500],
  ]);
});
