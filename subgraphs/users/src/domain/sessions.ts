import { ACCESS_TOKEN_LIFETIME_SECONDS } from '@commerce/kit/access-token';
import { AppError, parseInput } from '@commerce/kit/errors';
import { z } from 'zod';
import type { Client, SessionHolder } from '../data/session-store.ts';
import type { Deps } from './deps.ts';
import { email, tokenText, triedPassword } from './fields.ts';

export type Session = { userId: string; accessToken: string; refreshToken: string; expiresIn: number };

/** How long a traded token is answered with its successor again: long enough for requests that cross. A
 *  thief who is as quick shares the successor, and is noticed at the first trade where he is not. */
const GRACE_SECONDS = 10;

const credentials = z.object({ email, password: triedPassword });
const refreshInput = z.object({ refreshToken: tokenText });

type LoginNeeds = Pick<
  Deps,
  | 'loginGuard'
  | 'credentials'
  | 'passwords'
  | 'sessions'
  | 'refreshTokens'
  | 'signAccessToken'
  | 'clock'
  | 'newId'
>;

/** @throws AppError AUTH_001 alike for a wrong password, an unknown address and a deactivated account; RATE_001 */
export async function login(deps: LoginNeeds, input: unknown, client: Client): Promise<Session> {
  const given = parseInput(credentials, input);
  const attempt = { email: given.email, clientAddress: client.address };
  return await deps.loginGuard.attempt(attempt, () => openSession(deps, given, client));
}

async function openSession(
  deps: LoginNeeds,
  { email: address, password }: z.output<typeof credentials>,
  client: Client,
): Promise<Session> {
  const account = await deps.credentials.findByEmail(address);
  const isRight = await deps.passwords.verify(password, account?.passwordHash ?? null);
  if (!account || !isRight || !account.isActive) throw wrongCredentials();
  const { userId, sessionEpoch } = account;
  const familyId = deps.newId('fam');
  const { token, proof } = deps.refreshTokens.issue({ userId, familyId });
  const now = deps.clock();
  const isOpen = await deps.sessions.open({ ...proof, familyId, userId, sessionEpoch, client, now });
  // Deactivated, or given another password, in this very moment.
  if (!isOpen) throw wrongCredentials();
  return sessionOf(deps, account, { sessionId: familyId, refreshToken: token });
}

function wrongCredentials(): AppError {
  return new AppError('AUTH_001', 'Invalid email or password');
}

type RefreshNeeds = Pick<Deps, 'sessions' | 'refreshTokens' | 'signAccessToken' | 'clock' | 'logger'>;

/** Trades a refresh token. One that was traded a moment ago gets the same successor again while nobody has
 *  used that: two requests of one client crossed, or an answer was lost. Any other one that was traded
 *  before ends its session: either its owner or a thief holds the successor, and there is no telling who.
 *  @throws AppError AUTH_002 where the token has expired, AUTH_003 where it is not usable for another reason */
export async function refreshSession(deps: RefreshNeeds, input: unknown, client: Client): Promise<Session> {
  const { refreshToken } = parseInput(refreshInput, input);
  const presented = deps.refreshTokens.read(refreshToken);
  if (!presented) throw new AppError('AUTH_003');
  if (presented.isExpired) throw new AppError('AUTH_002');
  const { tokenHash, familyId: sessionId } = presented;
  const now = deps.clock();
  const { token, proof } = presented.successor(now);
  const holder = await deps.sessions.rotate({ tokenHash, successor: proof, client, now });
  if (holder) return sessionOf(deps, holder, { sessionId, refreshToken: token });
  const recent = await deps.sessions.findRecentTrade({
    tokenHash,
    successorHash: proof.tokenHash,
    graceSeconds: GRACE_SECONDS,
  });
  if (recent) {
    const { token: refreshToken } = presented.successor(recent.tradedAt);
    return sessionOf(deps, recent, { sessionId, refreshToken });
  }
  const familyId = await deps.sessions.revokeReplayed(tokenHash, now);
  if (familyId !== null)
    deps.logger.warn({ familyId }, 'A refresh token was replayed; its session has ended');
  throw new AppError('AUTH_003');
}

/** Ends a session by any of its refresh tokens, expired or traded ones too.
 *  @throws AppError AUTH_003 where the text is no refresh token */
export async function logout(
  deps: Pick<Deps, 'sessions' | 'refreshTokens' | 'clock'>,
  input: unknown,
): Promise<void> {
  const { refreshToken } = parseInput(refreshInput, input);
  const presented = deps.refreshTokens.read(refreshToken);
  if (!presented) throw new AppError('AUTH_003');
  await deps.sessions.revoke(presented.familyId, deps.clock());
}

function sessionOf(
  deps: Pick<Deps, 'signAccessToken'>,
  holder: SessionHolder,
  { sessionId, refreshToken }: { sessionId: string; refreshToken: string },
): Session {
  const { userId, email: address, role } = holder;
  const accessToken = deps.signAccessToken({ userId, email: address, role, sessionId });
  return { userId, accessToken, refreshToken, expiresIn: ACCESS_TOKEN_LIFETIME_SECONDS };
}
