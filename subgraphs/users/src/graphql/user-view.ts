import { AppError } from '@commerce/kit/errors';
import type { Connection } from '@commerce/kit/pagination';
import { isAdmin, type Role as RoleName, type Viewer } from '@commerce/kit/viewer';
import type { UsersContext } from '../context.ts';
import type { Profile } from '../data/profiles.ts';
import type { Role, User } from './generated.ts';

/** A page of users whose total is counted only where it is asked for. */
export type UserPage = Connection<User>;

export const roleOut: Record<RoleName, Role> = { customer: 'CUSTOMER', admin: 'ADMIN' };
export const roleIn: Record<Role, RoleName> = { CUSTOMER: 'customer', ADMIN: 'admin' };

/** All of a user, for whoever may see it. */
export function userView(profile: Profile): User {
  return { ...profile, role: roleOut[profile.role] };
}

/** Whether the viewer may see more of a user than the id. */
export function maySee(viewer: Viewer, userId: string): boolean {
  return isAdmin(viewer) || (viewer.kind === 'user' && viewer.userId === userId);
}

/** A user that a change has just been made to, read anew.
 *  @throws AppError AUTH_003 where the account is gone: only its owner or somebody checked gets here */
export async function changedUser(context: UsersContext, userId: string): Promise<User> {
  const { profile } = context.loaders;
  const found = await profile.clear(userId).load(userId);
  if (!found) throw new AppError('AUTH_003');
  return userView(found);
}
