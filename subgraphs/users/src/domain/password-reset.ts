import { AppError, parseInput } from '@commerce/kit/errors';
import { z } from 'zod';
import { passwordResetMail } from './account-mails.ts';
import type { Deps } from './deps.ts';
import { email, newPassword, tokenText } from './fields.ts';
import { createSingleUseToken, tokenHash } from './single-use-token.ts';

const RESET_LIFETIME_SECONDS = 15 * 60;
/** Mails to one account within their lifetime: nobody can flood somebody else's mailbox. */
const MAX_OPEN_RESETS = 3;
/** The same within a day: three at a time for all of it would be hundreds. */
const MAX_DAILY_RESETS = 10;

const requestInput = z.object({ email });
const resetInput = z.object({ token: tokenText, newPassword });

type RequestNeeds = Pick<Deps, 'credentials' | 'mailer' | 'publicUrl' | 'afterAnswer' | 'clock'>;

/** Mails a reset link where the address has an active account. What is done before the answer is the
 *  same in any case: the answer's time tells nothing. */
export async function requestPasswordReset(deps: RequestNeeds, input: unknown): Promise<void> {
  const { email: address } = parseInput(requestInput, input);
  const account = await deps.credentials.findByEmail(address);
  deps.afterAnswer.run('reset mail', async () => {
    if (!account?.isActive) return;
    const now = deps.clock();
    const { token, proof } = createSingleUseToken(RESET_LIFETIME_SECONDS, now);
    const { userId } = account;
    const limits = { maxOpen: MAX_OPEN_RESETS, maxDaily: MAX_DAILY_RESETS };
    const isOpen = await deps.credentials.openReset({ ...proof, userId, now, ...limits });
    if (isOpen) await deps.mailer.send(passwordResetMail(account.email, token, deps.publicUrl));
  });
}

/** Sets a password by the token of a mail, once, and ends all of the user's sessions.
 *  @throws AppError AUTH_003 where the token is spent, expired or unknown */
export async function resetPassword(
  deps: Pick<Deps, 'loginGuard' | 'credentials' | 'passwords' | 'profiles' | 'clock'>,
  input: unknown,
  clientAddress: string,
): Promise<void> {
  const { token, newPassword: wanted } = parseInput(resetInput, input);
  const hash = tokenHash(token);
  // A made-up token must not cost a slow hash.
  const isOpen = await deps.credentials.hasOpenReset(hash, deps.clock());
  if (!isOpen) throw new AppError('AUTH_003');
  const passwordHash = await deps.passwords.hash(wanted);
  const userId = await deps.credentials.resetPassword({ tokenHash: hash, passwordHash, now: deps.clock() });
  if (userId === null) throw new AppError('AUTH_003');
  const account = await deps.credentials.findById(userId);
  // The way in for an owner at a new place while others guess: whoever reads the mail is let through.
  if (account) await deps.loginGuard.trust({ email: account.email, clientAddress });
  await deps.profiles.forget(userId);
}
