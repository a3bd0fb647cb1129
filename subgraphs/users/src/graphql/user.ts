import type { UserResolvers } from './generated.ts';
import { maySee, userView } from './user-view.ts';

export const userResolvers: UserResolvers = {
  /** A stranger gets the id back, whether or not it names anybody. */
  async __resolveReference({ userId }, { viewer, loaders }) {
    if (!maySee(viewer, userId)) return { userId };
    const profile = await loaders.profile.load(userId);
    return profile && userView(profile);
  },
};
