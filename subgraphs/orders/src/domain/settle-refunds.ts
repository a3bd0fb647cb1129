import { describeError } from '@commerce/kit/graphql-errors';
import { backgroundOrigin } from '../clients/call-origin.ts';
import type { RefundOutcome, Unknown } from '../clients/payment.ts';
import { nextRefundKey } from '../clients/refund-keys.ts';
import type { RefundRecord } from '../data/refund-record.ts';
import type { OrdersDeps } from './orders-deps.ts';
import { backOffMs } from './run-checkout.ts';
import { isRefusal, paymentOf } from './take-step.ts';
import { workThrough } from './work-through.ts';

/** Refunds under way at a time. */
const LANES = 8;
/** What a provider has under way takes days; it mostly says by itself when it is over. */
const PENDING_MS = 3_600_000;

/** Takes up refunds that crashes and outages left unfinished, each until it is done or fails once more. */
export async function settleRefunds(deps: OrdersDeps, signal: AbortSignal): Promise<void> {
  for (const refundId of await deps.refunds.parkHopeless()) {
    deps.logger.error({ refundId }, 'A refund is parked: an administrator has to look into it and retry it');
  }
  await workThrough<RefundRecord>(
    {
      ...deps,
      take: async (underWay) => (underWay < LANES ? await deps.refunds.claimDue(LANES - underWay) : []),
      handle: (refund) => settleOrPutOff(deps, refund),
    },
    signal,
  );
}

/** Takes a refund as far as it goes now; it never throws. */
export async function settleOrPutOff(deps: OrdersDeps, refund: RefundRecord): Promise<void> {
  const { refundId, orderId, attempts } = refund;
  try {
    await settleRefund(deps, refund);
  } catch (error) {
    const reason = describeError(error);
    const [lastError = ''] = reason.split('\n');
    deps.logger.warn({ refundId, orderId, attempts, reason }, 'A refund stays unfinished; it is tried again');
    const delayMs = backOffMs(attempts, deps.timing.random());
    await deps.refunds.postpone(refund, { delayMs, lastError }).catch(() => undefined);
  }
}

/** Gives the money back, then the pieces. Each is keyed by the refund and written down when it is done.
 *  @throws what kept it from finishing: to be repeated */
async function settleRefund(deps: OrdersDeps, refund: RefundRecord): Promise<void> {
  if (refund.state === 'requested') {
    const outcome = await askForMoney(deps, refund);
    if (outcome.kind === 'pending') return await leaveWithProvider(deps, refund);
    if (outcome.kind === 'refused') return await noteRefusal(deps, refund, outcome.reason);
    await deps.refunds.markRefunded(refund);
    await deps.failpoint('written refunded');
  }
  if (refund.restock.length > 0) await putPiecesBack(deps, refund);
  await deps.refunds.markDone(refund);
}

/** @throws where it is not known how it went */
async function askForMoney(
  deps: OrdersDeps,
  { orderId, amount, providerKey: key }: RefundRecord,
): Promise<Exclude<RefundOutcome, Unknown>> {
  const [order] = await deps.reader.findOrders([orderId], { kind: 'all' });
  if (!order) throw new Error('A refund of an order that is not there');
  await deps.failpoint('before refund');
  const outcome = await deps.payment.refund({ ...paymentOf(order), key, refundAmount: amount });
  await deps.failpoint('after refund');
  if (outcome.kind !== 'unknown') return outcome;
  throw new Error('It is not known whether the money went back', { cause: outcome.cause });
}

/** What is only wanted is over; what is owed is somebody's to look into, and asked for anew once they have. */
async function noteRefusal(deps: OrdersDeps, refund: RefundRecord, reason: string): Promise<void> {
  const { refundId, orderId, providerKey } = refund;
  if (await deps.refunds.markRefused(refundId, reason)) return;
  const lastError = `The refund was refused: ${reason}`;
  const next = { providerKey: nextRefundKey(providerKey), lastError };
  const isParked = await deps.refunds.parkRefused(refund, next);
  await deps.failpoint('written refused');
  if (!isParked) return;
  deps.logger.error({ refundId, orderId, reason }, 'A refund that is owed was refused, and is parked');
}

async function leaveWithProvider(deps: OrdersDeps, refund: RefundRecord): Promise<void> {
  const { refundId, orderId } = refund;
  const isParked = await deps.refunds.leaveWithProvider(refund, PENDING_MS);
  await deps.failpoint('written pending');
  if (!isParked) return;
  deps.logger.error(
    { refundId, orderId },
    'A refund is under way at the provider for two weeks, and is parked',
  );
}

async function putPiecesBack(
  deps: OrdersDeps,
  { refundId, orderId, restock: lines }: RefundRecord,
): Promise<void> {
  try {
    await deps.catalog.restockOrder({ orderId, restockId: refundId, lines }, backgroundOrigin(orderId));
  } catch (error) {
    // Trying again does not help, and the money is back.
    if (!isRefusal(error)) throw error;
    const reason = describeError(error);
    deps.logger.error({ refundId, orderId, reason }, 'Pieces of a refund do not go back into the stock');
  }
  await deps.failpoint('after restock');
}
