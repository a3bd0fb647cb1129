import { AppError } from '@commerce/kit/errors';

export type Gate = <Result>(work: () => Promise<Result>) => Promise<Result>;

/** Lets a bounded number of jobs run at once and a bounded number wait, first come first served.
 *  @returns a function that throws AppError SYS_002 where too many wait already */
export function createGate(options: { running: number; waiting: number; retryAfterSeconds: number }): Gate {
  const { retryAfterSeconds } = options;
  const queue: (() => void)[] = [];
  let running = 0;

  async function enter(): Promise<void> {
    if (running < options.running) {
      running += 1;
      return;
    }
    if (queue.length >= options.waiting) {
      throw new AppError('SYS_002', 'Too many logins at the moment', { retryAfterSeconds });
    }
    // Who leaves hands its place over, so that nobody can slip in between.
    await new Promise<void>((resolve) => queue.push(resolve));
  }

  function leave(): void {
    const next = queue.shift();
    if (next) next();
    else running -= 1;
  }

  return async (work) => {
    await enter();
    try {
      return await work();
    } finally {
      leave();
    }
  };
}
