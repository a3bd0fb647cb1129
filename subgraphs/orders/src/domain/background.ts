import { describeError } from '@commerce/kit/graphql-errors';
import type { Logger } from '@commerce/kit/logger';

/** Work that goes on after the answer. It is tracked, so that a service can end without cutting it off. */
export type Background = {
  /** Starts the work; a failure is logged. What must not be lost has to be resumable. */
  run(name: string, work: () => Promise<void>): void;
  /** Waits until nothing is under way. */
  drain(): Promise<void>;
};

export function createBackground(logger: Logger): Background {
  const running = new Set<Promise<void>>();
  return {
    run(name, work) {
      const done = work().catch((error: unknown) => {
        logger.warn({ work: name, reason: describeError(error) }, 'Background work failed');
      });
      running.add(done);
      void done.finally(() => running.delete(done));
    },
    async drain() {
      while (running.size > 0) await Promise.all(running);
    },
  };
}
