import { setTimeout as delay } from 'node:timers/promises';
import { ACCESS_TOKEN_LIFETIME_SECONDS } from '@commerce/kit/access-token';
import { describeError } from '@commerce/kit/graphql-errors';
import type { Logger } from '@commerce/kit/logger';
import type { ServiceClient } from '@commerce/kit/service-client';
import { z } from 'zod';

/** The sessions whose access tokens are valid no more, though they have not expired. */
export type EndedSessions = {
  /** `unknown` as long as nothing was heard of any session. */
  standingOf(sessionId: string): 'live' | 'ended' | 'unknown';
  /** Settles once it has been heard which ended before. */
  heard: Promise<void>;
  close(): Promise<void>;
};

/** Access has to end within 60 s of its session, on every instance, and none of them is told. */
export const POLL_MS = 10_000;
const RETRY_MS = 2_000;
/** Of one answer; a full one is not the last. */
const PAGE_SIZE = 5_000;
/** After that a token of the session has expired by itself. */
const KEPT_MS = (ACCESS_TOKEN_LIFETIME_SECONDS + 300) * 1_000;

const document =
  'query EndedSessions($cursor: String) { endedSessions(cursor: $cursor) { sessionIds cursor } }';
const answerSchema = z.object({
  endedSessions: z.object({ sessionIds: z.array(z.string()), cursor: z.string() }),
});
const caller = { clientAddress: 'background', requestId: 'ended-sessions' };

/** Asks the users service for what ended, every 10 s, so that no request has to. While users is away nothing new is
 *  heard, and what is not known to have ended stays: carts and orders have to work then, and where no users service
 *  runs no session ends. A router that has heard nothing since its start knows of none that it lives.
 *  @param timing.pollMs how often it is asked */
export function watchEndedSessions(
  users: ServiceClient,
  logger: Logger,
  timing: { pollMs?: number; retryMs?: number } = {},
): EndedSessions {
  const { pollMs = POLL_MS, retryMs = RETRY_MS } = timing;
  const forgottenAt = new Map<string, number>();
  const over = new AbortController();
  let cursor: string | null = null;
  let tellHeard = () => {};
  let hasHeard = false;
  const heard = new Promise<void>((resolve) => {
    tellHeard = resolve;
  });

  async function poll(): Promise<number> {
    try {
      const variables = { cursor };
      const { endedSessions } = await users.execute({ document, variables, schema: answerSchema, caller });
      const hasMoved = cursor !== endedSessions.cursor;
      cursor = endedSessions.cursor;
      remember(endedSessions.sessionIds);
      // A cursor that stands still leads nowhere, however often it is asked with.
      if (endedSessions.sessionIds.length >= PAGE_SIZE && hasMoved) return 0;
      hasHeard = true;
      tellHeard();
      return pollMs;
    } catch (error) {
      if (!over.signal.aborted)
        logger.warn({ reason: describeError(error) }, 'Cannot ask which sessions have ended');
      return retryMs;
    }
  }

  function remember(sessionIds: readonly string[]): void {
    const now = performance.now();
    for (const sessionId of sessionIds) forgottenAt.set(sessionId, now + KEPT_MS);
    // In the order in which they came: the oldest ones first.
    for (const [sessionId, at] of forgottenAt) {
      if (at > now) break;
      forgottenAt.delete(sessionId);
    }
  }

  async function watch(): Promise<void> {
    while (!over.signal.aborted) {
      const restMs = await poll();
      await delay(restMs, undefined, { signal: over.signal }).catch(() => undefined);
    }
  }

  const watching = watch();
  return {
    standingOf(sessionId) {
      if (forgottenAt.has(sessionId)) return 'ended';
      return hasHeard ? 'live' : 'unknown';
    },
    heard,
    async close() {
      over.abort();
      await watching;
    },
  };
}
