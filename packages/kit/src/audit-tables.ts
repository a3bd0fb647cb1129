import { sql } from 'drizzle-orm';
import { bigint, boolean, check, index, pgTable, text, timestamp, varchar } from 'drizzle-orm/pg-core';

// Every subgraph with administrators has these tables in a database of its own: a change here needs a migration in each.
// The triggers that refuse every change, deletion and truncation stand in the hand-written part of the migrations.

/** Of the recorded arguments, as UTF-8. */
export const MAX_ARGUMENTS_BYTES = 4_096;

const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3 }).notNull().defaultNow();
const targetColumn = () => varchar('target', { length: 64 });

/** Who wants to do what: written before it is done. */
export const auditLog = pgTable(
  'audit_log',
  {
    entryId: varchar('entry_id', { length: 50 }).primaryKey(),
    /** Orders what was recorded in one millisecond. */
    sequence: bigint('sequence', { mode: 'number' }).notNull().generatedAlwaysAsIdentity(),
    recordedAt: moment('recorded_at'),
    actorId: varchar('actor_id', { length: 64 }).notNull(),
    /** False where somebody tried what is for administrators. */
    byAdministrator: boolean('by_administrator').notNull(),
    action: varchar('action', { length: 64 }).notNull(),
    target: targetColumn(),
    /** Text, not jsonb: it may have been cut, and jsonb knows no NUL. */
    arguments: text('arguments').notNull(),
    requestId: varchar('request_id', { length: 128 }).notNull(),
    clientAddress: varchar('client_address', { length: 64 }).notNull(),
  },
  (t) => [
    // All entries, newest first; those of an actor; those of an action.
    index('audit_log_recorded_at_idx').on(t.recordedAt, t.sequence),
    index('audit_log_actor_id_idx').on(t.actorId, t.recordedAt, t.sequence),
    index('audit_log_action_idx').on(t.action, t.recordedAt, t.sequence),
    check('audit_log_names_its_actor', sql`${t.actorId} <> '' and ${t.action} <> ''`),
    check(
      'audit_log_arguments_are_bounded',
      sql`octet_length(${t.arguments}) <= ${sql.raw(String(MAX_ARGUMENTS_BYTES))}`,
    ),
  ],
);

/** What became of it: written afterwards, once. A crash in between leaves an entry without one. */
export const auditOutcomes = pgTable(
  'audit_outcomes',
  {
    entryId: varchar('entry_id', { length: 50 })
      .primaryKey()
      .references(() => auditLog.entryId),
    completedAt: moment('completed_at'),
    outcome: varchar('outcome', { length: 20 }).notNull(),
    /** What the act has made. */
    target: targetColumn(),
  },
  (t) => [check('audit_outcomes_outcome_is_known', sql`${t.outcome} ~ '^(DONE|[A-Z]{2,8}_[0-9]{3})$'`)],
);
