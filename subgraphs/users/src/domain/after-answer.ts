import { describeError } from '@commerce/kit/graphql-errors';
import type { Logger } from '@commerce/kit/logger';

export type AfterAnswer = {
  /** Starts work that the caller does not wait for. A failure is logged. */
  run(name: string, work: () => Promise<void>): void;
  /** Waits until all of it has ended. */
  whenIdle(): Promise<void>;
};

export function createAfterAnswer(logger: Logger): AfterAnswer {
  const pending = new Set<Promise<void>>();
  return {
    run(name, work) {
      const job = work()
        .catch((error: unknown) =>
          logger.error({ job: name, reason: describeError(error) }, 'Late work failed'),
        )
        .finally(() => pending.delete(job));
      pending.add(job);
    },
    async whenIdle() {
      while (pending.size > 0) await Promise.all(pending);
    },
  };
}
