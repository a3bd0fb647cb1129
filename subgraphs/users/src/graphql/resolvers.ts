import type { Deps } from '../domain/deps.ts';
import { createAdminMutations } from './admin-mutations.ts';
import type { Resolvers } from './generated.ts';
import { createProfileMutations } from './profile-mutations.ts';
import { createQueryResolvers } from './query.ts';
import { createSessionMutations } from './session-mutations.ts';
import { userResolvers } from './user.ts';

export function createResolvers(deps: Deps): Resolvers {
  return {
    Query: createQueryResolvers(deps),
    Mutation: {
      ...createSessionMutations(deps),
      ...createProfileMutations(deps),
      ...createAdminMutations(deps),
    },
    User: userResolvers,
  };
}
