import { type SQL, sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  boolean,
  char,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  timestamp,
  uniqueIndex,
  varchar,
} from 'drizzle-orm/pg-core';
import { subgraphNames } from './erasure-record.ts';

// Functions and triggers that belong to these tables stand in the hand-written migrations.

const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });
const createdAt = () => moment('created_at').notNull().defaultNow();
/** Kept by a trigger. */
const updatedAt = () => moment('updated_at').notNull().defaultNow();
const userId = () =>
  varchar('user_id', { length: 50 })
    .notNull()
    .references(() => users.userId, { onDelete: 'cascade' });
/** SHA-256 in hex of what the owner holds: who reads the table cannot use it. */
const tokenHash = () => char('token_hash', { length: 64 }).primaryKey();

function isTrimmed(...columns: AnyPgColumn[]): SQL {
  return sql.join(
    columns.map((column) => sql`btrim(${column}) <> ''`),
    sql` and `,
  );
}

export const users = pgTable(
  'users',
  {
    userId: varchar('user_id', { length: 50 }).primaryKey(),
    email: varchar('email', { length: 255 }).notNull(),
    passwordHash: varchar('password_hash', { length: 255 }).notNull(),
    firstName: varchar('first_name', { length: 100 }).notNull(),
    lastName: varchar('last_name', { length: 100 }).notNull(),
    phoneNumber: varchar('phone_number', { length: 20 }),
    role: varchar('role', { length: 20, enum: ['customer', 'admin'] })
      .notNull()
      .default('customer'),
    isActive: boolean('is_active').notNull().default(true),
    emailVerified: boolean('email_verified').notNull().default(false),
    /** Raising it ends every session at once: a session counts only under the number it began with. */
    sessionEpoch: integer('session_epoch').notNull().default(0),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    /** When its owner deleted the account: what is left names nobody, and stays so. */
    erasedAt: moment('erased_at'),
  },
  (t) => [
    // Login and registration.
    uniqueIndex('users_email_key').on(sql`lower(${t.email})`),
    // The administrators' list, newest first.
    index('users_created_at_idx').on(t.createdAt, t.userId),
    // The administrators' search for a part of the address or the name.
    index('users_search_idx').using(
      'gin',
      sql`lower((${t.email} || ' ' || ${t.firstName} || ' ' || ${t.lastName}) collate "und-x-icu") gin_trgm_ops`,
    ),
    check(
      'users_email_is_normal',
      sql`${t.email} = lower(btrim(${t.email})) and position('@' in ${t.email}) > 1`,
    ),
    check('users_names_are_given', isTrimmed(t.firstName, t.lastName)),
    check('users_phone_is_e164', sql`${t.phoneNumber} ~ '^\\+[1-9][0-9]{6,14}$'`),
    check('users_role_is_known', sql`${t.role} in ('customer', 'admin')`),
    check('users_password_is_hashed', sql`${t.passwordHash} like '$2%'`),
    check(
      'users_erased_name_nobody',
      sql`${t.erasedAt} is null or not ${t.isActive} and not ${t.emailVerified} and ${t.email} like 'erased-%@erased.invalid' and ${t.firstName} = 'Erased' and ${t.lastName} = 'Customer' and ${t.phoneNumber} is null`,
    ),
  ],
);

export const addresses = pgTable(
  'addresses',
  {
    addressId: varchar('address_id', { length: 50 }).primaryKey(),
    userId: userId(),
    street: varchar('street', { length: 200 }).notNull(),
    city: varchar('city', { length: 100 }).notNull(),
    state: varchar('state', { length: 100 }).notNull(),
    zipCode: varchar('zip_code', { length: 20 }).notNull(),
    country: varchar('country', { length: 100 }).notNull(),
    isDefault: boolean('is_default').notNull().default(false),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    // A user's addresses, oldest first.
    index('addresses_user_id_idx').on(t.userId, t.createdAt, t.addressId),
    uniqueIndex('addresses_one_default').on(t.userId).where(sql`${t.isDefault}`),
    check('addresses_are_filled', isTrimmed(t.street, t.city, t.zipCode, t.country)),
  ],
);

/** Why a session ended before its time: by its refresh token, by one that was replayed, from the list of one's sessions,
 *  with all others as the password changed, or with the account. */
const endings = ['logout', 'replay', 'ended', 'password', 'deactivated'] as const;

