import { type Db, queryRows } from '@commerce/kit/postgres';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Proof } from './user-store.ts';

const holderRow = z.object({ userId: z.string(), email: z.string(), role: z.enum(['customer', 'admin']) });

/** Whose session it is, as of now. */
export type SessionHolder = z.output<typeof holderRow>;

const tradeRow = holderRow.extend({ tradedAt: z.number().transform((time) => new Date(time)) });

/** A trade that has taken place. */
export type Trade = z.output<typeof tradeRow>;

const familyRow = z.object({ familyId: z.string() });

/** Sessions: a family of refresh tokens each, of which the newest one can be traded. */
export function createSessionStore(db: Db) {
  return {
    /** Begins a session, and removes the user's expired ones.
     *  @param session.sessionEpoch the user's number when the credentials were read: where the password
     *  changed since, the session is dead from the start */
    async open(
      session: Proof & { familyId: string; userId: string; sessionEpoch: number; now: Date },
    ): Promise<void> {
      const expiresAt = session.expiresAt.toISOString();
      await db.execute(sql`
        with pruned as (
          delete from refresh_families
          where user_id = ${session.userId} and expires_at <= ${session.now.toISOString()}::timestamptz
        ), family as (
          insert into refresh_families (family_id, user_id, session_epoch, expires_at)
          values (${session.familyId}, ${session.userId}, ${session.sessionEpoch}, ${expiresAt}::timestamptz)
          returning family_id
        )
        insert into refresh_tokens (token_hash, family_id, expires_at)
        select ${session.tokenHash}, family_id, ${expiresAt}::timestamptz from family`);
    },

    /** Trades a token for its successor, once: of two at a time, one succeeds.
     *  @returns null where the token is spent, expired or unknown, or its session has ended */
    async rotate(trade: { tokenHash: string; successor: Proof; now: Date }): Promise<SessionHolder | null> {
      const now = trade.now.toISOString();
      const { tokenHash: successorHash } = trade.successor;
      const expiresAt = trade.successor.expiresAt.toISOString();
      const [holder] = await queryRows(
        db,
        sql`
          with traded as (
            update refresh_tokens t set used_at = ${now}::timestamptz, successor_hash = ${successorHash}
            from refresh_families f join users u on u.user_id = f.user_id
            where t.token_hash = ${trade.tokenHash} and t.used_at is null and t.expires_at > ${now}::timestamptz
              and f.family_id = t.family_id and f.revoked_at is null
              and u.is_active and u.session_epoch = f.session_epoch
            returning t.family_id, u.user_id, u.email, u.role
          ), successor as (
            insert into refresh_tokens (token_hash, family_id, expires_at)
            select ${successorHash}, family_id, ${expiresAt}::timestamptz from traded
          ), extended as (
            update refresh_families f set expires_at = ${expiresAt}::timestamptz
            from traded where f.family_id = traded.family_id
          ), pruned as (
            delete from refresh_tokens t using traded
            where t.family_id = traded.family_id and t.expires_at <= ${now}::timestamptz
          )
          select user_id as "userId", email, role from traded`,
        holderRow,
      );
      return holder ?? null;
    },

    /** The trade of a token after `since` whose successor nobody has used, in a session that is alive. */
    async findRecentTrade(tokenHash: string, since: Date): Promise<Trade | null> {
      const [trade] = await queryRows(
        db,
        sql`
          select u.user_id as "userId", u.email, u.role,
            (extract(epoch from t.used_at) * 1000)::double precision as "tradedAt"
          from refresh_tokens t
          join refresh_tokens successor on successor.token_hash = t.successor_hash
          join refresh_families f on f.family_id = t.family_id
          join users u on u.user_id = f.user_id
          where t.token_hash = ${tokenHash} and t.used_at > ${since.toISOString()}::timestamptz
            and successor.used_at is null and f.revoked_at is null
            and u.is_active and u.session_epoch = f.session_epoch`,
        tradeRow,
      );
      return trade ?? null;
    },

    /** Ends the session of a token that was traded before.
     *  @returns the session, or null where the token was not traded or its session had ended */
    async revokeReplayed(tokenHash: string, now: Date): Promise<string | null> {
      const [revoked] = await queryRows(
        db,
        sql`
          update refresh_families f
          set revoked_at = ${now.toISOString()}::timestamptz, revoked_for = 'replay'
          from refresh_tokens t
          where t.token_hash = ${tokenHash} and t.used_at is not null
            and f.family_id = t.family_id and f.revoked_at is null
          returning f.family_id as "familyId"`,
        familyRow,
      );
      return revoked?.familyId ?? null;
    },

    /** Ends a session; one that has ended stays as it is. */
    async revoke(familyId: string, now: Date): Promise<void> {
      await db.execute(sql`
        update refresh_families
        set revoked_at = ${now.toISOString()}::timestamptz, revoked_for = 'logout'
        where family_id = ${familyId} and revoked_at is null`);
    },
  };
}

export type SessionStore = ReturnType<typeof createSessionStore>;
