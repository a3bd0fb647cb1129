import type { AttemptRules, AttemptStore } from '@commerce/kit/attempt-store';
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

/** @param hashKey hides addresses of people from the store */
export function createLoginGuard(attempts: AttemptStore, hashKey: (text: string) => string): LoginGuard {
  const attemptOf = ({ email, clientAddress }: Login) => ({
    account: hashKey(email),
    place: hashKey(clientBucket(clientAddress) ?? clientAddress),
  });

  return {
    async attempt(login, work) {
      const attempt = attemptOf(login);
      const turn = await attempts.open(attempt);
      if (turn.waitMs > 0) throw tooSoon(turn.waitMs);
      try {
        const result = await work();
        await attempts.succeed(attempt, turn);
        return result;
      } catch (error) {
        const isWrong = error instanceof AppError && error.code === 'AUTH_001';
        await (isWrong ? attempts.fail(attempt) : attempts.abandon(attempt, turn));
        throw error;
      }
    },
    forget: async (login) => await attempts.forget(attemptOf(login)),
    trust: async (login) => await attempts.succeed(attemptOf(login), { isKnown: true }),
  };
}

function tooSoon(waitMs: number): AppError {
  const resetSeconds = Math.ceil(waitMs / 1000);
  return limitError({ limit: 1, windowSeconds: resetSeconds, resetSeconds });
}
