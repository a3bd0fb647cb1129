import type { Deps } from '../domain/deps.ts';
import { createAdminMutations } from './admin-mutations.ts';
import type { Resolvers } from './generated.ts';
import {
  createDataExportResolvers,
  createPrivacyMutations,
  createPrivacyQueries,
  erasureProofResolvers,
  erasureResolvers,
} from './privacy.ts';
import { createProfileMutations } from './profile-mutations.ts';
import { createQueryResolvers } from './query.ts';
import { createSessionMutations } from './session-mutations.ts';
import { userResolvers } from './user.ts';

export function createResolvers(deps: Deps): Resolvers {
  return {
    Query: { ...createQueryResolvers(deps), ...createPrivacyQueries(deps) },
    Mutation: {
      ...createSessionMutations(deps),
      ...createProfileMutations(deps),
      ...createAdminMutations(deps),
      ...createPrivacyMutations(deps),
    },
    DataExport: createDataExportResolvers(deps),
    Erasure: erasureResolvers,
    ErasureProof: erasureProofResolvers,
    User: userResolvers,
  };
}
