import { parseInput } from '@commerce/kit/errors';
import { requireService, type Viewer } from '@commerce/kit/viewer';
import type { RecurringTask } from '@commerce/kit/worker';
import { repeatWhileFull } from '@commerce/kit/worker';
import { z } from 'zod';
import type { ErasureCounts, ErasureStore } from '../data/erasure-store.ts';

/** Rows of a kind, with the reason where they are kept. */
export type ErasureCount = { what: string; count: number; reason: string | null };

/** What became of a customer's data here. */
export type CustomerErasure = {
  found: ErasureCount[];
  erased: ErasureCount[];
  kept: ErasureCount[];
  /** Whether nothing that names the person stays until later. */
  isComplete: boolean;
};

const input = z.object({ userId: z.string().regex(/^[A-Za-z0-9_-]{1,50}$/, 'must be an id') });

/** Orders that one statement rids of the person, well within its time. */
const MAX_ORDERS = 500;
const FOLLOW_UP_SECONDS = 5;

/** Takes a customer out of all that is kept here. Safe to repeat.
 *  @throws AppError AUTH_004 unless a service asks, VAL_001 */
export async function eraseCustomer(
  erasures: Pick<ErasureStore, 'erase'>,
  viewer: Viewer,
  given: unknown,
): Promise<CustomerErasure> {
  requireService(viewer, 'users');
  const { userId } = parseInput(input, given);
  return proofOf(await erasures.erase(userId, MAX_ORDERS));
}

/** Rids the orders of erased customers of the person as they become final. */
export function followUpTask(erasures: Pick<ErasureStore, 'eraseFinalOrders'>): RecurringTask {
  const erase = async () => await erasures.eraseFinalOrders(MAX_ORDERS);
  return {
    everySeconds: FOLLOW_UP_SECONDS,
    run: async (signal) => void (await repeatWhileFull(erase, MAX_ORDERS, signal)),
  };
}

const invoices = 'invoices must be kept as long as tax law asks; they name nobody any more';
const told = 'says what was done when, to nobody by name';

function proofOf(counts: ErasureCounts): CustomerErasure {
  const { orders, items, refunds, openRefunds, timeline, events, mails, unsentMails, auditEntries } = counts;
  const found = {
    orders,
    items,
    refunds,
    timeline,
    events,
    mails,
    notes: counts.notes,
    keys: counts.keys,
    'entries of the audit log': auditEntries,
  };
  return {
    found: Object.entries(found).flatMap(([what, count]) => entry(what, count)),
    erased: [
      ...entry('addresses, cards and parcel numbers of orders', counts.erasedOrders),
      ...entry('idempotency keys', counts.keys),
      ...entry('mails not sent yet', unsentMails),
    ],
    kept: [
      ...entry('orders with items, sums, tax, payment reference, country and state', orders, invoices),
      ...entry('refunds', refunds, invoices),
      ...entry('open refunds', openRefunds, 'the payment provider is asked by the reference of the payment'),
      ...entry(
        'addresses, cards, parcel numbers and notes of orders that are not final',
        counts.openOrders,
        'needed to deliver; erased within a minute after the order is delivered, cancelled or refunded',
      ),
      ...entry(
        'addresses, cards, parcel numbers and notes of orders whose turn is yet to come',
        counts.waitingOrders,
        'so many at once; erased within minutes',
      ),
      ...entry('timeline', timeline, told),
      ...entry('events', events, `${told}; removed after 90 days`),
      ...entry('mails sent', mails - unsentMails, told),
      ...entry(
        'entries of the audit log',
        auditEntries,
        'nothing is taken out of it; they name an id that leads to nobody, and the network address that each came from',
      ),
      ...entry('id of the customer', 1, 'so that nothing is ordered under it any more; it leads to nobody'),
    ],
    isComplete: counts.openOrders + counts.waitingOrders === 0,
  };
}

/** Nothing is not worth a word. */
function entry(what: string, count: number, reason: string | null = null): ErasureCount[] {
  return count > 0 ? [{ what, count, reason }] : [];
}
