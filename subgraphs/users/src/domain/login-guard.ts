import type { Attempt, AttemptRules, AttemptStore, Turn } from '@commerce/kit/attempt-store';
import { clientBucket } from '@commerce/kit/client-bucket';
import { AppError } from '@commerce/kit/errors';
import { limitError } from '@commerce/kit/limiter';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** A person who guesses at their own password is let off; a machine that keeps within the limit of a window is down to
 *  one attempt an hour before it has made fifteen. All who were never in before share one attempt a minute: that many
 *  machines guess no faster than one, and that a new place of the owner's is not shut out for long. */
export const loginRules: AttemptRules = {
  atPlace: { free: 5, baseMs: MINUTE_MS / 2, capMs: HOUR_MS, forgottenAfterMs: 24 * HOUR_MS },
  elsewhere: { free: 20, baseMs: 1_000, capMs: MINUTE_MS, forgottenAfterMs: HOUR_MS },
};

export type Login = { email: string; clientAddress: string };

export type LoginGuard = {
  /** Makes an attempt to log in, unless too many failed.
   *  @param login.email normalised
   *  @throws AppError RATE_001, whether or not there is such an account */
  attempt<Result>(login: Login, work: () => Promise<Result>): Promise<Result>;
  /** Makes a place known from which somebody showed otherwise that the account is theirs. */
  trust(login: Login): Promise<void>;
  /** Forgets from where somebody got in, once there is no such account any more. */
  forget(login: Login): Promise<void>;
};

export type LoginGuardOptions = {
  attempts: AttemptStore;
  /** Hide addresses of people from the store. Two while the secret that they follow from is being replaced: instances
   *  before and after count under one of them each, and those in between under both. */
  hashKeys: readonly ((text: string) => string)[];
};

export function createLoginGuard({ attempts, hashKeys }: LoginGuardOptions): LoginGuard {
  const attemptsOf = ({ email, clientAddress }: Login) =>
    hashKeys.map((hashKey) => ({
      account: hashKey(email),
      place: hashKey(clientBucket(clientAddress) ?? clientAddress),
    }));

  /** @throws AppError RATE_001 where it has to wait under one of its names */
  async function open(login: Login): Promise<OpenAttempt[]> {
    const opened = await openAll(attempts, attemptsOf(login));
    const waitMs = Math.max(...opened.map(({ turn }) => turn.waitMs));
    if (waitMs === 0) return opened;
    await Promise.all(opened.map((one) => takeBack(attempts, one)));
    throw tooSoon(waitMs);
  }

  return {
    async attempt(login, work) {
      const opened = await open(login);
      const end = async (endOne: (one: OpenAttempt) => Promise<void>) =>
        void (await Promise.all(opened.map(endOne)));
      try {
        const result = await work();
        await end(({ attempt, turn }) => attempts.succeed(attempt, turn));
        return result;
      } catch (error) {
        const isWrong = error instanceof AppError && error.code === 'AUTH_001';
        await end(({ attempt, turn }) =>
          isWrong ? attempts.fail(attempt) : attempts.abandon(attempt, turn),
        );
        throw error;
      }
    },
    forget: async (login) => void (await Promise.all(attemptsOf(login).map(attempts.forget))),
    async trust(login) {
      const known = { isKnown: true };
      await Promise.all(attemptsOf(login).map((attempt) => attempts.succeed(attempt, known)));
    },
  };
}

type OpenAttempt = { attempt: Attempt; turn: Turn };

async function openAll(attempts: AttemptStore, names: readonly Attempt[]): Promise<OpenAttempt[]> {
  const opened = await Promise.all(
    names.map(async (attempt) => ({ attempt, turn: await attempts.open(attempt) })),
  );
  if (!opened.some(({ turn }) => turn.isKnown)) return opened;
  // A place that is known under one name is known: it waits for no strangers under the other.
  return await Promise.all(
    opened.map(async (one) => {
      if (one.turn.isKnown) return one;
      await takeBack(attempts, one);
      const turn = await attempts.open(one.attempt, { isKnown: true });
      return { attempt: one.attempt, turn };
    }),
  );
}

/** One that had to wait was not counted. */
async function takeBack(attempts: AttemptStore, { attempt, turn }: OpenAttempt): Promise<void> {
  if (turn.waitMs === 0) await attempts.abandon(attempt, turn);
}

function tooSoon(waitMs: number): AppError {
  const resetSeconds = Math.ceil(waitMs / 1000);
  return limitError({ limit: 1, windowSeconds: resetSeconds, resetSeconds });
}
