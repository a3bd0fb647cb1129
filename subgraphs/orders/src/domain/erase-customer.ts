import { type ErasureProof, erasureCounts } from '@commerce/kit/erasure-proof';
import { parseInput } from '@commerce/kit/errors';
import { requireService, type Viewer } from '@commerce/kit/viewer';
import type { RecurringTask } from '@commerce/kit/worker';
import { repeatWhileFull } from '@commerce/kit/worker';
import { z } from 'zod';
import type { ErasureCounts, ErasureStore } from '../data/erasure-store.ts';

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
): Promise<ErasureProof> {
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

function proofOf(counts: ErasureCounts): ErasureProof {
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
    found: Object.entries(found).flatMap(([what, count]) => erasureCounts(what, count)),
    erased: [
      ...erasureCounts('addresses, cards and parcel numbers of orders', counts.erasedOrders),
      ...erasureCounts('idempotency keys', counts.keys),
      ...erasureCounts('mails not sent yet', unsentMails),
    ],
    kept: [
      ...erasureCounts(
        'orders with items, sums, tax, payment reference, country and state',
        orders,
        invoices,
      ),
      ...erasureCounts('refunds', refunds, invoices),
      ...erasureCounts(
        'open refunds',
        openRefunds,
        'the payment provider is asked by the reference of the payment',
      ),
      ...erasureCounts(
        'addresses, cards, parcel numbers and notes of orders that are not final',
        counts.openOrders,
        'needed to deliver; erased within a minute after the order is delivered, cancelled or refunded',
      ),
      ...erasureCounts(
        'addresses, cards, parcel numbers and notes of orders whose turn is yet to come',
        counts.waitingOrders,
        'so many at once; erased within minutes',
      ),
      ...erasureCounts('timeline', timeline, told),
      ...erasureCounts('events', events, `${told}; removed after 90 days`),
      ...erasureCounts('mails sent', mails - unsentMails, told),
      ...erasureCounts(
        'entries of the audit log',
        auditEntries,
        'nothing is taken out of it; they name an id that leads to nobody, and the network address that each came from',
      ),
      ...erasureCounts(
        'id of the customer',
        1,
        'so that nothing is ordered under it any more; it leads to nobody',
      ),
    ],
    isComplete: counts.openOrders + counts.waitingOrders === 0,
  };
}
