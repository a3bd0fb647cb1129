import { createSecretKey } from 'node:crypto';
import type { Clock } from '@commerce/kit/clock';
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

export type RefreshTokens = {
  issue(owner: RefreshTokenOwner): { token: string; proof: Proof };
  /** @returns whose token this is and its hash in the database; it may have been spent or revoked */
  read(token: string): (RefreshTokenOwner & { tokenHash: string; isExpired: boolean }) | null;
};

/** HS256 tokens under a secret of their own. */
export function createRefreshTokens(deps: { secret: string; clock: Clock; newId: NewId }): RefreshTokens {
  const key = createSecretKey(deps.secret, 'utf8');
  const nowSeconds = () => Math.floor(deps.clock().getTime() / 1000);

  function readClaims(token: string): z.output<typeof claimsSchema> | null {
    try {
      const parts = jwt.verify(token, key, { algorithms: ['HS256'], ignoreExpiration: true, complete: true });
      const claims = claimsSchema.safeParse(parts.payload);
      return claims.success && headerSchema.safeParse(parts.header).success ? claims.data : null;
    } catch {
      return null;
    }
  }

  return {
    issue({ userId, familyId }) {
      const iat = nowSeconds();
      const exp = iat + LIFETIME_SECONDS;
      const jti = deps.newId('jti');
      const claims = { userId, type: 'refresh', family: familyId, jti, iat, exp };
      const proof = { tokenHash: tokenHash(jti), expiresAt: new Date(exp * 1000) };
      return { token: jwt.sign(claims, key, { algorithm: 'HS256' }), proof };
    },
    read(token) {
      const claims = readClaims(token);
      if (!claims) return null;
      const { userId, family: familyId, jti, exp } = claims;
      return { userId, familyId, tokenHash: tokenHash(jti), isExpired: exp <= nowSeconds() };
    },
  };
}
