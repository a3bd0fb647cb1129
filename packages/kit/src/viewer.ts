import { AppError } from './errors.ts';

export type Role = 'customer' | 'admin';

export type UserViewer = {
  kind: 'user';
  userId: string;
  email: string;
  role: Role;
  /** The session that the access token belongs to. Every token names one; where no session matters it may be left out. */
  sessionId?: string | undefined;
};
/** `reason` tells a protected field which error to give: no token, an expired one, a bad one, or one of which nobody can
 *  say at the moment whether its session has ended. */
export type AnonymousViewer = {
  kind: 'anonymous';
  reason: 'missing' | 'expired' | 'invalid' | 'unconfirmed';
};
/** Another service of this shop, calling for itself. */
export type ServiceViewer = { kind: 'service'; name: string };

export type Viewer = UserViewer | AnonymousViewer | ServiceViewer;

/** Who asks, and from where: what the router tells a subgraph about a request. */
export type Caller = {
  viewer: Viewer;
  /** Client address behind the trusted proxies, IPv6 included; the key of rate limits. */
  clientAddress: string;
  requestId: string;
  /** As the client calls itself; absent where it does not, and for subgraphs that need not know. */
  userAgent?: string | undefined;
};

/** @throws AppError AUTH_003 without a valid token, AUTH_002 where it has expired, SYS_002 where it cannot be confirmed */
export function requireUser(viewer: Viewer): UserViewer {
  if (viewer.kind === 'user') return viewer;
  if (viewer.kind === 'anonymous' && viewer.reason === 'expired') throw new AppError('AUTH_002');
  if (viewer.kind === 'anonymous' && viewer.reason === 'unconfirmed')
    throw new AppError('SYS_002', undefined, { retryAfterSeconds: 2 });
  const isMissing = viewer.kind === 'anonymous' && viewer.reason === 'missing';
  throw new AppError('AUTH_003', isMissing ? 'Authentication required' : 'Invalid token');
}

/** @throws AppError as requireUser, and AUTH_004 where the user is no administrator */
export function requireAdmin(viewer: Viewer): UserViewer {
  const user = requireUser(viewer);
  if (user.role !== 'admin') throw new AppError('AUTH_004');
  return user;
}

/** Guards the fields that only some of the other services may ask for.
 *  @throws AppError AUTH_004 */
export function requireService(viewer: Viewer, ...names: [string, ...string[]]): ServiceViewer {
  if (viewer.kind !== 'service' || !names.includes(viewer.name)) throw new AppError('AUTH_004');
  return viewer;
}

export function isAdmin(viewer: Viewer): boolean {
  return viewer.kind === 'user' && viewer.role === 'admin';
}
