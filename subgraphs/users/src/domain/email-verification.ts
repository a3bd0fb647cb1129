import { AppError, parseInput } from '@commerce/kit/errors';
import { requireUser, type Viewer } from '@commerce/kit/viewer';
import { z } from 'zod';
import { verificationMail } from './account-mails.ts';
import type { Deps } from './deps.ts';
import { tokenText } from './fields.ts';
import { createSingleUseToken, tokenHash } from './single-use-token.ts';

/** Of a verification mail's link. */
export const VERIFICATION_LIFETIME_SECONDS = 24 * 3_600;
/** Mails to one account within that time: nobody can register somebody else's address to flood it. */
const MAX_MAILS = 5;

const verificationInput = z.object({ token: tokenText });

type RequestNeeds = Pick<Deps, 'verifications' | 'mailer' | 'publicUrl' | 'afterAnswer' | 'clock'>;

/** Mails another link to verify one's own address; those of older mails end.
 *  @returns false where no mail is sent: the address is verified, or enough mails went there today
 *  @throws AppError AUTH_003 where the account is gone or deactivated */
export async function requestEmailVerification(deps: RequestNeeds, viewer: Viewer): Promise<boolean> {
  const { userId } = requireUser(viewer);
  const now = deps.clock();
  const { token, proof } = createSingleUseToken(VERIFICATION_LIFETIME_SECONDS, now);
  const request = await deps.verifications.open({ ...proof, userId, now, maxOpen: MAX_MAILS });
  if (request === null) throw new AppError('AUTH_003');
  if (!request.isOpen) return false;
  const mail = verificationMail(request.email, token, deps.publicUrl);
  deps.afterAnswer.run('verification mail', async () => await deps.mailer.send(mail));
  return true;
}

/** Marks an address as verified by the token of a mail, once.
 *  @throws AppError AUTH_003 where the token is spent, expired or unknown */
export async function verifyEmail(
  deps: Pick<Deps, 'verifications' | 'profiles' | 'clock'>,
  input: unknown,
): Promise<void> {
  const { token } = parseInput(verificationInput, input);
  const userId = await deps.verifications.verify(tokenHash(token), deps.clock());
  if (userId === null) throw new AppError('AUTH_003');
  await deps.profiles.forget(userId);
}
