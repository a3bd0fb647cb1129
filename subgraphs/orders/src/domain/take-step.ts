import { AppError, assertNever } from '@commerce/kit/errors';
import { cents } from '@commerce/kit/money';
import type { CallOrigin } from '../clients/call-origin.ts';
import type { Payment, PaymentProvider } from '../clients/payment.ts';
import { nextRefundKey, returnKey } from '../clients/refund-keys.ts';
import type { OrderRecord } from '../data/order-record.ts';
import type { Step, StepOutcome } from './checkout-machine.ts';
import type { OrdersDeps } from './orders-deps.ts';
import type { PaymentMethodInput } from './payment-method.ts';

export type StepRequest = {
  order: OrderRecord;
  lines: readonly { productId: string; quantity: number }[];
  /** The means of payment; null for all but the request that brought it. */
  method: PaymentMethodInput | null;
  origin: CallOrigin;
};

const paymentSteps: ReadonlySet<Step> = new Set(['authorise', 'find', 'capture', 'return']);

export type StepDeps = Pick<OrdersDeps, 'cart' | 'catalog' | 'payment'>;

/** Does a step elsewhere; tells how it went, and never throws. */
export async function takeStep(deps: StepDeps, step: Step, request: StepRequest): Promise<StepOutcome> {
  const { cart, catalog, payment } = deps;
  const { order, origin } = request;
  // Providers refuse payments of nothing.
  if (order.total === 0 && paymentSteps.has(step)) return { kind: 'done' };
  switch (step) {
    case 'reserve':
      return await reserve(deps, request);
    case 'authorise':
      return request.method === null ? { kind: 'absent' } : await authorise(payment, order, request.method);
    case 'find':
      return await find(payment, order);
    case 'commit':
      return await outcomeOf(() => catalog.commitStock(order.orderId, origin));
    case 'consume':
      return await outcomeOf(() => cart.consumeCart(consumption(request), origin));
    case 'capture':
      return await capture(payment, order);
    case 'return':
      return await returnMoney(payment, order);
    case 'release':
      return await outcomeOf(() => catalog.releaseStock(order.orderId, origin));
    default:
      return assertNever(step);
  }
}

/** A payment's name and amount. One authorisation an order: its key is never another, so that money is never
 *  reserved twice. */
export function paymentOf({ orderId, total, currency, paymentMethod }: OrderRecord): Payment {
  return {
    orderId,
    authorisationKey: `${orderId}:auth:1`,
    reference: paymentMethod.reference,
    amount: total,
    currency,
  };
}

/** Holds the stock while it is looked up whether the cart is still what was ordered: it may have been read
 *  before an earlier order took its pieces out, and the order recorded after that. From then on nobody else takes
 *  any, since a recorded order keeps others from the cart. */
async function reserve(
  { cart, catalog }: StepDeps,
  { order, lines, origin }: StepRequest,
): Promise<StepOutcome> {
  const stockLines = lines.map(({ productId, quantity }) => ({ productId, quantity }));
  const [held, version] = await Promise.all([
    outcomeOf(() => catalog.reserveStock(order.orderId, stockLines, origin)),
    cart.readVersion(order.userId, origin).catch((cause: unknown) => ({ cause })),
  ]);
  if (typeof version !== 'number') return { kind: 'unknown', cause: version.cause };
  if (version === order.cartVersion) return held;
  const moved = new AppError('RES_002', 'The cart changed while it was being ordered', {
    retryAfterSeconds: 1,
  });
  return { kind: 'refused', error: moved };
}

async function authorise(
  payment: PaymentProvider,
  order: OrderRecord,
  method: PaymentMethodInput,
): Promise<StepOutcome> {
  const outcome = await payment.authorise({ ...paymentOf(order), method });
  switch (outcome.kind) {
    case 'approved':
      return { kind: 'done', approval: outcome };
    case 'declined':
      return { kind: 'refused', error: new AppError('BUS_003', outcome.reason) };
    case 'unreached':
      return { kind: 'refused', error: paymentsAway(outcome.cause) };
    case 'unknown':
      return outcome;
    default:
      return assertNever(outcome);
  }
}

async function find(payment: PaymentProvider, order: OrderRecord): Promise<StepOutcome> {
  const outcome = await payment.find(paymentOf(order));
  switch (outcome.kind) {
    case 'approved':
      return { kind: 'done', approval: outcome };
    case 'declined':
      return { kind: 'refused', error: new AppError('BUS_003', outcome.reason) };
    case 'absent':
    case 'unknown':
      return outcome;
    default:
      return assertNever(outcome);
  }
}

async function capture(payment: PaymentProvider, order: OrderRecord): Promise<StepOutcome> {
  const outcome = await payment.capture({ ...paymentOf(order), key: `${order.orderId}:capture:1` });
  switch (outcome.kind) {
    case 'captured':
      return { kind: 'done' };
    case 'refused':
      return { kind: 'refused', error: new AppError('BUS_003', 'The payment could not be taken') };
    case 'unknown':
      return outcome;
    default:
      return assertNever(outcome);
  }
}

/** Gives back what is left of an order's money, whether it was reserved or taken, or neither yet. */
async function returnMoney(payment: PaymentProvider, order: OrderRecord): Promise<StepOutcome> {
  const { orderId, total, refunded } = order;
  const outcome = await payment.void({ ...paymentOf(order), key: `${orderId}:void:1` });
  if (outcome.kind === 'voided') return { kind: 'done' };
  if (outcome.kind === 'unknown') return outcome;
  const refundAmount = cents(total - refunded);
  if (refundAmount === 0) return { kind: 'done' };
  const key = returnKey(orderId);
  const refund = await payment.refund({ ...paymentOf(order), key, refundAmount });
  switch (refund.kind) {
    case 'refunded':
      return { kind: 'done' };
    case 'pending':
      return { kind: 'done', owedUnder: key };
    case 'refused':
      return { kind: 'done', owedUnder: nextRefundKey(key) };
    case 'unknown':
      return refund;
    default:
      return assertNever(refund);
  }
}

function consumption({ order, lines }: StepRequest) {
  const { userId, orderId, cartVersion: version } = order;
  return {
    userId,
    orderId,
    version,
    lines: lines.map(({ productId, quantity }) => ({ productId, quantity })),
  };
}

async function outcomeOf(call: () => Promise<void>): Promise<StepOutcome> {
  try {
    await call();
    return { kind: 'done' };
  } catch (cause) {
    return isRefusal(cause) ? { kind: 'refused', error: forCustomer(cause) } : { kind: 'unknown', cause };
  }
}

/** A clear no: stock is short, a product cannot be bought, the order was given up before. */
export function isRefusal(error: unknown): error is AppError {
  return error instanceof AppError && (error.code.startsWith('BUS_') || error.code === 'RES_001');
}

function forCustomer(error: AppError): AppError {
  if (error.code !== 'RES_001') return error;
  return new AppError('BUS_002', 'The cart holds products that are no longer sold', {
    details: error.details,
  });
}

function paymentsAway(cause: unknown): AppError {
  return new AppError('SYS_002', 'The payment provider is unavailable', { cause, retryAfterSeconds: 2 });
}
