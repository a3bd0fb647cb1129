import { parseInput } from '@commerce/kit/errors';
import { requireService, type Viewer } from '@commerce/kit/viewer';
import { z } from 'zod';
import type { Trace } from '../data/trace-store.ts';
import type { CatalogDeps } from './deps.ts';
import { idField } from './fields.ts';

/** Something of a customer, counted, with the reason where it is kept. */
export type ErasureCount = Trace & { reason: string | null };

/** What became of a customer's data here. */
export type CustomerErasure = { found: ErasureCount[]; erased: ErasureCount[]; kept: ErasureCount[] };

const input = z.object({ userId: idField });

/** Looks for whatever could name a customer. Nothing of the catalog is about customers, so nothing is erased.
 *  @throws AppError AUTH_004 unless a service asks, VAL_001 */
export async function eraseCustomer(
  deps: Pick<CatalogDeps, 'traces'>,
  viewer: Viewer,
  given: unknown,
): Promise<CustomerErasure> {
  requireService(viewer, 'users');
  const { userId } = parseInput(input, given);
  const traces = await deps.traces.find(userId);
  return {
    found: traces.map((trace) => ({ ...trace, reason: null })),
    erased: [],
    kept: [
      ...traces
        // How many columns were looked at is no trace.
        .filter(({ what, count }) => count > 0 && what !== COLUMNS)
        .map((trace) => ({
          ...trace,
          reason: 'what administrators did stays, under an id that leads to nobody',
        })),
      { what: 'stock movements and reservations of orders', count: 0, reason: unnamed },
    ],
  };
}

/** As `customer_traces` calls it. */
const COLUMNS = 'columns that could name a person';

const unnamed = 'they name orders and nobody: which of them were of this customer is not known here';
