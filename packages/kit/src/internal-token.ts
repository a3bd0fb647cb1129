import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { z } from 'zod';
import type { Caller } from './viewer.ts';

/** A stolen token is worth this long, for one subgraph. */
const LIFETIME_SECONDS = 30;

export const INTERNAL_TOKEN_HEADER = 'x-internal-token';
export const REQUEST_ID_HEADER = 'x-request-id';
/** How the client calls itself, for the subgraph that keeps sessions. */
export const USER_AGENT_HEADER = 'x-internal-user-agent';

const callerSchema = z.object({
  viewer: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('user'),
      userId: z.string(),
      email: z.string(),
      role: z.enum(['customer', 'admin']),
      sessionId: z.string().optional(),
    }),
    z.object({ kind: z.literal('anonymous'), reason: z.enum(['missing', 'expired', 'invalid']) }),
    z.object({ kind: z.literal('service'), name: z.string() }),
  ]),
  clientAddress: z.string(),
});

type TokenCaller = Pick<Caller, 'viewer' | 'clientAddress'>;

/** Each audience has a key of its own, so that one subgraph cannot speak for the router to another. */
function audienceKey(internalTokenSecret: string, audience: string): KeyObject {
  const bytes = createHmac('sha256', internalTokenSecret).update(`subgraph:${audience}`).digest();
  // Given plain bytes the library first tries them as a PEM key, anew for each token: 0.5 ms instead of 0.01.
  return createSecretKey(bytes);
}

export type MintInternalToken = (caller: TokenCaller, audience: string) => string;

/** @param issuer the service that calls, e.g. `router` */
export function createTokenMint(internalTokenSecret: string, issuer: string): MintInternalToken {
  const keys = new Map<string, KeyObject>();
  return (caller, audience) => {
    const key = keys.get(audience) ?? audienceKey(internalTokenSecret, audience);
    keys.set(audience, key);
    const claims = { viewer: caller.viewer, clientAddress: caller.clientAddress };
    return jwt.sign(claims, key, {
      algorithm: 'HS256',
      audience,
      issuer,
      expiresIn: LIFETIME_SECONDS,
    });
  };
}

/** @returns the caller, or null where the token is missing, forged, expired or for another subgraph */
export type VerifyInternalToken = (token: string | undefined) => TokenCaller | null;

/** @param secrets any of which a token may come from: two while one is being replaced */
export function createTokenVerifier(secrets: readonly string[], audience: string): VerifyInternalToken {
  const keys = secrets.map((secret) => audienceKey(secret, audience));

  function read(token: string, key: KeyObject): TokenCaller | null {
    try {
      const claims = jwt.verify(token, key, {
        algorithms: ['HS256'],
        audience,
        maxAge: `${LIFETIME_SECONDS}s`,
      });
      const parsed = callerSchema.safeParse(claims);
      return parsed.success ? parsed.data : null;
    } catch {
      return null;
    }
  }

  return (token) => {
    if (token === undefined) return null;
    return keys.map((key) => read(token, key)).find((caller) => caller !== null) ?? null;
  };
}
