import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import type { Clock } from '@commerce/kit/clock';
import type { Secrets } from '@commerce/kit/config';
import type { NewId } from '@commerce/kit/ids';
import jwt from 'jsonwebtoken';
import { z } from 'zod';
import type { Proof } from '../data/user-store.ts';
import { tokenHash } from './single-use-token.ts';

const LIFETIME_SECONDS = 7 * 24 * 3_600;

const claimsSchema = z.strictObject({
  userId: z.string(),
  type: z.literal('refresh'),
  family: z.string(),
  jti: z.string(),
  iat: z.int(),
  exp: z.int(),
});

const headerSchema = z.strictObject({ alg: z.literal('HS256'), typ: z.literal('JWT') });

export type RefreshTokenOwner = { userId: string; familyId: string };

export type IssuedRefreshToken = { token: string; proof: Proof };

export type PresentedRefreshToken = RefreshTokenOwner & {
  /** What the database knows it by. */
  tokenHash: string;
  isExpired: boolean;
  /** The token that this one is traded for. It follows from this one and the time of the trade, so that
   *  the same trade can be answered again although only hashes are stored. */
  successor(tradedAt: Date): IssuedRefreshToken;
};

export type RefreshTokens = {
  /** The first token of a session. */
  issue(owner: RefreshTokenOwner): IssuedRefreshToken;
  /** @returns null where the text is no token of ours; one that is may have been spent or revoked */
  read(token: string): PresentedRefreshToken | null;
};

/** HS256 tokens under secrets of their own.
 *  @param deps.secrets the first one is signed with, any is accepted */
export function createRefreshTokens(deps: { secrets: Secrets; clock: Clock; newId: NewId }): RefreshTokens {
  const [signingSecret, ...others] = deps.secrets;
  const signingKey = createSecretKey(signingSecret, 'utf8');
  const keys = [signingKey, ...others.map((secret) => createSecretKey(secret, 'utf8'))];

  function readClaims(token: string, key: KeyObject): z.output<typeof claimsSchema> | null {
    try {
      const parts = jwt.verify(token, key, { algorithms: ['HS256'], ignoreExpiration: true, complete: true });
      const claims = claimsSchema.safeParse(parts.payload);
      return claims.success && headerSchema.safeParse(parts.header).success ? claims.data : null;
    } catch {
      return null;
    }
  }

  function issue(
    { userId, familyId }: RefreshTokenOwner,
    { jti, at, key }: { jti: string; at: Date; key: KeyObject },
  ): IssuedRefreshToken {
    const iat = secondsOf(at);
    const exp = iat + LIFETIME_SECONDS;
    const claims = { userId, type: 'refresh', family: familyId, jti, iat, exp };
    const proof = { tokenHash: tokenHash(jti), expiresAt: new Date(exp * 1000) };
    return { token: jwt.sign(claims, key, { algorithm: 'HS256' }), proof };
  }

  // Cannot be mistaken for a signature of a token under the same key: no token holds a space.
  function successorOf(jti: string, key: KeyObject): string {
    return `jti_${createHmac('sha256', key).update(`successor of ${jti}`).digest('base64url')}`;
  }

  return {
    issue: (owner) => issue(owner, { jti: deps.newId('jti'), at: deps.clock(), key: signingKey }),
    read(token) {
      const [read] = keys.flatMap((key) => {
        const claims = readClaims(token, key);
        return claims ? [{ claims, key }] : [];
      });
      if (!read) return null;
      const { userId, family: familyId, jti, exp } = read.claims;
      return {
        userId,
        familyId,
        tokenHash: tokenHash(jti),
        isExpired: exp <= secondsOf(deps.clock()),
        // Named by the key that the token came with: all instances name it alike, whichever they sign with.
        successor: (at) =>
          issue({ userId, familyId }, { jti: successorOf(jti, read.key), at, key: signingKey }),
      };
    },
  };
}

function secondsOf(time: Date): number {
  return Math.floor(time.getTime() / 1000);
}
