import { and, count, desc, eq, gte, lt, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { auditLog, auditOutcomes } from './audit-tables.ts';
import type { ErrorCode } from './error-catalogue.ts';
import { newId } from './ids.ts';
import type { PageRequest } from './pagination.ts';
import { type Db, queryRows } from './postgres.ts';

/** Entries in an hour of one who is no administrator: whoever goes on is refused all the same, and fills nothing. */
const MAX_REFUSED_PER_HOUR = 10;

/** Who wants to do what. */
export type AuditAttempt = {
  actorId: string;
  byAdministrator: boolean;
  action: string;
  target: string | null;
  arguments: string;
  requestId: string;
  clientAddress: string;
};

/** `DONE`, or the code that the caller was told. */
export type AuditOutcome = 'DONE' | ErrorCode;

export type AuditRecord = AuditAttempt & {
  entryId: string;
  /** Place among the entries of one millisecond. */
  sequence: number;
  recordedAt: Date;
  /** Null where nobody can tell. */
  outcome: string | null;
  completedAt: Date | null;
};

export type AuditFilter = {
  actorId?: string | undefined;
  action?: string | undefined;
  /** Recorded then or later. */
  since?: Date | undefined;
  /** Recorded before. */
  until?: Date | undefined;
};

export type AuditLog = {
  /** Records that somebody wants to do something.
   *  @returns the entry's id, or null where nothing is recorded, because one who is no administrator tried too often */
  recordAttempt(attempt: AuditAttempt): Promise<string | null>;
  /** Records what became of it.
   *  @param made id of what the act has made */
  recordOutcome(entryId: string, outcome: AuditOutcome, made: string | null): Promise<void>;
  /** Entries, newest first: up to one more than the page holds. A cursor's position is [recordedAt as ISO text, sequence]. */
  list(filter: AuditFilter, request: PageRequest): Promise<AuditRecord[]>;
  count(filter: AuditFilter): Promise<number>;
};

/** The administrators' audit log of one database, to which rows are only ever added. */
export function createAuditLog(db: Db): AuditLog {
  return {
    async recordAttempt(attempt) {
      const [row] = await queryRows(db, insertion(newId('aud'), attempt), entryKey);
      return row?.entry_id ?? null;
    },
    async recordOutcome(entryId, outcome, made) {
      await db.insert(auditOutcomes).values({ entryId, outcome, target: made });
    },
    async list(filter, request) {
      const rows = await db
        .select()
        .from(auditLog)
        .leftJoin(auditOutcomes, eq(auditOutcomes.entryId, auditLog.entryId))
        .where(and(...conditions(filter), ...behind(request)))
        .orderBy(desc(auditLog.recordedAt), desc(auditLog.sequence))
        .limit(request.size + 1);
      return rows.map(({ audit_log: entry, audit_outcomes: end }) => ({
        ...entry,
        target: entry.target ?? end?.target ?? null,
        outcome: end?.outcome ?? null,
        completedAt: end?.completedAt ?? null,
      }));
    },
    async count(filter) {
      const [row] = await db
        .select({ count: count() })
        .from(auditLog)
        .where(and(...conditions(filter)));
      return row?.count ?? 0;
    },
  };
}

const entryKey = z.object({ entry_id: z.string() });

// Counted by the statement that writes: however many instances there are, those in flight at once are all that can come
// on top.
function insertion(entryId: string, attempt: AuditAttempt): SQL {
  return sql`
    insert into audit_log
      (entry_id, actor_id, by_administrator, action, target, arguments, request_id, client_address)
    select ${entryId}, ${attempt.actorId}, ${attempt.byAdministrator}::boolean, ${attempt.action}, ${attempt.target},
      ${attempt.arguments}, ${attempt.requestId}, ${attempt.clientAddress}
    where ${attempt.byAdministrator}::boolean or ${MAX_REFUSED_PER_HOUR} > (
      select count(*) from (
        select from audit_log
        where actor_id = ${attempt.actorId} and recorded_at > now() - interval '1 hour' and not by_administrator
        limit ${MAX_REFUSED_PER_HOUR}
      ) as refused
    )
    returning entry_id`;
}

function conditions({ actorId, action, since, until }: AuditFilter): (SQL | undefined)[] {
  return [
    actorId === undefined ? undefined : eq(auditLog.actorId, actorId),
    action === undefined ? undefined : eq(auditLog.action, action),
    since === undefined ? undefined : gte(auditLog.recordedAt, since),
    until === undefined ? undefined : lt(auditLog.recordedAt, until),
  ];
}

function behind(request: PageRequest): SQL[] {
  if (request.kind !== 'cursor' || request.after === null) return [];
  const [recordedAt, sequence] = request.after;
  return [
    sql`(${auditLog.recordedAt}, ${auditLog.sequence}) < (${recordedAt}::timestamptz, ${sequence}::bigint)`,
  ];
}
