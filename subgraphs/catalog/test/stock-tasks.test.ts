import { createLogger } from '@commerce/kit/logger';
import { describe, expect, it, vi } from 'vitest';
import { expiryTask, retentionTask } from '../src/stock-tasks.ts';

const logger = createLogger({ service: 'catalog', level: 'silent' });
const going = new AbortController().signal;

function stockThat(...released: number[]) {
  return vi.fn(async (_limit: number) => ({ released: released.shift() ?? 0, skipped: 0 }));
}

describe('the release of expired reservations', () => {
  it('is due every 10 seconds, and sweeps once where little is due', async () => {
    const expireReservations = stockThat(3);
    const task = expiryTask({ stock: { expireReservations }, logger });
    expect(task.everySeconds).toBe(10);
    await task.run(going);
    expect(expireReservations).toHaveBeenCalledTimes(1);
    expect(expireReservations).toHaveBeenCalledWith(100);
  });

  it('sweeps again while sweeps are full', async () => {
    const expireReservations = stockThat(100, 100, 99, 100);
    await expiryTask({ stock: { expireReservations }, logger }).run(going);
    expect(expireReservations).toHaveBeenCalledTimes(3);
  });

  it('takes up nothing more once it is told to stop', async () => {
    const stopping = new AbortController();
    const expireReservations = vi.fn(async () => {
      stopping.abort();
      return { released: 100, skipped: 0 };
    });
    await expiryTask({ stock: { expireReservations }, logger }).run(stopping.signal);
    expect(expireReservations).toHaveBeenCalledTimes(1);
  });
});

describe('the forgetting of released orders', () => {
  it('is due every hour, keeps 30 days, and goes on while batches are full', async () => {
    const counts = [200, 5, 200];
    const pruneReleased = vi.fn(async (_days: number, _limit: number) => counts.shift() ?? 0);
    const task = retentionTask({ stock: { pruneReleased }, logger });
    expect(task.everySeconds).toBe(3_600);
    await task.run(going);
    expect(pruneReleased.mock.calls).toEqual([
      [30, 200],
      [30, 200],
    ]);
  });
});
