import type { ErasureProof } from '@commerce/kit/erasure-proof';
import { parseInput } from '@commerce/kit/errors';
import { requireService, type Viewer } from '@commerce/kit/viewer';
import { z } from 'zod';
import type { CatalogDeps } from './deps.ts';
import { idField } from './fields.ts';

const input = z.object({ userId: idField });

/** Looks for whatever names a customer. Nothing of the catalog is about customers, so nothing is erased. Its stock
 *  movements and reservations name orders, and which of them were the customer's is not known here.
 *  @throws AppError AUTH_004 unless a service asks, VAL_001 */
export async function eraseCustomer(
  deps: Pick<CatalogDeps, 'traces'>,
  viewer: Viewer,
  given: unknown,
): Promise<ErasureProof> {
  requireService(viewer, 'users');
  const { userId } = parseInput(input, given);
  const traces = await deps.traces.find(userId);
  return {
    found: traces.map((trace) => ({ ...trace, reason: null })),
    erased: [],
    kept: traces.map((trace) => ({ ...trace, reason: reasonToKeep(trace.what) })),
    isComplete: true,
  };
}

// As `customer_traces` calls them.
function reasonToKeep(what: string): string {
  switch (what) {
    case 'entries of the audit log':
      return 'nothing is taken out of it; they name an id that leads to nobody, and the network address that each came from';
    case 'notes of stock movements with the id of the customer':
      return 'they say why administrators changed the stock; the id in them leads to nobody';
    default:
      return 'they name an id that leads to nobody';
  }
}
