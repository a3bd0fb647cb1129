import { setUserActive, setUserRole } from '../domain/administration.ts';
import type { Deps } from '../domain/deps.ts';
import type { MutationResolvers } from './generated.ts';
import { changedUser, roleIn } from './user-view.ts';

/** Changes that administrators make to others. */
export function createAdminMutations(deps: Deps): MutationResolvers {
  return {
    async setUserRole(_parent, { input }, context) {
      const { userId, role } = input;
      const changed = await setUserRole(deps, context.viewer, { userId, role: roleIn[role] });
      return { user: await changedUser(context, changed) };
    },

    async setUserActive(_parent, { input }, context) {
      const changed = await setUserActive(deps, context.viewer, input);
      return { user: await changedUser(context, changed) };
    },
  };
}
