import { exportAuditEntries } from '@commerce/kit/audit-export';
import { AppError } from '@commerce/kit/errors';
import { requireUser } from '@commerce/kit/viewer';
import type { ErasureRecord, SubgraphProof } from '../data/erasure-record.ts';
import { deleteAccount } from '../domain/delete-account.ts';
import type { Deps } from '../domain/deps.ts';
import { findErasure, listErasures } from '../domain/erasures.ts';
import type {
  DataExportResolvers,
  ErasureProofResolvers,
  ErasureResolvers,
  MutationResolvers,
  QueryResolvers,
} from './generated.ts';

export function createPrivacyQueries(
  deps: Deps,
): Pick<QueryResolvers, 'exportMyData' | 'erasure' | 'erasures'> {
  return {
    async exportMyData(_parent, _args, { viewer }) {
      const { userId } = requireUser(viewer);
      const standing = await deps.users.findStanding(userId);
      if (!standing?.isActive) throw new AppError('AUTH_003');
      return { userId };
    },

    async erasure(_parent, { erasureId }, { viewer }) {
      return await findErasure(deps, viewer, erasureId);
    },

    async erasures(_parent, args, { viewer }) {
      return await listErasures(deps, viewer, args);
    },
  };
}

export function createPrivacyMutations(deps: Deps): Pick<MutationResolvers, 'deleteMyAccount'> {
  return {
    async deleteMyAccount(_parent, { input }, { viewer, clientAddress, requestId }) {
      const origin = { clientAddress, requestId };
      const { erasureId, proofs } = await deleteAccount(deps, viewer, { input, origin });
      return { erasureId, proofs };
    },
  };
}

export const erasureResolvers: ErasureResolvers = {
  state: ({ proofs }: ErasureRecord) => (proofs.every(({ proof }) => proof !== null) ? 'DONE' : 'PENDING'),
};

export const erasureProofResolvers: ErasureProofResolvers = {
  state: ({ proof }: SubgraphProof) => (proof === null ? 'PENDING' : 'DONE'),
  found: ({ proof }) => proof?.found ?? [],
  erased: ({ proof }) => proof?.erased ?? [],
  kept: ({ proof }) => proof?.kept ?? [],
};

/** The account's part of an export. */
export function createDataExportResolvers(deps: Deps): DataExportResolvers {
  return {
    // Not even administrators: they are not whom the data is about.
    __resolveReference: ({ userId }, { viewer }) =>
      viewer.kind === 'user' && viewer.userId === userId ? { userId } : null,
    async account({ userId }, _args, { viewer }) {
      if (viewer.kind !== 'user' || viewer.userId !== userId) return null;
      const [data, audit] = await Promise.all([
        deps.exports.find(userId),
        exportAuditEntries(deps.auditLog, userId),
      ]);
      if (data === null) return null;
      const { account: _account, ...lists } = data;
      const found = Object.entries(lists).map(([what, rows]) => ({ what, count: rows.length }));
      return {
        subgraph: 'users',
        found: [{ what: 'account', count: 1 }, ...found, { what: 'auditEntries', count: audit.count }],
        data: { ...data, auditEntries: audit.entries },
        nextCursor: null,
      };
    },
  };
}
