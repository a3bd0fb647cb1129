import type { PageRequest } from '@commerce/kit/pagination';
import { type Db, queryRows } from '@commerce/kit/postgres';
import type { Role } from '@commerce/kit/viewer';
import { and, count, desc, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { users } from './tables.ts';

export type UserRow = {
  userId: string;
  email: string;
  firstName: string;
  lastName: string;
  phoneNumber: string | null;
  role: Role;
  isActive: boolean;
  emailVerified: boolean;
  createdAt: Date;
  updatedAt: Date;
};

/** A single-use token as the database knows it. */
export type Proof = { tokenHash: string; expiresAt: Date };

export type NewUser = {
  userId: string;
  email: string;
  passwordHash: string;
  firstName: string;
  lastName: string;
  phoneNumber: string | null;
};

export type ProfileChanges = { firstName?: string; lastName?: string; phoneNumber?: string | null };

export type UserFilter = { search?: string | undefined; role?: Role | undefined };

/** A user's place in the list. */
export type UserKey = { userId: string; createdAt: Date };

/** Where and by which name to write to a user. */
export type Contact = { email: string; firstName: string; lastName: string };

export type Standing = { userId: string; role: Role; isActive: boolean };

const columns = {
  userId: users.userId,
  email: users.email,
  firstName: users.firstName,
  lastName: users.lastName,
  phoneNumber: users.phoneNumber,
  role: users.role,
  isActive: users.isActive,
  emailVerified: users.emailVerified,
  createdAt: users.createdAt,
  updatedAt: users.updatedAt,
};

const userIdRow = z.object({ userId: z.string() });

export function createUserStore(db: Db) {
  return {
    /** @returns those that exist, in any order */
    findByIds: async (userIds: readonly string[]): Promise<UserRow[]> =>
      await db
        .select(columns)
        .from(users)
        .where(inArray(users.userId, [...userIds])),

    /** The present role and state, never from a cache. */
    async findStanding(userId: string): Promise<Standing | null> {
      const { role, isActive } = users;
      const [found] = await db
        .select({ userId: users.userId, role, isActive })
        .from(users)
        .where(eq(users.userId, userId));
      return found ?? null;
    },

    /** Also of a deactivated account. Never from a cache: an address that was changed is not written to. */
    async findContact(userId: string): Promise<Contact | null> {
      const { email, firstName, lastName } = users;
      const [found] = await db
        .select({ email, firstName, lastName })
        .from(users)
        .where(and(eq(users.userId, userId), isNull(users.erasedAt)));
      return found ?? null;
    },

    /** @returns false where the e-mail address is taken */
    async register(user: NewUser, verification: Proof): Promise<boolean> {
      const created = await queryRows(
        db,
        sql`
          with created as (
            insert into users (user_id, email, password_hash, first_name, last_name, phone_number)
            values (${user.userId}, ${user.email}, ${user.passwordHash}, ${user.firstName},
                    ${user.lastName}, ${user.phoneNumber})
            on conflict (lower(email)) do nothing
            returning user_id
          ), verification as (
            insert into email_verifications (token_hash, user_id, expires_at)
            select ${verification.tokenHash}, user_id, ${verification.expiresAt.toISOString()}::timestamptz
            from created
          )
          select user_id as "userId" from created`,
        userIdRow,
      );
      return created.length > 0;
    },

    /** @param changes at least one
     *  @returns false where there is no such active user */
    async updateProfile(userId: string, changes: ProfileChanges): Promise<boolean> {
      const changed = await db
        .update(users)
        .set(changes)
        .where(and(eq(users.userId, userId), eq(users.isActive, true)))
        .returning({ userId: users.userId });
      return changed.length > 0;
    },

    /** A page of the list, newest first, with one user too many where there are more.
     *  @param after place to go on behind */
    async list(filter: UserFilter, request: PageRequest, after: UserKey | null): Promise<UserKey[]> {
      const behind =
        after &&
        sql`(${users.createdAt}, ${users.userId}) < (${after.createdAt.toISOString()}::timestamptz, ${after.userId})`;
      return await db
        .select({ userId: users.userId, createdAt: users.createdAt })
        .from(users)
        .where(and(matches(filter), behind ?? undefined))
        .orderBy(desc(users.createdAt), desc(users.userId))
        .limit(request.size + 1)
        .offset(request.kind === 'offset' ? request.offset : 0);
    },

    async count(filter: UserFilter): Promise<number> {
      const [row] = await db.select({ total: count() }).from(users).where(matches(filter));
      return row?.total ?? 0;
    },
  };
}

export type UserStore = ReturnType<typeof createUserStore>;

function matches({ search, role }: UserFilter): SQL | undefined {
  return and(
    role && eq(users.role, role),
    search === undefined || search === '' ? undefined : contains(search),
  );
}

/** Ignores the case of all letters, whatever the database's locale. The expression is that of the index
 *  users_search_idx. */
function contains(search: string): SQL {
  const searched = sql`${users.email} || ' ' || ${users.firstName} || ' ' || ${users.lastName}`;
  const pattern = sql`'%' || ${literalPattern(search)} || '%'`;
  return sql`lower((${searched}) collate "und-x-icu") like lower((${pattern}) collate "und-x-icu")`;
}

/** LIKE's own characters stand for themselves. */
function literalPattern(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}
