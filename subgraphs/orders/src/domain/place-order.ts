import { AppError, assertNever } from '@commerce/kit/errors';
import { describeError } from '@commerce/kit/graphql-errors';
import type { CallOrigin } from '../clients/call-origin.ts';
import type { CartClient } from '../clients/cart.ts';
import type { OrderRecord } from '../data/order-record.ts';
import type { NewOrder, NewOrderLine } from '../data/order-store.ts';
import { orderableLines } from './cart-rules.ts';
import { type CheckoutSteps, createCheckoutSteps, isRefusal } from './checkout-steps.ts';
import { newOrder } from './new-order.ts';
import type { OrderInput } from './order-input.ts';
import { authorisePayment, returnMoney } from './order-payment.ts';
import type { OrdersDeps } from './orders-deps.ts';
import { settleOrder, takeOutOfCart } from './settle-order.ts';
import { asTaken, findStoredAnswer, inFlight, type KeyedRequest } from './stored-answer.ts';

export type PlaceOrderRequest = KeyedRequest & { input: OrderInput; origin: CallOrigin };

export type PlacedOrder = {
  /** Pending, as it was taken. */
  order: OrderRecord;
  /** True where an earlier request with the same key placed it. */
  isReplayed: boolean;
};

/** Orders the user's whole cart. The answer comes when it is decided: stock taken, payment authorised, cart
 *  emptied. The capture follows in the background.
 *  @throws AppError BUS_001, BUS_002, BUS_003, RES_002, VAL_001 (422) or SYS_002: then nothing is charged,
 *  nothing is held, and the cart is as it was */
export async function placeOrder(deps: OrdersDeps, request: PlaceOrderRequest): Promise<PlacedOrder> {
  const answer = await findStoredAnswer(deps.keys, request);
  if (answer) return { order: answer, isReplayed: true };
  const started = await startOrder(deps, request);
  if (started.kind === 'replayed') return { order: started.order, isReplayed: true };
  const taken = await decide(deps, request, started);
  const lines = started.lines;
  const emptied = await takeOutOfCart(deps, { order: taken, lines, origin: request.origin });
  deps.background.run('settle an order', () => settleOrder(deps, emptied));
  return { order: asTaken(taken), isReplayed: false };
}

type Started = { kind: 'started'; order: OrderRecord; lines: readonly NewOrderLine[] };

async function startOrder(
  deps: OrdersDeps,
  request: PlaceOrderRequest,
): Promise<Started | { kind: 'replayed'; order: OrderRecord }> {
  try {
    const cart = await deps.cart.readCheckoutCart(request.userId, request.origin);
    const order = newOrder({ cart, lines: orderableLines(cart), request, newId: deps.newId });
    return await recordOrder(deps, order);
  } catch (error) {
    // Another request with the same key may have ordered the cart, and emptied it, in the meantime.
    const order = await findStoredAnswer(deps.keys, request);
    if (order) return { kind: 'replayed', order };
    throw error;
  }
}

async function recordOrder(deps: OrdersDeps, order: NewOrder): Promise<Started> {
  const outcome = await deps.orders.open(order);
  switch (outcome.kind) {
    case 'opened':
      return { kind: 'started', order: outcome.order, lines: order.lines };
    case 'key-taken':
    case 'cart-taken':
      throw inFlight();
    default:
      return assertNever(outcome);
  }
}

/** Each step names its undo. What fails between two of them is undone; what a crash leaves is undone by
 *  the next sweep. */
async function decide(
  deps: OrdersDeps,
  { input, origin }: PlaceOrderRequest,
  { order, lines }: Started,
): Promise<OrderRecord> {
  const { catalog, payment, orders } = deps;
  const { orderId } = order;
  const steps = createCheckoutSteps();
  try {
    await refuseMovedCart(deps.cart, order, origin);
    await steps.take(
      () => catalog.reserveStock(orderId, stockLines(lines), origin),
      () => catalog.releaseStock(orderId, origin),
    );
    const approval = await steps.take(
      () => authorisePayment(payment, order, input.paymentMethod),
      () => returnMoney(payment, order),
    );
    // Before the capture, so that nobody pays for what is not there. The release above returns it.
    await catalog.commitStock(orderId, origin);
    const taken = await orders.take(orderId, { ...order.paymentMethod, ...approval });
    if (taken) return taken;
    throw new Error('The order was given up while it was being decided');
  } catch (error) {
    return await giveUp(deps, { order, steps, error });
  }
}

/** The cart may have been read before an earlier order took its pieces out, and the order recorded after
 *  that. From here on nobody else takes any: the recorded order keeps others from the cart.
 *  @throws AppError RES_002 where the cart is no longer as it was ordered */
async function refuseMovedCart(cart: CartClient, order: OrderRecord, origin: CallOrigin): Promise<void> {
  const { cartId, version } = await cart.readCheckoutCart(order.userId, origin);
  if (cartId === order.cartId && version === order.cartVersion) return;
  throw new AppError('RES_002', 'The cart changed while it was being ordered', { retryAfterSeconds: 1 });
}

/** @returns the order where it was taken after all, and only the answer was lost */
async function giveUp(
  deps: OrdersDeps,
  { order, steps, error }: { order: OrderRecord; steps: CheckoutSteps; error: unknown },
): Promise<OrderRecord> {
  const { orderId } = order;
  const failure = failureOf(error);
  const toCheckout = steps.hasTaken() ? 'undoing' : 'failed';
  // Nothing may be undone before this is written: the order might stand all the same.
  const givenUp = await deps.orders
    .changeStatus({
      orderId,
      from: ['pending'],
      to: 'cancelled',
      fromCheckout: ['placing'],
      toCheckout,
      note: failure.code,
    })
    .catch((cause: unknown) => {
      throw unavailable(cause);
    });
  const current = givenUp ?? (await deps.reader.findAnyOrder(orderId));
  if (current?.acknowledgedAt) return current;
  if (steps.hasTaken()) await undo(deps, orderId, steps);
  // Else a sweep had given it up already, which is why the step failed.
  throw givenUp ? failure : unavailable(error);
}

async function undo(deps: OrdersDeps, orderId: string, steps: CheckoutSteps): Promise<void> {
  try {
    await steps.undoAll();
    await deps.orders.moveCheckout(orderId, 'undoing', 'failed');
  } catch (error) {
    deps.logger.warn({ orderId, reason: describeError(error) }, 'Not all is undone; it will be tried again');
  }
}

function failureOf(error: unknown): AppError {
  if (error instanceof AppError && error.code === 'RES_002') return error;
  if (!isRefusal(error)) return unavailable(error);
  if (error.code !== 'RES_001') return error;
  return new AppError('BUS_002', 'The cart holds products that are no longer sold', {
    details: error.details,
  });
}

function unavailable(cause: unknown): AppError {
  return new AppError('SYS_002', undefined, { cause, retryAfterSeconds: 2 });
}

function stockLines(lines: readonly NewOrderLine[]): { productId: string; quantity: number }[] {
  return lines.map(({ productId, quantity }) => ({ productId, quantity }));
}
