import { AppError, parseInput } from '@commerce/kit/errors';
import { line } from '@commerce/kit/text';
import { requireUser, type Viewer } from '@commerce/kit/viewer';
import { z } from 'zod';
import type { Deps } from './deps.ts';
import { idText } from './fields.ts';

const MAX_ADDRESSES = 50;

const isDefault = z.boolean().nullish();

const addInput = z.object({
  street: line(1, 200),
  city: line(1, 100),
  state: line(0, 100),
  zipCode: line(1, 20),
  country: line(1, 100),
  isDefault: isDefault.transform((value) => value ?? false),
});

const updateInput = z.object({
  addressId: idText,
  street: line(1, 200).optional(),
  city: line(1, 100).optional(),
  state: line(0, 100).optional(),
  zipCode: line(1, 20).optional(),
  country: line(1, 100).optional(),
  isDefault: isDefault.transform((value) => value ?? undefined),
});

const removeInput = z.object({ addressId: idText });

/** An address of a user's own. */
export type OwnAddress = { userId: string; addressId: string };

/** @throws AppError BUS_002 where the user has 50 addresses */
export async function addAddress(
  deps: Pick<Deps, 'addresses' | 'profiles' | 'newId'>,
  viewer: Viewer,
  input: unknown,
): Promise<OwnAddress> {
  const { userId } = requireUser(viewer);
  const address = parseInput(addInput, input);
  const addressId = deps.newId('addr');
  const outcome = await deps.addresses.add({ ...address, userId, addressId, limit: MAX_ADDRESSES });
  if (outcome === 'no_account') throw new AppError('AUTH_003');
  if (outcome === 'full') throw new AppError('BUS_002', `At most ${MAX_ADDRESSES} addresses can be saved`);
  await deps.profiles.forget(userId);
  return { userId, addressId };
}

/** @throws AppError RES_001 where the user has no such address; BUS_002 where the default would be unset */
export async function updateAddress(
  deps: Pick<Deps, 'addresses' | 'profiles'>,
  viewer: Viewer,
  input: unknown,
): Promise<OwnAddress> {
  const { userId } = requireUser(viewer);
  const { addressId, ...changes } = parseInput(updateInput, input);
  const outcome = await deps.addresses.update(userId, addressId, {
    street: changes.street,
    city: changes.city,
    state: changes.state,
    zipCode: changes.zipCode,
    country: changes.country,
    isDefault: changes.isDefault,
  });
  if (outcome === 'no_account') throw new AppError('AUTH_003');
  if (outcome === 'absent') throw new AppError('RES_001', 'Address not found');
  if (outcome === 'default_stays') {
    throw new AppError('BUS_002', 'Make another address the default instead: one of them always is');
  }
  await deps.profiles.forget(userId);
  return { userId, addressId };
}

/** @throws AppError RES_001 where the user has no such address */
export async function removeAddress(
  deps: Pick<Deps, 'addresses' | 'profiles'>,
  viewer: Viewer,
  input: unknown,
): Promise<OwnAddress> {
  const { userId } = requireUser(viewer);
  const { addressId } = parseInput(removeInput, input);
  const outcome = await deps.addresses.remove(userId, addressId);
  if (outcome === 'no_account') throw new AppError('AUTH_003');
  if (outcome === 'absent') throw new AppError('RES_001', 'Address not found');
  await deps.profiles.forget(userId);
  return { userId, addressId };
}
