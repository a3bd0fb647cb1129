import { createSecretKey } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { z } from 'zod';
import { type Clock, systemClock } from './clock.ts';
import { type NewId, newId as randomId } from './ids.ts';
import type { UserViewer } from './viewer.ts';

export const ACCESS_TOKEN_LIFETIME_SECONDS = 3_600;

const ISSUER = 'commerce-supergraph';
const AUDIENCE = 'commerce-api';

/** Whom an access token names, and the session that ends it before its time. */
export type AccessTokenSubject = Omit<UserViewer, 'kind' | 'sessionId'> & { sessionId: string };

/** The token's own id and the session's: the claims are fixed. A token that names no session could not be ended. */
const tokenId = z.string().regex(/^[^.]+\.[^.]+$/);

/** Strict: a token with other claims, a refresh token for one, is not one of ours. */
const claimsSchema = z.strictObject({
  userId: z.string().min(1),
  email: z.string(),
  role: z.enum(['customer', 'admin']),
  iat: z.int(),
  exp: z.int(),
  jti: tokenId,
  iss: z.literal(ISSUER),
  aud: z.literal(AUDIENCE),
});

/** Header fields such as kid, jku or crit ask the verifier for something: ours has none of them. */
const headerSchema = z.strictObject({ alg: z.literal('HS256'), typ: z.literal('JWT') });

export type SignAccessToken = (subject: AccessTokenSubject) => string;

/** Makes HS256 access tokens, valid for ACCESS_TOKEN_LIFETIME_SECONDS. */
export function createAccessTokenSigner(
  secret: string,
  clock: Clock = systemClock,
  newId: NewId = randomId,
): SignAccessToken {
  const key = createSecretKey(secret, 'utf8');
  return ({ userId, email, role, sessionId }) => {
    const iat = epochSeconds(clock);
    const exp = iat + ACCESS_TOKEN_LIFETIME_SECONDS;
    const claims = {
      userId,
      email,
      role,
      iat,
      exp,
      jti: `${newId('jti')}.${sessionId}`,
      iss: ISSUER,
      aud: AUDIENCE,
    };
    return jwt.sign(claims, key, { algorithm: 'HS256' });
  };
}

/** @returns the user; 'expired' only for a token that is flawless otherwise; 'invalid' for any other text */
export type VerifyAccessToken = (
  token: string,
) => (UserViewer & { sessionId: string }) | 'expired' | 'invalid';

/** @param secrets any of which a token may be signed with: two while one is being replaced */
export function createAccessTokenVerifier(
  secrets: readonly string[],
  clock: Clock = systemClock,
): VerifyAccessToken {
  const keys = secrets.map((secret) => createSecretKey(secret, 'utf8'));
  return (token) => {
    const claims = readUnderAny(token, keys);
    if (claims === null) return 'invalid';
    if (claims.exp <= epochSeconds(clock)) return 'expired';
    const { userId, email, role, jti } = claims;
    return { kind: 'user', userId, email, role, sessionId: jti.slice(jti.indexOf('.') + 1) };
  };
}

type Claims = z.output<typeof claimsSchema>;

function readUnderAny(token: string, keys: readonly jwt.Secret[]): Claims | null {
  for (const key of keys) {
    const claims = readClaims(token, key);
    if (claims !== null) return claims;
  }
  return null;
}

function readClaims(token: string, key: jwt.Secret): Claims | null {
  try {
    // The expiry is judged last and by the caller's clock: the library would report it before a wrong audience.
    const parts = jwt.verify(token, key, { algorithms: ['HS256'], ignoreExpiration: true, complete: true });
    const claims = claimsSchema.safeParse(parts.payload);
    return claims.success && headerSchema.safeParse(parts.header).success ? claims.data : null;
  } catch {
    return null;
  }
}

function epochSeconds(clock: Clock): number {
  return Math.floor(clock().getTime() / 1000);
}
