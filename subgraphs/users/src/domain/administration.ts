import { type AuditPage, readAuditPage } from '@commerce/kit/audit-page';
import { AppError, assertNever, parseInput } from '@commerce/kit/errors';
import {
  type Connection,
  connection,
  isTimestampKey,
  type PageArgs,
  type PageRequest,
  pageRequest,
} from '@commerce/kit/pagination';
import { line } from '@commerce/kit/text';
import { requireAdmin, type Viewer } from '@commerce/kit/viewer';
import { z } from 'zod';
import type { AdministrationOutcome } from '../data/administration-store.ts';
import type { UserKey } from '../data/user-store.ts';
import type { Deps } from './deps.ts';
import { idText } from './fields.ts';

const DEFAULT_PAGE_SIZE = 20;

const role = z.enum(['customer', 'admin']);
const roleInput = z.object({ userId: idText, role });
const activeInput = z.object({ userId: idText, isActive: z.boolean() });
const filterInput = z.object({ search: line(0, 100).nullish(), role: role.nullish() });

/** The token's word is an hour old at worst, so the database is asked too.
 *  @throws AppError as requireAdmin; AUTH_003 where the account is gone or deactivated, AUTH_004 where it
 *  is no administrator any more */
export async function requirePresentAdmin(deps: Pick<Deps, 'users'>, viewer: Viewer): Promise<void> {
  const { userId } = requireAdmin(viewer);
  const standing = await deps.users.findStanding(userId);
  if (!standing?.isActive) throw new AppError('AUTH_003');
  if (standing.role !== 'admin') throw new AppError('AUTH_004');
}

/** Users, newest first.
 *  @throws AppError as requirePresentAdmin; VAL_001 */
export async function listUsers(
  deps: Pick<Deps, 'users'>,
  viewer: Viewer,
  args: PageArgs & { search?: unknown; role?: unknown },
): Promise<Connection<UserKey>> {
  await requirePresentAdmin(deps, viewer);
  const { search, role: wantedRole } = parseInput(filterInput, args);
  const filter = { search: search ?? undefined, role: wantedRole ?? undefined };
  const request = pageRequest(args, {
    size: DEFAULT_PAGE_SIZE,
    keyLength: 2,
    isKey: ([createdAt]) => isTimestampKey(createdAt),
  });
  const rows = await deps.users.list(filter, request, placeBehind(request));
  return connection(request, rows, {
    keyOf: ({ createdAt, userId }) => [createdAt.toISOString(), userId],
    countAll: async () => await deps.users.count(filter),
  });
}

/** Privileged acts on users, newest first.
 *  @throws AppError as requirePresentAdmin; VAL_001 */
export async function listAuditEntries(
  deps: Pick<Deps, 'users' | 'auditLog'>,
  viewer: Viewer,
  args: Pick<PageArgs, 'first' | 'after'> & { filter?: unknown },
): Promise<AuditPage> {
  await requirePresentAdmin(deps, viewer);
  return await readAuditPage(deps.auditLog, args);
}

function placeBehind(request: PageRequest): UserKey | null {
  if (request.kind === 'offset' || request.after === null) return null;
  const [createdAt, userId] = request.after;
  return createdAt === undefined || userId === undefined ? null : { createdAt: new Date(createdAt), userId };
}

type ChangeNeeds = Pick<Deps, 'users' | 'administration' | 'profiles'>;

/** @returns the id of the changed user
 *  @throws AppError as requirePresentAdmin; BUS_002 for oneself; RES_001 */
export async function setUserRole(deps: ChangeNeeds, viewer: Viewer, input: unknown): Promise<string> {
  const actorId = requireAdmin(viewer).userId;
  const { userId, role: wanted } = parseInput(roleInput, input);
  refuseOneself(actorId, userId, 'role');
  const outcome = await deps.administration.setRole(actorId, userId, wanted);
  return await concludeChange(deps, viewer, { userId, outcome });
}

/** Deactivation ends the user's sessions. Returns and throws as setUserRole. */
export async function setUserActive(deps: ChangeNeeds, viewer: Viewer, input: unknown): Promise<string> {
  const actorId = requireAdmin(viewer).userId;
  const { userId, isActive } = parseInput(activeInput, input);
  refuseOneself(actorId, userId, 'state');
  const outcome = await deps.administration.setActive(actorId, userId, isActive);
  return await concludeChange(deps, viewer, { userId, outcome });
}

// Else the last administrator could lock everybody out.
function refuseOneself(actorId: string, userId: string, what: string): void {
  if (userId === actorId) throw new AppError('BUS_002', `Administrators cannot change their own ${what}`);
}

async function concludeChange(
  deps: ChangeNeeds,
  viewer: Viewer,
  { userId, outcome }: { userId: string; outcome: AdministrationOutcome },
): Promise<string> {
  switch (outcome) {
    case 'changed':
      await deps.profiles.forget(userId);
      return userId;
    case 'absent':
      throw new AppError('RES_001', 'User not found');
    case 'refused':
      await requirePresentAdmin(deps, viewer);
      // Became an administrator again between the two statements.
      throw new AppError('AUTH_004');
    default:
      return assertNever(outcome);
  }
}
