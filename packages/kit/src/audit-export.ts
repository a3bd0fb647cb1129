import type { AuditLog, AuditRecord } from './audit-log.ts';

/** Entries that are handed out with a person's data. */
const MAX_ENTRIES = 100;

export type AuditExport = {
  /** Of all there are. */
  count: number;
  /** Newest first, up to 100. */
  entries: Omit<AuditRecord, 'actorId' | 'sequence'>[];
};

/** What an audit log keeps of what a person did or tried. For that person only: that is for the caller to check. */
export async function exportAuditEntries(
  log: Pick<AuditLog, 'list' | 'count'>,
  actorId: string,
): Promise<AuditExport> {
  const [records, count] = await Promise.all([
    log.list({ actorId }, { kind: 'cursor', size: MAX_ENTRIES, after: null }),
    log.count({ actorId }),
  ]);
  const entries = records
    .slice(0, MAX_ENTRIES)
    .map(({ actorId: _actorId, sequence: _sequence, ...entry }) => entry);
  return { count, entries };
}
