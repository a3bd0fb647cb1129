import { assertNever } from '@commerce/kit/errors';
import { describeError } from '@commerce/kit/graphql-errors';
import type { UnfinishedLimits } from '../data/order-reader.ts';
import type { OrderRecord } from '../data/order-record.ts';
import { finishCancellation, finishRefund, finishUndo } from './give-back.ts';
import type { OrdersDeps } from './orders-deps.ts';
import { resumeSettling } from './settle-order.ts';

/** Orders worked on at a time. */
const CONCURRENCY = 5;

/** Takes up what crashes and outages left unfinished. Safe beside other instances and requests under way:
 *  every decision is one conditional update, and every step is keyed by the order.
 *  @param signal once aborted, what is under way ends and nothing more is taken up */
export async function resumeOrders(
  deps: OrdersDeps,
  limits: UnfinishedLimits,
  signal?: AbortSignal,
): Promise<void> {
  const waiting = await deps.reader.listUnfinished(limits);
  const workers = Array.from({ length: CONCURRENCY }, async () => {
    for (let order = waiting.shift(); order && !signal?.aborted; order = waiting.shift()) {
      await resume(deps, order);
    }
  });
  await Promise.all(workers);
}

// One order that cannot be finished must not keep the others waiting.
async function resume(deps: OrdersDeps, order: OrderRecord): Promise<void> {
  try {
    await deps.orders.noteAttempt(order.orderId);
    await finish(deps, order);
  } catch (error) {
    const { orderId, checkoutState } = order;
    deps.logger.warn({ orderId, checkoutState, reason: describeError(error) }, 'An order stays unfinished');
  }
}

async function finish(deps: OrdersDeps, order: OrderRecord): Promise<void> {
  switch (order.checkoutState) {
    case 'placing':
      return await undoUndecided(deps, order);
    case 'undoing':
      return await finishUndo(deps, order);
    case 'taken':
      return await resumeSettling(deps, order);
    case 'cancelling':
      return await finishCancellation(deps, order);
    case 'refunding':
      return await finishRefund(deps, order);
    case 'settled':
    case 'failed':
    case 'closed':
      return;
    default:
      return assertNever(order.checkoutState);
  }
}

async function undoUndecided(deps: OrdersDeps, { orderId }: OrderRecord): Promise<void> {
  const undoing = await deps.orders.changeStatus({
    orderId,
    from: ['pending'],
    to: 'cancelled',
    fromCheckout: ['placing'],
    toCheckout: 'undoing',
    note: 'Not decided in time',
  });
  if (undoing) await finishUndo(deps, undoing);
}
