import type { CatalogDeps } from '../domain/deps.ts';
import { eraseCustomer } from '../domain/erase-customer.ts';
import type { DataExportResolvers, MutationResolvers } from './generated.ts';

export function createPrivacyMutations(deps: CatalogDeps): Pick<MutationResolvers, 'eraseCustomerInCatalog'> {
  return {
    eraseCustomerInCatalog: (_, { input }, { viewer }) => eraseCustomer(deps, viewer, input),
  };
}

/** The catalog's part of an export: what was looked for, and that nothing is there. */
export function createDataExportResolvers(deps: CatalogDeps): DataExportResolvers {
  return {
    // Not even administrators: they are not whom the data is about.
    __resolveReference: ({ userId }, { viewer }) =>
      viewer.kind === 'user' && viewer.userId === userId ? { userId } : null,
    async catalog({ userId }, _args, { viewer }) {
      if (viewer.kind !== 'user' || viewer.userId !== userId) return null;
      return { subgraph: 'catalog', found: await deps.traces.find(userId), data: {}, nextCursor: null };
    },
  };
}
