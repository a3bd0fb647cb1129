import { AppError, parseInput } from '@commerce/kit/errors';
import { requireUser, type Viewer } from '@commerce/kit/viewer';
import { z } from 'zod';
import type { Deps } from './deps.ts';
import { newPassword, triedPassword } from './fields.ts';

const passwordPair = z.object({ currentPassword: triedPassword, newPassword });

/** Changes one's own password and ends all of one's sessions.
 *  @returns the user's id
 *  @throws AppError AUTH_001 where the current password is wrong; AUTH_003 where the account is gone */
export async function changePassword(
  deps: Pick<Deps, 'credentials' | 'passwords' | 'profiles'>,
  viewer: Viewer,
  input: unknown,
): Promise<string> {
  const { userId } = requireUser(viewer);
  const { currentPassword, newPassword: wanted } = parseInput(passwordPair, input);
  const account = await deps.credentials.findById(userId);
  if (!account?.isActive) throw new AppError('AUTH_003');
  const isRight = await deps.passwords.verify(currentPassword, account.passwordHash);
  if (!isRight) throw wrongPassword();
  const isChanged = await deps.credentials.changePassword({
    userId,
    previousHash: account.passwordHash,
    passwordHash: await deps.passwords.hash(wanted),
  });
  // Changed or deactivated elsewhere while the hashes were made: what was checked no longer holds.
  if (!isChanged) throw wrongPassword();
  await deps.profiles.forget(userId);
  return userId;
}

function wrongPassword(): AppError {
  return new AppError('AUTH_001', 'The current password is wrong');
}
