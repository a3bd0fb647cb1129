import { type Db, queryRows, timestampColumn } from '@commerce/kit/postgres';
import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Proof } from './user-store.ts';

const holderRow = z.object({ userId: z.string(), email: z.string(), role: z.enum(['customer', 'admin']) });

/** Whose session it is, as of now. */
export type SessionHolder = z.output<typeof holderRow>;

const tradeRow = holderRow.extend({ tradedAt: z.number().transform((time) => new Date(time)) });

/** A trade that has taken place. */
export type Trade = z.output<typeof tradeRow>;

const familyRow = z.object({ familyId: z.string() });

/** From where, and with what, a session is used. */
export type Client = { device: string | null; address: string };

type NewSession = Proof & {
  familyId: string;
  userId: string;
  sessionEpoch: number;
  client: Client;
  now: Date;
};

const sessionRow = z.object({
  sessionId: z.string(),
  device: z.string().nullable(),
  address: z.string().nullable(),
  createdAt: timestampColumn,
  lastUsedAt: timestampColumn,
});

/** A session that is alive. */
export type SessionRow = z.output<typeof sessionRow>;

const endedRow = z.object({
  sessionIds: z.array(z.string()),
  /** When the last one of them ended; null without any. */
  lastEndedAt: z.string().nullable(),
  nextSince: z.string(),
});

/** A person has fewer; what begins and is never ended, such as by a program that logs in for each call, must not grow
 *  without bound. */
const MAX_LIVE_SESSIONS = 100;
const ENDED_PAGE_SIZE = 5_000;
/** How long an end is told: an access token lives for an hour, and clocks differ. */
const TOLD_FOR = sql`interval '65 minutes'`;