/** A login and all the refresh tokens that follow from it. */
export const refreshFamilies = pgTable(
  'refresh_families',
  {
    familyId: varchar('family_id', { length: 50 }).primaryKey(),
    userId: userId(),
    /** The user's number when the session began. */
    sessionEpoch: integer('session_epoch').notNull(),
    createdAt: createdAt(),
    /** When the newest token of the family expires. */
    expiresAt: moment('expires_at').notNull(),
    /** As the client called itself when it was last heard of. */
    device: varchar('device', { length: 200 }),
    /** From where it was last heard of. */
    address: varchar('address', { length: 64 }),
    lastUsedAt: moment('last_used_at').notNull().defaultNow(),
    revokedAt: moment('revoked_at'),
    revokedFor: varchar('revoked_for', { length: 20, enum: endings }),
    /** When it was revoked, by the database's clock; kept by a trigger. Those who verify access tokens are told of it. */
    endedAt: moment('ended_at'),
  },
  (t) => [
    // A user's sessions.
    index('refresh_families_user_id_idx').on(t.userId, t.expiresAt),
    // What ended lately, page by page.
    index('refresh_families_ended_at_family_id_idx')
      .on(t.endedAt, t.familyId)
      .where(sql`${t.endedAt} is not null`),
    // Pruning the expired ones.
    index('refresh_families_expires_at_idx').on(t.expiresAt, t.familyId),
    check(
      'refresh_families_revocation_has_a_reason',
      sql`(${t.revokedAt} is null) = (${t.revokedFor} is null)`,
    ),
    check(
      'refresh_families_reason_is_known',
      sql`${t.revokedFor} in ('logout', 'replay', 'ended', 'password', 'deactivated')`,
    ),
  ],
);

export const refreshTokens = pgTable(
  'refresh_tokens',
  {
    tokenHash: tokenHash(),
    familyId: varchar('family_id', { length: 50 })
      .notNull()
      .references(() => refreshFamilies.familyId, { onDelete: 'cascade' }),
    createdAt: createdAt(),
    expiresAt: moment('expires_at').notNull(),
    usedAt: moment('used_at'),
    /** Hash of the token that this one was traded for. */
    successorHash: char('successor_hash', { length: 64 }),
  },
  (t) => [
    // Pruning a family's expired tokens.
    index('refresh_tokens_family_id_idx').on(t.familyId, t.expiresAt),
    // A token is traded once and each trade makes one: a family has one usable token.
    uniqueIndex('refresh_tokens_one_usable').on(t.familyId).where(sql`${t.usedAt} is null`),
    check('refresh_tokens_use_has_a_successor', sql`(${t.usedAt} is null) = (${t.successorHash} is null)`),
  ],
);

function proofColumns() {
  return {
    tokenHash: tokenHash(),
    userId: userId(),
    createdAt: createdAt(),
    expiresAt: moment('expires_at').notNull(),
    usedAt: moment('used_at'),
  };
}

/** Tokens of reset mails. */
export const passwordResets = pgTable('password_resets', proofColumns(), (t) => [
  // Spending a user's other tokens, pruning the expired ones.
  index('password_resets_user_id_idx').on(t.userId),
]);

/** Tokens of verification mails. */
export const emailVerifications = pgTable('email_verifications', proofColumns(), (t) => [
  index('email_verifications_user_id_idx').on(t.userId),
]);

/** Accounts that their owners deleted. */
export const erasures = pgTable(
  'erasures',
  {
    erasureId: varchar('erasure_id', { length: 50 }).primaryKey(),
    userId: userId(),
    requestedAt: moment('requested_at').notNull().defaultNow(),
  },
  (t) => [
    // An account is erased once.
    uniqueIndex('erasures_user_id_key').on(t.userId),
    // The administrators' list, newest first.
    index('erasures_requested_at_idx').on(t.requestedAt, t.erasureId),
  ],
);

/** What each subgraph did for an erasure. Those that have not answered or are not through yet are told again. */
export const erasureProofs = pgTable(
  'erasure_proofs',
  {
    erasureId: varchar('erasure_id', { length: 50 })
      .notNull()
      .references(() => erasures.erasureId, { onDelete: 'cascade' }),
    subgraph: varchar('subgraph', { length: 20, enum: subgraphNames }).notNull(),
    /** { found, erased, kept }, each a list of { what, count, reason }; null until it is done. */
    proof: jsonb('proof'),
    provedAt: moment('proved_at'),
    /** False where something that names the person stays until later: it is asked again. */
    isComplete: boolean('is_complete').notNull().default(false),
    /** Times it was told since it last answered. */
    attempts: integer('attempts').notNull().default(0),
    /** Nobody tells it before: somebody does at the moment, or it failed a moment ago. */
    dueAt: moment('due_at').notNull(),
    lastError: varchar('last_error', { length: 500 }),
  },
  (t) => [
    primaryKey({ name: 'erasure_proofs_pkey', columns: [t.erasureId, t.subgraph] }),
    // Who is to be told or asked again.
    index('erasure_proofs_due_idx').on(t.dueAt, t.erasureId, t.subgraph).where(sql`not ${t.isComplete}`),
    check('erasure_proofs_subgraph_is_known', sql`${t.subgraph} in ('users', 'cart', 'orders', 'catalog')`),
    check('erasure_proofs_are_whole', sql`(${t.proof} is null) = (${t.provedAt} is null)`),
    check('erasure_proofs_complete_are_proved', sql`not ${t.isComplete} or ${t.proof} is not null`),
  ],
);

/** Demonstration accounts that the seed keeps usable; empty in production. */
export const demoAccounts = pgTable('demo_accounts', {
  userId: varchar('user_id', { length: 50 })
    .primaryKey()
    .references(() => users.userId, { onDelete: 'cascade' }),
  /** Tells by one fast hash which password the account's slow hash was last found to match. */
  fingerprint: char('fingerprint', { length: 64 }).notNull(),
});
