import { createLogger } from '@commerce/kit/logger';
import { expect, it, vi } from 'vitest';
import { retentionTask } from '../src/retention.ts';

const logger = createLogger({ service: 'users', level: 'silent' });

it('forgets every hour, and goes on while batches are full', async () => {
  const counts = [500, 7, 500];
  const pruneExpired = vi.fn(async (_limit: number) => counts.shift() ?? 0);
  const task = retentionTask({ sessions: { pruneExpired }, logger });
  expect(task.everySeconds).toBe(3_600);
  await task.run(new AbortController().signal);
  expect(pruneExpired.mock.calls).toEqual([[500], [500]]);
});
