import { AppError, parseInput } from '@commerce/kit/errors';
import { z } from 'zod';
import type { Deps } from './deps.ts';
import { tokenText } from './fields.ts';
import { tokenHash } from './single-use-token.ts';

const verificationInput = z.object({ token: tokenText });

/** Marks an address as verified by the token of a mail, once.
 *  @throws AppError AUTH_003 where the token is spent, expired or unknown */
export async function verifyEmail(
  deps: Pick<Deps, 'users' | 'profiles' | 'clock'>,
  input: unknown,
): Promise<void> {
  const { token } = parseInput(verificationInput, input);
  const userId = await deps.users.verifyEmail(tokenHash(token), deps.clock());
  if (userId === null) throw new AppError('AUTH_003');
  await deps.profiles.forget(userId);
}
