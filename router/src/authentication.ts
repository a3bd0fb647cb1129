import type { IncomingMessage } from 'node:http';
import type { VerifyAccessToken } from '@commerce/kit/access-token';
import type { Caller, Viewer } from '@commerce/kit/viewer';
import type { ReadAccountState } from './account-state.ts';
import type { EndedSessions } from './ended-sessions.ts';

type Origin = Pick<Caller, 'clientAddress' | 'requestId'>;

/** Finds out who sends a request. Never fails: a bad token makes an anonymous viewer who carries the
 *  reason, so that public fields still answer and protected ones tell the right error. */
export type Identify = (request: IncomingMessage, origin: Origin) => Promise<Caller>;

export function createIdentify(deps: {
  verifyAccessToken: VerifyAccessToken;
  readAccountState: ReadAccountState;
  endedSessions: Pick<EndedSessions, 'standingOf'>;
}): Identify {
  return async (request, { clientAddress, requestId }) => {
    const stated = viewerOf(request.headers.authorization, deps.verifyAccessToken);
    const viewer = await confirm(ofLiveSession(stated), { clientAddress, requestId });
    return {
      viewer,
      clientAddress,
      requestId,
      userAgent: request.headers['user-agent']?.slice(0, LONGEST_USER_AGENT),
    };
  };

  function ofLiveSession(viewer: Viewer): Viewer {
    if (viewer.kind !== 'user' || viewer.sessionId === undefined) return viewer;
    switch (deps.endedSessions.standingOf(viewer.sessionId)) {
      case 'live':
        return viewer;
      case 'ended':
        return { kind: 'anonymous', reason: 'invalid' };
      case 'unknown':
        return { kind: 'anonymous', reason: 'unconfirmed' };
    }
  }

  /** A token says what held when it was issued; privileges must hold now. */
  async function confirm(viewer: Viewer, origin: Origin): Promise<Viewer> {
    if (viewer.kind !== 'user' || viewer.role !== 'admin') return viewer;
    switch (await deps.readAccountState(viewer.userId, origin)) {
      case 'admin':
        return viewer;
      case 'customer':
        return { ...viewer, role: 'customer' };
      case 'inactive':
        return { kind: 'anonymous', reason: 'invalid' };
      case 'unknown':
        // Nobody can say whether the administrator still is one. A customer's rights are what the
        // account has in any case, so they are left; the rest waits until users is back.
        return { ...viewer, role: 'customer' };
    }
  }
}

/** Sessions keep as much of it; the rest would only take room in the head of what subgraphs are sent. */
const LONGEST_USER_AGENT = 200;

const bearer = /^Bearer +(\S+)$/i;

function viewerOf(authorization: string | undefined, verify: VerifyAccessToken): Viewer {
  if (authorization === undefined) return { kind: 'anonymous', reason: 'missing' };
  const token = bearer.exec(authorization.trim())?.[1];
  const verified = token === undefined ? 'invalid' : verify(token);
  return typeof verified === 'string' ? { kind: 'anonymous', reason: verified } : verified;
}
