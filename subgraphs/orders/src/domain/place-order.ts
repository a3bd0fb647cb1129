import { AppError, assertNever } from '@commerce/kit/errors';
import type { CallOrigin } from '../clients/call-origin.ts';
import type { CheckoutRecord } from '../data/checkout-record.ts';
import type { OrderRecord } from '../data/order-record.ts';
import type { NewOrderLine } from '../data/order-store.ts';
import { orderableLines } from './cart-rules.ts';
import { newOrder } from './new-order.ts';
import type { OrderInput } from './order-input.ts';
import type { OrdersDeps } from './orders-deps.ts';
import { type RunEnd, runCheckout } from './run-checkout.ts';
import { asTaken, findStoredAnswer, inFlight, type KeyedRequest } from './stored-answer.ts';

export type PlaceOrderRequest = KeyedRequest & { input: OrderInput; origin: CallOrigin };

export type PlacedOrder = {
  /** Pending, as it was taken. */
  order: OrderRecord;
  /** True where an earlier request with the same key placed it. */
  isReplayed: boolean;
};

/** A client that waited this long without a decision gets the pending order: it is decided without him. */
const PATIENCE_MS = 8_000;
/** How long an answer that is a no waits for what was held to be free again. */
const UNDO_PATIENCE_MS = 1_000;

/** Orders the user's whole cart. The answer comes when it is decided (stock taken, payment authorised, cart emptied) or
 *  when the client has waited for 8 s. Whatever is left to do follows in the background.
 *  @throws AppError BUS_001, BUS_002, BUS_003, RES_002, VAL_001 (422), AUTH_003 where the account was deleted: then
 *  nothing is charged, nothing is held, and the cart is as it was. SYS_002: likewise, unless a later attempt with the
 *  same key says otherwise */
export async function placeOrder(deps: OrdersDeps, request: PlaceOrderRequest): Promise<PlacedOrder> {
  // From the very beginning: whoever waits for a slow cart as well waits no longer for it all.
  const answerAtMs = deps.timing.now() + PATIENCE_MS;
  const stored = await findStoredAnswer(deps.keys, request);
  if (stored) return { order: stored, isReplayed: true };
  const started = await startOrder(deps, request);
  if (started.kind === 'replayed') return { order: started.order, isReplayed: true };
  const decided = await decideInTime(deps, { ...request, answerAtMs }, started);
  return { order: asTaken(decided), isReplayed: false };
}

/** A request with the time by which it is to be answered, by the clock of `timing`. */
type TimedRequest = PlaceOrderRequest & { answerAtMs: number };
type Started = { kind: 'started'; checkout: CheckoutRecord; lines: readonly NewOrderLine[] };

async function startOrder(
  deps: OrdersDeps,
  request: PlaceOrderRequest,
): Promise<Started | { kind: 'replayed'; order: OrderRecord }> {
  try {
    const cart = await deps.cart.readCheckoutCart(request.userId, request.origin);
    const order = newOrder({ cart, lines: orderableLines(cart), request, newId: deps.newId });
    await deps.failpoint('before start');
    const outcome = await deps.orders.open(order);
    await deps.failpoint('written started');
    switch (outcome.kind) {
      case 'opened':
        return { kind: 'started', checkout: outcome.checkout, lines: order.lines };
      case 'key-taken':
      case 'cart-taken':
        throw inFlight();
      case 'customer-erased':
        // The access token outlives the account by less than a minute.
        throw new AppError('AUTH_003');
      default:
        return assertNever(outcome);
    }
  } catch (error) {
    // Another request with the same key may have ordered the cart, and emptied it, in the meantime.
    const order = await findStoredAnswer(deps.keys, request);
    if (order) return { kind: 'replayed', order };
    throw error;
  }
}

async function decideInTime(deps: OrdersDeps, request: TimedRequest, started: Started): Promise<OrderRecord> {
  const { orderId } = started.checkout.order;
  const deciding = decide(deps, request, started);
  // It goes on also when nobody waits any more.
  deps.background.run('decide an order', async () => void (await deciding.catch(() => undefined)));
  const late = new AbortController();
  const patienceMs = Math.max(request.answerAtMs - deps.timing.now(), 0);
  const patience = deps.timing.wait(patienceMs, late.signal).then(() => null);
  try {
    const decided = await Promise.race([deciding, patience]);
    // Null where it fails at this very moment.
    return decided ?? (await deps.checkouts.acknowledge(orderId)) ?? (await deciding);
  } finally {
    late.abort();
  }
}

async function decide(
  deps: OrdersDeps,
  { input, origin, answerAtMs: retryUntilMs }: TimedRequest,
  { checkout, lines }: Started,
): Promise<OrderRecord> {
  const run = { lines, method: input.paymentMethod, origin };
  const end = await runCheckout(deps, { ...run, checkout, retryUntilMs, isEnough: isDecided });
  switch (end.kind) {
    case 'reached':
      return await answerDecision(deps, end, run);
    case 'stuck':
      return (await deps.checkouts.acknowledge(checkout.order.orderId)) ?? failWith(end);
    case 'lost':
      return await findTaken(deps, end);
    default:
      return assertNever(end.kind);
  }
}

/** From here on the answer is known: what follows changes what it says no more. */
function isDecided({ state }: CheckoutRecord): boolean {
  return state !== 'started' && state !== 'authorising' && state !== 'authorised' && state !== 'committed';
}

async function answerDecision(
  deps: OrdersDeps,
  end: RunEnd,
  { lines, origin }: { lines: readonly NewOrderLine[]; origin: CallOrigin },
): Promise<OrderRecord> {
  const { checkout } = end;
  const rest = runCheckout(deps, { checkout, lines, method: null, origin });
  deps.background.run('finish a checkout', async () => void (await rest));
  if (checkout.order.status === 'pending') return checkout.order;
  const late = new AbortController();
  // A failure to undo is the background's to log and the next recovery's to repeat.
  const undone = rest.catch(() => undefined);
  await Promise.race([undone, deps.timing.wait(UNDO_PATIENCE_MS, late.signal)]).finally(() => late.abort());
  return failWith(end);
}

// Somebody else took the checkout over, because this process was too slow: the order may stand all the same. What
// was refused meanwhile was so because the other one gave it up, unless that is why it did.
async function findTaken(deps: OrdersDeps, end: RunEnd): Promise<OrderRecord> {
  const current = await deps.checkouts.find(end.checkout.order.orderId);
  if (current?.order.acknowledgedAt) return current.order;
  return failWith(current?.failure === end.refusal?.code ? end : { ...end, refusal: null });
}

function failWith({ refusal }: RunEnd): never {
  throw refusal ?? new AppError('SYS_002', undefined, { retryAfterSeconds: 2 });
}
