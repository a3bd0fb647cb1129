import { AppError } from '@commerce/kit/errors';
import { requireService, requireUser } from '@commerce/kit/viewer';
import type { UsersContext } from '../context.ts';
import { listAuditEntries, listUsers, requirePresentAdmin } from '../domain/administration.ts';
import type { Deps } from '../domain/deps.ts';
import { listOwnSessions } from '../domain/own-sessions.ts';
import type { QueryResolvers, User } from './generated.ts';
import { roleIn, roleOut, type UserPage, userView } from './user-view.ts';

export function createQueryResolvers(deps: Deps): QueryResolvers {
  return {
    async me(_parent, _args, { viewer, loaders }) {
      const { userId } = requireUser(viewer);
      const profile = await loaders.profile.load(userId);
      if (!profile?.isActive) throw new AppError('AUTH_003');
      return userView(profile);
    },

    async sessions(_parent, _args, { viewer }) {
      return await listOwnSessions(deps, viewer);
    },

    async endedSessions(_parent, { cursor = null }, { viewer }) {
      requireService(viewer, 'router');
      return await deps.sessions.listEnded(cursor);
    },

    async user(_parent, { userId }, { viewer, loaders }) {
      await requirePresentAdmin(deps, viewer);
      const profile = await loaders.profile.load(userId);
      return profile && userView(profile);
    },

    async users(_parent, args, context) {
      const role = args.role && roleIn[args.role];
      const page = await listUsers(deps, context.viewer, { ...args, role });
      return await withProfiles(page, context);
    },

    async userAuditLog(_parent, args, { viewer }) {
      return await listAuditEntries(deps, viewer, args);
    },

    async accountState(_parent, { userId }, { viewer }) {
      requireService(viewer, 'router');
      const standing = await deps.users.findStanding(userId);
      return standing && { ...standing, role: roleOut[standing.role] };
    },

    async contactOf(_parent, { userId }, { viewer }) {
      requireService(viewer, 'orders');
      return await deps.users.findContact(userId);
    },
  };
}

async function withProfiles(
  page: Awaited<ReturnType<typeof listUsers>>,
  { loaders }: UsersContext,
): Promise<UserPage> {
  const loaded = await Promise.all(page.nodes.map(async ({ userId }) => await loaders.profile.load(userId)));
  const views = new Map(loaded.map((profile) => [profile?.userId, profile && userView(profile)]));
  const viewOf = (userId: string): User => views.get(userId) ?? { userId };
  return {
    ...page,
    nodes: page.nodes.map(({ userId }) => viewOf(userId)),
    edges: page.edges.map(({ cursor, node }) => ({ cursor, node: viewOf(node.userId) })),
  };
}
