import { AppError, parseInput } from '@commerce/kit/errors';
import { requireUser, type Viewer } from '@commerce/kit/viewer';
import { z } from 'zod';
import type { SessionRow } from '../data/session-store.ts';
import type { Deps } from './deps.ts';
import { idText } from './fields.ts';

const endInput = z.object({ sessionId: idText });

type Needs = Pick<Deps, 'sessions' | 'clock'>;

export type OwnSession = SessionRow & { isCurrent: boolean };

/** One's own sessions, the one used last first.
 *  @throws AppError as requireUser */
export async function listOwnSessions(deps: Needs, viewer: Viewer): Promise<OwnSession[]> {
  const { userId, sessionId: current } = requireUser(viewer);
  const rows = await deps.sessions.list(userId, deps.clock());
  return rows.map((row) => ({ ...row, isCurrent: row.sessionId === current }));
}

/** Ends one of one's own sessions.
 *  @throws AppError as requireUser; RES_001 where one has no such session */
export async function endOwnSession(deps: Needs, viewer: Viewer, input: unknown): Promise<string> {
  const { userId } = requireUser(viewer);
  const { sessionId } = parseInput(endInput, input);
  const ended = await deps.sessions.end(userId, sessionId, deps.clock());
  if (ended === 0) throw new AppError('RES_001', 'Session not found');
  return sessionId;
}

/** Ends all of one's own sessions, this one too.
 *  @returns how many
 *  @throws AppError as requireUser */
export async function endOwnSessions(deps: Needs, viewer: Viewer): Promise<number> {
  const { userId } = requireUser(viewer);
  return await deps.sessions.end(userId, null, deps.clock());
}
