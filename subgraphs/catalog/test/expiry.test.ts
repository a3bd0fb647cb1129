import { createLogger } from '@commerce/kit/logger';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ExpireResult } from '../src/data/stock-store.ts';
import { startExpiry } from '../src/expiry.ts';

const logger = createLogger({ service: 'catalog', level: 'silent' });
const idle = { released: 0, skipped: 0 };

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function stockThat(...answers: (ExpireResult | Error)[]) {
  return vi.fn(async (_limit: number) => {
    const answer = answers.shift() ?? idle;
    if (answer instanceof Error) throw answer;
    return answer;
  });
}

describe('the release of expired reservations', () => {
  it('runs soon after the start, and then every 30 seconds', async () => {
    const expireReservations = stockThat();
    const expiry = startExpiry({ stock: { expireReservations }, logger });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(expireReservations).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(29_000);
    expect(expireReservations).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(61_000);
    expect(expireReservations).toHaveBeenCalledTimes(4);
    await expiry.stop();
  });

  it('comes back soon where more is due', async () => {
    const expireReservations = stockThat({ released: 100, skipped: 0 }, { released: 3, skipped: 1 });
    const expiry = startExpiry({ stock: { expireReservations }, logger });
    await vi.advanceTimersByTimeAsync(4_000);
    expect(expireReservations).toHaveBeenCalledTimes(3);
    await expiry.stop();
  });

  it('goes on after a failure', async () => {
    const expireReservations = stockThat(new Error('away'), { released: 1, skipped: 0 });
    const expiry = startExpiry({ stock: { expireReservations }, logger });
    await vi.advanceTimersByTimeAsync(32_000);
    expect(expireReservations).toHaveBeenCalledTimes(2);
    await expiry.stop();
  });

  it('stops only after the sweep under way, and then for good', async () => {
    let finish = (): void => {};
    const expireReservations = vi.fn(async () => {
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
      return idle;
    });
    const expiry = startExpiry({ stock: { expireReservations }, logger });
    await vi.advanceTimersByTimeAsync(30_000);
    let isStopped = false;
    const stopping = expiry.stop().then(() => {
      isStopped = true;
    });
    await vi.advanceTimersByTimeAsync(10);
    expect(isStopped).toBe(false);
    finish();
    await stopping;
    await vi.advanceTimersByTimeAsync(120_000);
    expect(expireReservations).toHaveBeenCalledTimes(1);
  });
});
