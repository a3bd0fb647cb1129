import type { Logger } from '@commerce/kit/logger';
import { type RecurringTask, repeatWhileFull } from '@commerce/kit/worker';
import type { SessionStore } from './data/session-store.ts';

const RETENTION_SECONDS = 60 * 60;
const PRUNE_SIZE = 500;

/** Forgets sessions that expired, and with them from where and with what their owners came: also of those who never come
 *  back. */
export function retentionTask(deps: {
  sessions: Pick<SessionStore, 'pruneExpired'>;
  logger: Logger;
}): RecurringTask {
  return {
    everySeconds: RETENTION_SECONDS,
    async run(signal) {
      const prune = async () => await deps.sessions.pruneExpired(PRUNE_SIZE);
      const sessions = await repeatWhileFull(prune, PRUNE_SIZE, signal);
      if (sessions > 0) deps.logger.info({ sessions }, 'Forgot sessions that expired');
    },
  };
}
