import type { Logger } from '@commerce/kit/logger';
import type { ServiceClient } from '@commerce/kit/service-client';
import type { Caller } from '@commerce/kit/viewer';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';

/** What an account may do now; `unknown` while the users service does not answer. */
export type AccountState = 'admin' | 'customer' | 'inactive' | 'unknown';

export type ReadAccountState = (
  userId: string,
  origin: Pick<Caller, 'clientAddress' | 'requestId'>,
) => Promise<AccountState>;

/** A demoted administrator must be out within 60 s, on every instance, none of which is told. */
const LIFETIME_MS = 30_000;
/** While users is away, not every request of an administrator should wait for its timeout. */
const OUTAGE_LIFETIME_MS = 2_000;
const MAX_ENTRIES = 1_000;

const document = 'query AccountState($userId: ID!) { accountState(userId: $userId) { role isActive } }';

const answerSchema = z.object({
  accountState: z.object({ role: z.enum(['CUSTOMER', 'ADMIN']), isActive: z.boolean() }).nullable(),
});

/** Reads an account's present state at the users service, at most once in 30 s for each account.
 *  @param timer milliseconds from any start */
export function createAccountStateReader(
  users: ServiceClient,
  logger: Logger,
  timer: { now(): number } = performance,
): ReadAccountState {
  const states = new LRUCache<string, Promise<AccountState>>({
    max: MAX_ENTRIES,
    perf: timer,
    ttlResolution: 0,
  });

  return (userId, origin) => {
    const cached = states.get(userId);
    if (cached) return cached;
    const reading = read(userId, origin);
    // Promises are kept, so that requests that come at once share one reading.
    states.set(userId, reading, { ttl: LIFETIME_MS });
    return reading;
  };

  async function read(userId: string, caller: Parameters<ReadAccountState>[1]): Promise<AccountState> {
    try {
      const variables = { userId };
      const { accountState } = await users.execute({ document, variables, schema: answerSchema, caller });
      if (!accountState?.isActive) return 'inactive';
      return accountState.role === 'ADMIN' ? 'admin' : 'customer';
    } catch (error) {
      const reason = error instanceof Error ? error.message : 'unknown';
      logger.warn({ reason }, 'Cannot confirm an administrator: treated as a customer');
      const settled = Promise.resolve<AccountState>('unknown');
      states.set(userId, settled, { ttl: OUTAGE_LIFETIME_MS });
      return 'unknown';
    }
  }
}