/** Sessions: a family of refresh tokens each, of which the newest one can be traded. */
export function createSessionStore(db: Db) {
  return {
    /** Begins a session. Where the user has as many as may be, the one used longest
     *  ago ends; several that begin in one moment may be too many until the next one begins.
     *  @param session.sessionEpoch the user's number when the credentials were read
     *  @returns false where the password changed since, or the account was deactivated */
    async open(session: NewSession): Promise<boolean> {
      const expiresAt = session.expiresAt.toISOString();
      const now = session.now.toISOString();
      const { device, address } = session.client;
      const opened = await queryRows(
        db,
        // The lock: a change of the password either sees the session and ends it, or is seen here. The surplus is counted
        // among what was there before: the session that begins is not in it.
        sql`
          with holder as (
            select user_id, session_epoch from users
            where user_id = ${session.userId} and is_active and session_epoch = ${session.sessionEpoch}
            for share
          ), family as (
            insert into refresh_families
              (family_id, user_id, session_epoch, expires_at, device, address, created_at, last_used_at)
            select ${session.familyId}, user_id, session_epoch, ${expiresAt}::timestamptz, ${device}::varchar,
              ${address}::varchar, ${now}::timestamptz, ${now}::timestamptz
            from holder
            returning family_id
          ), surplus as (
            select f.family_id from refresh_families f, family
            where f.user_id = ${session.userId} and f.revoked_at is null and f.expires_at > ${now}::timestamptz
            order by f.last_used_at desc, f.family_id offset ${MAX_LIVE_SESSIONS - 1}
          ), doomed as (
            select family_id from refresh_families
            where family_id in (select family_id from surplus) and revoked_at is null order by family_id for update
          ), ended as (
            update refresh_families set revoked_at = ${now}::timestamptz, revoked_for = 'ended'
            where family_id in (select family_id from doomed)
          )
          insert into refresh_tokens (token_hash, family_id, expires_at)
          select ${session.tokenHash}, family_id, ${expiresAt}::timestamptz from family
          returning family_id as "familyId"`,
        familyRow,
      );
      return opened.length > 0;
    },

    /** Trades a token for its successor, once: of two at a time, one succeeds.
     *  @returns null where the token is spent, expired or unknown, or its session has ended */
    async rotate(trade: {
      tokenHash: string;
      successor: Proof;
      client: Client;
      now: Date;
    }): Promise<SessionHolder | null> {
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
            update refresh_families f set expires_at = ${expiresAt}::timestamptz,
              last_used_at = ${now}::timestamptz, device = coalesce(${trade.client.device}::varchar, f.device),
              address = ${trade.client.address}::varchar
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

    /** The trade of a token for this successor in the last so many seconds, by the database's clock: instances differ
     *  in theirs. Nobody has used the successor, and the session is alive. */
    async findRecentTrade(trade: {
      tokenHash: string;
      successorHash: string;
      graceSeconds: number;
    }): Promise<Trade | null> {
      const [found] = await queryRows(
        db,
        sql`
          select u.user_id as "userId", u.email, u.role,
            (extract(epoch from t.used_at) * 1000)::double precision as "tradedAt"
          from refresh_tokens t
          join refresh_tokens successor on successor.token_hash = t.successor_hash
          join refresh_families f on f.family_id = t.family_id
          join users u on u.user_id = f.user_id
          where t.token_hash = ${trade.tokenHash} and successor.token_hash = ${trade.successorHash}
            and successor.used_at is null
            and successor.created_at > now() - make_interval(secs => ${trade.graceSeconds})
            and f.revoked_at is null
            and u.is_active and u.session_epoch = f.session_epoch`,
        tradeRow,
      );
      return found ?? null;
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

    /** The sessions of a user that are alive, the one used last first; 100 at most. */
    async list(userId: string, now: Date): Promise<SessionRow[]> {
      return await queryRows(
        db,
        sql`
          select f.family_id as "sessionId", f.device, f.address, f.created_at as "createdAt",
            f.last_used_at as "lastUsedAt"
          from refresh_families f join users u on u.user_id = f.user_id
          where f.user_id = ${userId} and f.revoked_at is null and f.expires_at > ${now.toISOString()}::timestamptz
            and u.is_active and u.session_epoch = f.session_epoch
          order by f.last_used_at desc, f.family_id limit ${MAX_LIVE_SESSIONS}`,
        sessionRow,
      );
    },

    /** Ends one of a user's sessions, or all of them.
     *  @param familyId null for all
     *  @returns how many were alive */
    async end(userId: string, familyId: string | null, now: Date): Promise<number> {
      const moment = sql`${now.toISOString()}::timestamptz`;
      const which = familyId === null ? sql`` : sql`and family_id = ${familyId}`;
      const ended = await queryRows(
        db,
        sql`
          with doomed as (
            select family_id from refresh_families
            where user_id = ${userId} and revoked_at is null and expires_at > ${moment} ${which}
            order by family_id for update
          )
          update refresh_families set revoked_at = ${moment}, revoked_for = 'ended'
          where family_id in (select family_id from doomed) returning family_id as "familyId"`,
        familyRow,
      );
      return ended.length;
    },

    /** The sessions that ended within the lifetime of an access token, or since a cursor: a page of 5,000. Some may come
     *  twice. Behind a full page there may be more; behind any other one comes what will have ended.
     *  @param cursor of an earlier answer; null at first */
    async listEnded(cursor: string | null): Promise<{ sessionIds: string[]; cursor: string }> {
      const { nextSince, endedAt, sessionId } = endedPosition(cursor);
      const since = endedAt === null ? sql`now() - ${TOLD_FOR}` : sql`${endedAt}::timestamptz`;
      // What began to end a moment ago may show only later, and a database that takes over may have a clock behind.
      const overlap = sql`now() - interval '2 minutes'`;
      const [ended] = await queryRows(
        db,
        sql`
          with page as (
            select family_id, ended_at from refresh_families
            where ended_at is not null and (ended_at, family_id) > (${since}, ${sessionId})
            order by ended_at, family_id limit ${ENDED_PAGE_SIZE}
          )
          select coalesce(array_agg(family_id order by ended_at, family_id), '{}') as "sessionIds",
            ${isoText(sql`max(ended_at)`)} as "lastEndedAt",
            coalesce(${nextSince}, ${isoText(overlap)}) as "nextSince"
          from page`,
        endedRow,
      );
      if (!ended) throw new Error('An aggregate without a row');
      const { sessionIds, lastEndedAt } = ended;
      const isFull = sessionIds.length === ENDED_PAGE_SIZE;
      const position = [ended.nextSince, ...(isFull ? [lastEndedAt, sessionIds.at(-1)] : [])];
      return { sessionIds, cursor: position.join(' ') };
    },

    /** Removes sessions that expired, oldest first, and whose end needs to be told no more.
     *  @returns how many, at most `limit` */
    async pruneExpired(limit: number): Promise<number> {
      const pruned = await queryRows(
        db,
        // Tokens before their families, as trades and erasures lock them: the cascade would lock them afterwards. What
        // another holds is left for the next time.
        sql`
          with expired as (
            select family_id from refresh_families
            where expires_at < now() - ${TOLD_FOR} and (ended_at is null or ended_at < now() - ${TOLD_FOR})
            order by expires_at, family_id limit ${limit}
          ), tokens as (
            select family_id, token_hash from refresh_tokens
            where family_id in (select family_id from expired) for update skip locked
          ), families as (
            select family_id from refresh_families f
            where family_id in (select family_id from expired) and not exists (
              select from refresh_tokens t
              where t.family_id = f.family_id and t.token_hash not in (select token_hash from tokens))
            for update skip locked
          )
          delete from refresh_families where family_id in (select family_id from families)
          returning family_id as "familyId"`,
        familyRow,
      );
      return pruned.length;
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

/** Where a cursor stands. All pages of one reading hand on from when the next reading begins, which is told by when this
 *  one began: what shows late may have its place on a page that was read. */
function endedPosition(cursor: string | null) {
  const [since = null, endedAt, sessionId] = cursor?.split(' ') ?? [];
  if (endedAt === undefined || sessionId === undefined)
    return { nextSince: null, endedAt: since, sessionId: '' };
  return { nextSince: since, endedAt, sessionId };
}

function isoText(moment: SQL): SQL {
  return sql`to_char((${moment}) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}

export type SessionStore = ReturnType<typeof createSessionStore>;
