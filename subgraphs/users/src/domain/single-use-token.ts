import { createHash, randomBytes } from 'node:crypto';
import type { Proof } from '../data/user-store.ts';

const TOKEN_BYTES = 32;

/** @returns the text that goes into a mail, and what the database keeps of it */
export function createSingleUseToken(lifetimeSeconds: number, now: Date): { token: string; proof: Proof } {
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  const expiresAt = new Date(now.getTime() + lifetimeSeconds * 1000);
  return { token, proof: { tokenHash: tokenHash(token), expiresAt } };
}

/** A fast hash does: the text is random. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
