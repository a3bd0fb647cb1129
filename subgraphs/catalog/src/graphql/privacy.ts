import { exportAuditEntries } from '@commerce/kit/audit-export';
import type { CatalogDeps } from '../domain/deps.ts';
import { eraseCustomer } from '../domain/erase-customer.ts';
import type { DataExportResolvers, MutationResolvers } from './generated.ts';

export function createPrivacyMutations(deps: CatalogDeps): Pick<MutationResolvers, 'eraseCustomerInCatalog'> {
  return {
    eraseCustomerInCatalog: (_, { input }, { viewer }) => eraseCustomer(deps, viewer, input),
  };
}

/** The catalog's part of an export: of most people nothing. */
export function createDataExportResolvers(deps: CatalogDeps): DataExportResolvers {
  return {
    // Not even administrators: they are not whom the data is about.
    __resolveReference: ({ userId }, { viewer }) =>
      viewer.kind === 'user' && viewer.userId === userId ? { userId } : null,
    async catalog({ userId }, _args, { viewer }) {
      if (viewer.kind !== 'user' || viewer.userId !== userId) return null;
      const [found, { entries }] = await Promise.all([
        deps.traces.find(userId),
        exportAuditEntries(deps.auditLog, userId),
      ]);
      const data = entries.length > 0 ? { auditEntries: entries } : {};
      return { subgraph: 'catalog', found, data, nextCursor: null };
    },
  };
}
