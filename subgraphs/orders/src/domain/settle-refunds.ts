import { assertNever } from '@commerce/kit/errors';
import { describeError } from '@commerce/kit/graphql-errors';
import { backgroundOrigin } from '../clients/call-origin.ts';
import type { RefundOutcome } from '../clients/payment.ts';
import type { RefundRecord } from '../data/refund-record.ts';
import type { OrdersDeps } from './orders-deps.ts';
import { backOffMs } from './run-checkout.ts';
import { isRefusal, paymentOf } from './take-step.ts';

/** Taken up at a time. */
const BATCH = 8;

/** Takes up refunds that crashes and outages left unfinished, each until it is done or fails once more. */
export async function settleRefunds(deps: OrdersDeps, signal: AbortSignal): Promise<void> {
  for (const refundId of await deps.refunds.parkHopeless()) {
    deps.logger.error({ refundId }, 'A refund is parked: an administrator has to look into it and retry it');
  }
  while (!signal.aborted) {
    const due = await deps.refunds.claimDue(BATCH);
    if (due.length === 0) return;
    await Promise.all(due.map((refund) => settleOne(deps, refund)));
  }
}

async function settleOne(deps: OrdersDeps, refund: RefundRecord): Promise<void> {
  try {
    await settleRefund(deps, refund);
  } catch (error) {
    const { refundId, attempts } = refund;
    const reason = describeError(error);
    const [lastError = ''] = reason.split('\n');
    deps.logger.warn({ refundId, attempts, reason }, 'A refund stays unfinished');
    const delayMs = backOffMs(attempts, deps.timing.random());
    await deps.refunds.postpone(refundId, { delayMs, lastError }).catch(() => undefined);
  }
}

/** Gives the money back, then the pieces. Each is keyed by the refund and written down when it is done.
 *  @throws what kept it from finishing: to be repeated */
export async function settleRefund(deps: OrdersDeps, refund: RefundRecord): Promise<void> {
  const { refundId } = refund;
  if (refund.state === 'requested') {
    const refusal = await giveMoneyBack(deps, refund);
    if (refusal !== null) {
      if (await deps.refunds.markRefused(refundId, refusal)) return;
      // Money that is owed is owed: somebody has to look into it.
      throw new Error(`The refund was refused: ${refusal}`);
    }
    await deps.refunds.markRefunded(refundId);
    await deps.failpoint('written refunded');
  }
  if (refund.restock.length > 0) await putPiecesBack(deps, refund);
  await deps.refunds.markDone(refundId);
}

async function putPiecesBack(
  deps: OrdersDeps,
  { refundId, orderId, restock: lines }: RefundRecord,
): Promise<void> {
  try {
    await deps.catalog.restockOrder({ orderId, restockId: refundId, lines }, backgroundOrigin(orderId));
  } catch (error) {
    // Two refunds at once may name the same pieces: the second one's never go back, however often it is tried.
    if (!isRefusal(error)) throw error;
    const reason = describeError(error);
    deps.logger.error({ refundId, orderId, reason }, 'Pieces of a refund do not go back into the stock');
  }
  await deps.failpoint('after restock');
}

/** @returns why nothing goes back, for good; null where it is back */
async function giveMoneyBack(
  deps: OrdersDeps,
  { refundId, orderId, amount }: RefundRecord,
): Promise<string | null> {
  const [order] = await deps.reader.findOrders([orderId], { kind: 'all' });
  if (!order) throw new Error('A refund of an order that is not there');
  await deps.failpoint('before refund');
  const outcome = await deps.payment.refund({
    ...paymentOf(order),
    key: `${orderId}:refund:${refundId}`,
    refundAmount: amount,
  });
  await deps.failpoint('after refund');
  return refusalOf(outcome);
}

function refusalOf(outcome: RefundOutcome): string | null {
  switch (outcome.kind) {
    case 'refunded':
      return null;
    case 'refused':
      return outcome.reason;
    case 'unknown':
      throw new Error('It is not known whether the money went back', { cause: outcome.cause });
    default:
      return assertNever(outcome);
  }
}
