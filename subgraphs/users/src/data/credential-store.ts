import { type Db, queryRows } from '@commerce/kit/postgres';
import type { Role } from '@commerce/kit/viewer';
import { and, eq, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { users } from './tables.ts';
import type { Proof } from './user-store.ts';

export type Credentials = {
  userId: string;
  email: string;
  passwordHash: string;
  role: Role;
  isActive: boolean;
  sessionEpoch: number;
};

const columns = {
  userId: users.userId,
  email: users.email,
  passwordHash: users.passwordHash,
  role: users.role,
  isActive: users.isActive,
  sessionEpoch: users.sessionEpoch,
};

const userIdRow = z.object({ userId: z.string() });
const openedRow = z.object({ isOpen: z.boolean() });

export function createCredentialStore(db: Db) {
  const find = async (condition: SQL): Promise<Credentials | null> => {
    const [found] = await db.select(columns).from(users).where(condition);
    return found ?? null;
  };

  return {
    /** @param email normalised */
    findByEmail: async (email: string) => await find(sql`lower(${users.email}) = ${email}`),
    findById: async (userId: string) => await find(eq(users.userId, userId)),

    /** Ends all sessions too.
     *  @param change.previousHash what the current password was checked against
     *  @returns false where the account was deactivated or its password changed meanwhile */
    async changePassword(change: {
      userId: string;
      previousHash: string;
      passwordHash: string;
    }): Promise<boolean> {
      const { userId, previousHash, passwordHash } = change;
      const changed = await db
        .update(users)
        .set({ passwordHash, sessionEpoch: sql`${users.sessionEpoch} + 1` })
        .where(and(eq(users.userId, userId), eq(users.passwordHash, previousHash), eq(users.isActive, true)))
        .returning({ userId: users.userId });
      return changed.length > 0;
    },

    /** Keeps a reset token, and removes the user's of more than a day before.
     *  @returns false where the user has `maxOpen` usable ones already, or got `maxDaily` within a day */
    async openReset(
      reset: Proof & { userId: string; now: Date; maxOpen: number; maxDaily: number },
    ): Promise<boolean> {
      const [row] = await queryRows(
        db,
        sql`
          select open_password_reset(${reset.tokenHash}, ${reset.userId}, ${reset.expiresAt.toISOString()}::timestamptz,
            ${reset.now.toISOString()}::timestamptz, ${reset.maxOpen}::integer, ${reset.maxDaily}::integer) as "isOpen"`,
        openedRow,
      );
      return row?.isOpen ?? false;
    },

    /** Whether a reset by this token would succeed now. */
    async hasOpenReset(tokenHash: string, now: Date): Promise<boolean> {
      const found = await queryRows(
        db,
        sql`
          select user_id as "userId" from password_resets join users using (user_id)
          where token_hash = ${tokenHash} and used_at is null
            and expires_at > ${now.toISOString()}::timestamptz and is_active`,
        userIdRow,
      );
      return found.length > 0;
    },

    /** Sets a password by a reset token; spends all of the user's tokens and ends all sessions.
     *  @returns the user, or null where the token is spent, expired or unknown */
    async resetPassword(reset: {
      tokenHash: string;
      passwordHash: string;
      now: Date;
    }): Promise<string | null> {
      const now = reset.now.toISOString();
      const [changed] = await queryRows(
        db,
        sql`
          with proof as (
            update password_resets r set used_at = ${now}::timestamptz
            from users u
            where r.token_hash = ${reset.tokenHash} and r.used_at is null and r.expires_at > ${now}::timestamptz
              and u.user_id = r.user_id and u.is_active
            returning r.user_id
          ), others as (
            update password_resets r set used_at = ${now}::timestamptz
            from proof
            where r.user_id = proof.user_id and r.used_at is null and r.token_hash <> ${reset.tokenHash}
          )
          update users set password_hash = ${reset.passwordHash}, session_epoch = session_epoch + 1
          from proof
          where users.user_id = proof.user_id
          returning users.user_id as "userId"`,
        userIdRow,
      );
      return changed?.userId ?? null;
    },
  };
}

export type CredentialStore = ReturnType<typeof createCredentialStore>;
