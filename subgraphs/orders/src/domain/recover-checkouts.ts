import { describeError } from '@commerce/kit/graphql-errors';
import { backgroundOrigin } from '../clients/call-origin.ts';
import type { CheckoutRecord } from '../data/checkout-record.ts';
import type { OrdersDeps } from './orders-deps.ts';
import { runCheckout } from './run-checkout.ts';
import { workThrough } from './work-through.ts';

/** Under way at a time: few enough for the pool, enough that one slow provider does not hold up the rest. */
const LANES = 8;

/** Takes up what crashes, outages and unknown answers left unfinished. Safe beside other instances and requests
 *  under way: each checkout has one taker, and whoever had it before can write nothing any more.
 *  @param signal once aborted, what is under way ends and nothing more is taken up */
export async function recoverCheckouts(deps: OrdersDeps, signal: AbortSignal): Promise<void> {
  for (const orderId of await deps.checkouts.parkHopeless()) {
    deps.logger.error({ orderId }, 'A checkout is parked: an administrator has to look into it and retry it');
  }
  await workThrough<CheckoutRecord>(
    {
      ...deps,
      take: async (underWay) => (underWay < LANES ? await deps.checkouts.claimDue(LANES - underWay) : []),
      handle: (checkout) => recover(deps, checkout),
    },
    signal,
  );
}

// One that cannot be finished must not keep the others waiting.
async function recover(deps: OrdersDeps, checkout: CheckoutRecord): Promise<void> {
  const { orderId } = checkout.order;
  try {
    const [lines = []] = await deps.reader.listItems([orderId]);
    const end = await finishCheckout(deps, checkout, lines);
    const { state, attempts } = end.checkout;
    if (end.kind === 'stuck') deps.logger.warn({ orderId, state, attempts }, 'A checkout stays unfinished');
  } catch (error) {
    const { state } = checkout;
    deps.logger.warn({ orderId, state, reason: describeError(error) }, 'A checkout stays unfinished');
  }
}

/** Takes a checkout to its end as far as it goes, without a customer who waits for it. */
export async function finishCheckout(
  deps: OrdersDeps,
  checkout: CheckoutRecord,
  lines: readonly { productId: string; quantity: number }[],
) {
  const origin = backgroundOrigin(checkout.order.orderId);
  return await runCheckout(deps, { checkout, lines, method: null, origin });
}
