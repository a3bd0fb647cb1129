import { z } from 'zod';
import type { AuditLog, AuditRecord } from './audit-log.ts';
import { parseInput } from './errors.ts';
import { type Connection, connection, isTimestampKey, type PageArgs, pageRequest } from './pagination.ts';
import { line } from './text.ts';

export type AuditPage = Connection<AuditRecord>;
export type AuditPageEdge = AuditPage['edges'][number];

const DEFAULT_PAGE_SIZE = 20;

const time = z
  .date()
  .refine((date) => isTimestampKey(date.toISOString()), 'must be of the years 1 to 9999')
  .nullish()
  .transform((date) => date ?? undefined);
const name = line(1, 64)
  .nullish()
  .transform((text) => text ?? undefined);
const filterInput = z.object({ actorId: name, action: name, since: time, until: time });

/** A page of the audit log, newest first. For administrators only: that is for the caller to check.
 *  @throws AppError VAL_001 for arguments out of range and cursors of other lists */
export async function readAuditPage(
  log: Pick<AuditLog, 'list' | 'count'>,
  { filter, ...args }: Pick<PageArgs, 'first' | 'after'> & { filter?: unknown },
): Promise<AuditPage> {
  const wanted = parseInput(filterInput, filter ?? {});
  const request = pageRequest(args, { size: DEFAULT_PAGE_SIZE, keyLength: 2, isKey });
  return connection(request, await log.list(wanted, request), {
    keyOf: ({ recordedAt, sequence }) => [recordedAt.toISOString(), String(sequence)],
    countAll: () => log.count(wanted),
  });
}

function isKey([recordedAt, sequence = '']: readonly string[]): boolean {
  return isTimestampKey(recordedAt) && /^[1-9]\d{0,14}$/.test(sequence);
}
