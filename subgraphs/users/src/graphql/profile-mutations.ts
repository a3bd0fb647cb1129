import { AppError } from '@commerce/kit/errors';
import type { UsersContext } from '../context.ts';
import { addAddress, type OwnAddress, removeAddress, updateAddress } from '../domain/addresses.ts';
import type { Deps } from '../domain/deps.ts';
import { updateProfile } from '../domain/update-profile.ts';
import type { Address, MutationResolvers, User } from './generated.ts';
import { changedUser } from './user-view.ts';

/** Changes of one's own profile and addresses. */
export function createProfileMutations(deps: Deps): MutationResolvers {
  return {
    async updateProfile(_parent, { input }, context) {
      const userId = await updateProfile(deps, context.viewer, input);
      return { user: await changedUser(context, userId) };
    },

    async addAddress(_parent, { input }, context) {
      return await addressPayload(context, await addAddress(deps, context.viewer, input));
    },

    async updateAddress(_parent, { input }, context) {
      return await addressPayload(context, await updateAddress(deps, context.viewer, input));
    },

    async removeAddress(_parent, { input }, context) {
      const { userId, addressId } = await removeAddress(deps, context.viewer, input);
      return { removedAddressId: addressId, user: await changedUser(context, userId) };
    },
  };
}

async function addressPayload(
  context: UsersContext,
  { userId, addressId }: OwnAddress,
): Promise<{ address: Address; user: User }> {
  const user = await changedUser(context, userId);
  const address = user.addresses?.find((candidate) => candidate.addressId === addressId);
  if (!address) throw new AppError('RES_001', 'Address not found');
  return { address, user };
}
