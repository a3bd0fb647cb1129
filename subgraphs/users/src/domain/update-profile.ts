import { AppError, parseInput } from '@commerce/kit/errors';
import { line } from '@commerce/kit/text';
import { requireUser, type Viewer } from '@commerce/kit/viewer';
import { z } from 'zod';
import type { ProfileChanges } from '../data/user-store.ts';
import type { Deps } from './deps.ts';
import { phoneNumber } from './fields.ts';

const profileInput = z.object({
  firstName: line(1, 100).optional(),
  lastName: line(1, 100).optional(),
  phoneNumber: phoneNumber.nullable().optional(),
});

/** Changes one's own names or phone number; what is left out stays.
 *  @returns the user's id
 *  @throws AppError AUTH_003 where the account is gone or deactivated */
export async function updateProfile(
  deps: Pick<Deps, 'users' | 'profiles'>,
  viewer: Viewer,
  input: unknown,
): Promise<string> {
  const { userId } = requireUser(viewer);
  const changes = definedChanges(parseInput(profileInput, input));
  if (Object.keys(changes).length === 0) return userId;
  const isChanged = await deps.users.updateProfile(userId, changes);
  if (!isChanged) throw new AppError('AUTH_003');
  await deps.profiles.forget(userId);
  return userId;
}

function definedChanges(input: z.output<typeof profileInput>): ProfileChanges {
  return {
    ...(input.firstName === undefined ? {} : { firstName: input.firstName }),
    ...(input.lastName === undefined ? {} : { lastName: input.lastName }),
    ...(input.phoneNumber === undefined ? {} : { phoneNumber: input.phoneNumber }),
  };
}
