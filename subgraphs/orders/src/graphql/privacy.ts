import { exportAuditEntries } from '@commerce/kit/audit-export';
import type { AuditLog } from '@commerce/kit/audit-log';
import { encodeCursor, isTimestampKey, pageRequest } from '@commerce/kit/pagination';
import type { ErasureStore } from '../data/erasure-store.ts';
import type { ExportStore } from '../data/export-store.ts';
import { eraseCustomer } from '../domain/erase-customer.ts';
import type { DataExportResolvers, MutationResolvers } from './generated.ts';

/** Of 100 lines each, well below what the router takes from a subgraph. */
const PAGE_SIZE = 100;

export function createPrivacyMutations(
  erasures: ErasureStore,
): Pick<MutationResolvers, 'eraseCustomerInOrders'> {
  return {
    eraseCustomerInOrders: (_, { input }, { viewer }) => eraseCustomer(erasures, viewer, input),
  };
}

/** The orders' part of an export. */
export function createDataExportResolvers(
  exports: ExportStore,
  auditLog: Pick<AuditLog, 'list' | 'count'>,
): DataExportResolvers {
  return {
    // Not even administrators: they are not whom the data is about.
    __resolveReference: ({ userId }, { viewer }) =>
      viewer.kind === 'user' && viewer.userId === userId ? { userId } : null,
    async orders({ userId }, { after }, { viewer }) {
      if (viewer.kind !== 'user' || viewer.userId !== userId) return null;
      const isKey = ([createdAt]: readonly string[]) => isTimestampKey(createdAt);
      const request = pageRequest({ after }, { size: PAGE_SIZE, keyLength: 2, isKey });
      if (request.kind !== 'cursor') throw new Error('A page by number was asked for');
      const [rows, found, audit] = await Promise.all([
        exports.list(userId, request),
        exports.count(userId),
        exportAuditEntries(auditLog, userId),
      ]);
      const shown = rows.slice(0, request.size);
      const last = rows.length > request.size ? shown.at(-1) : undefined;
      return {
        subgraph: 'orders',
        found: Object.entries({ ...found, auditEntries: audit.count }).map(([what, count]) => ({
          what,
          count,
        })),
        // Not page by page: they are the same with each.
        data: { orders: shown.map(({ order }) => order), auditEntries: audit.entries },
        nextCursor: last ? encodeCursor([last.createdAt.toISOString(), last.orderId]) : null,
      };
    },
  };
}
