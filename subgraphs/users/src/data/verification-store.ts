import { type Db, queryRows } from '@commerce/kit/postgres';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Proof } from './user-store.ts';

const userIdRow = z.object({ userId: z.string() });
const requestRow = z.object({ email: z.string(), isOpen: z.boolean() });

/** Tokens of verification mails. */
export function createVerificationStore(db: Db) {
  return {
    /** Keeps another token and ends the user's older ones, unless the address is verified or as many
     *  as `maxOpen` have not expired, spent ones included. Removes expired ones.
     *  @returns the user's address and whether the token was kept; null where there is no such active user */
    async open(
      request: Proof & { userId: string; now: Date; maxOpen: number },
    ): Promise<z.output<typeof requestRow> | null> {
      const { userId, tokenHash } = request;
      const now = request.now.toISOString();
      const [found] = await queryRows(
        db,
        sql`
          with account as (
            select user_id, email, email_verified from users where user_id = ${userId} and is_active for share
          ), pruned as (
            delete from email_verifications where user_id = ${userId} and expires_at <= ${now}::timestamptz
          ), opened as (
            insert into email_verifications (token_hash, user_id, expires_at)
            select ${tokenHash}, user_id, ${request.expiresAt.toISOString()}::timestamptz from account
            where not email_verified and (
              select count(*) from email_verifications
              where user_id = ${userId} and expires_at > ${now}::timestamptz
            ) < ${request.maxOpen}
            returning user_id
          ), ended as (
            update email_verifications older set used_at = ${now}::timestamptz
            from opened
            where older.user_id = opened.user_id and older.used_at is null
              and older.expires_at > ${now}::timestamptz
          )
          select email, opened.user_id is not null as "isOpen" from account left join opened using (user_id)`,
        requestRow,
      );
      return found ?? null;
    },

    /** @returns the user whose address the token proves, or null where it is spent, expired or unknown */
    async verify(tokenHash: string, now: Date): Promise<string | null> {
      const at = now.toISOString();
      const [verified] = await queryRows(
        db,
        sql`
          with proof as (
            update email_verifications set used_at = ${at}::timestamptz
            where token_hash = ${tokenHash} and used_at is null and expires_at > ${at}::timestamptz
            returning user_id
          )
          update users set email_verified = true from proof
          where users.user_id = proof.user_id and users.erased_at is null
          returning users.user_id as "userId"`,
        userIdRow,
      );
      return verified?.userId ?? null;
    },
  };
}

export type VerificationStore = ReturnType<typeof createVerificationStore>;
