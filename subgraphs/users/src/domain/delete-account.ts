import { AppError, parseInput } from '@commerce/kit/errors';
import { requireUser, type Viewer } from '@commerce/kit/viewer';
import { z } from 'zod';
import type { CallOrigin } from '../clients/erasers.ts';
import type { ErasureRecord } from '../data/erasure-record.ts';
import type { Deps } from './deps.ts';
import { triedPassword } from './fields.ts';
import { TELL_LEASE_SECONDS, tellOthers } from './tell-erasures.ts';

const deletionInput = z.object({ currentPassword: triedPassword });

type Needs = Pick<
  Deps,
  'credentials' | 'passwords' | 'loginGuard' | 'erasures' | 'erasers' | 'profiles' | 'newId' | 'logger'
>;

/** Deletes one's own account: what names a person is gone at once here, and in the other subgraphs as soon as they
 *  answer. From then on the address is free and the account as if it had never been.
 *  @returns what became of it so far, also where it was deleted before
 *  @throws AppError AUTH_001 where the password is wrong, AUTH_003 where the account is gone, BUS_002 for an
 *  administrator, RATE_001 after too many wrong passwords */
export async function deleteAccount(
  deps: Needs,
  viewer: Viewer,
  request: { input: unknown; origin: CallOrigin },
): Promise<ErasureRecord> {
  const { userId } = requireUser(viewer);
  const { currentPassword } = parseInput(deletionInput, request.input);
  const account = await deps.credentials.findById(userId);
  if (!account?.isActive) return await findEarlier(deps, userId);
  // Else the last administrator could lock everybody out.
  if (account.role === 'admin')
    throw new AppError('BUS_002', 'Administrators have to give up that role first');
  const { email, passwordHash } = account;
  const { clientAddress } = request.origin;
  const erasureId = await deps.loginGuard.attempt({ email, clientAddress }, async () => {
    const isRight = await deps.passwords.verify(currentPassword, passwordHash);
    if (!isRight) throw wrongPassword();
    const started = await deps.erasures.start({
      userId,
      passwordHash,
      erasureId: deps.newId('ers'),
      leaseSeconds: TELL_LEASE_SECONDS,
    });
    // Changed elsewhere while it was compared: what was checked no longer holds.
    if (started === null) throw wrongPassword();
    return started;
  });
  await deps.loginGuard.forget({ email, clientAddress });
  await deps.profiles.forget(userId);
  return await tellOthers(deps, { erasureId, userId, origin: request.origin });
}

// The answer may have been lost on its way. There is no password any more to check this one against: whoever holds a token
// of the account, while it lives, learns what became of its data, and can change nothing.
async function findEarlier({ erasures }: Pick<Deps, 'erasures'>, userId: string): Promise<ErasureRecord> {
  const earlier = await erasures.findByUser(userId);
  if (!earlier) throw new AppError('AUTH_003');
  return earlier;
}

function wrongPassword(): AppError {
  return new AppError('AUTH_001', 'The current password is wrong');
}
