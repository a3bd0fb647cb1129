import type { ErrorCode } from '@commerce/kit/error-catalogue';
import { type AppError, assertNever } from '@commerce/kit/errors';
import type { Approval } from '../clients/payment.ts';
import type { CheckoutRecord, Transition } from '../data/checkout-record.ts';

/** What is to be done elsewhere. Each may be repeated for the same order without harm. */
export type Step =
  /** Hold the stock, for the cart as it was ordered. */
  | 'reserve'
  /** Reserve the money. */
  | 'authorise'
  /** Ask how the authorisation went. */
  | 'find'
  /** Take the stock. */
  | 'commit'
  /** Take the pieces out of the cart. */
  | 'consume'
  /** Take the money. */
  | 'capture'
  /** Give the money back, taken or only reserved. */
  | 'return'
  /** Give the stock back. */
  | 'release';

/** How a step went. `unknown`: it may have happened, or may happen yet. */
export type StepOutcome =
  /** `owedUnder`: money that is owed is not back; the provider's key under which it is to be asked for. */
  | { kind: 'done'; approval?: Approval; owedUnder?: string }
  /** A clear no, for good. */
  | { kind: 'refused'; error: AppError }
  /** Nothing of it has happened so far. */
  | { kind: 'absent' }
  | { kind: 'unknown'; cause: unknown };

/** What may be done for a checkout now; null where nothing is left.
 *  @param canAuthorise whether the means of payment is at hand: it is kept nowhere, so only the request that
 *  brought it can authorise */
export function nextStep({ state }: CheckoutRecord, canAuthorise: boolean): Step | null {
  switch (state) {
    case 'started':
      return canAuthorise ? 'reserve' : 'release';
    case 'authorising':
      return canAuthorise ? 'authorise' : 'find';
    case 'authorised':
      return 'commit';
    case 'committed':
      return 'consume';
    case 'capturing':
      return 'capture';
    case 'captured':
      return 'consume';
    case 'voiding':
      return 'return';
    case 'releasing':
      return 'release';
    case 'done':
    case 'failed':
      return null;
    default:
      return assertNever(state);
  }
}

/** What a step's outcome makes of a checkout; null where it has to be tried again. */
export function transitionAfter(
  checkout: CheckoutRecord,
  step: Step,
  outcome: StepOutcome,
): Transition | null {
  switch (step) {
    case 'reserve':
      // Also an unknown hold is given up: nothing of value is lost, and the customer can try again at once.
      return outcome.kind === 'done' ? { to: 'authorising' } : giveUp(checkout, 'releasing', outcome);
    case 'authorise':
    case 'find':
      return afterPayment(checkout, outcome);
    case 'commit':
      if (outcome.kind === 'done') return { to: 'committed', isDecision: true };
      return outcome.kind === 'refused' ? giveUp(checkout, 'voiding', outcome) : null;
    case 'consume':
      return afterCart(checkout, outcome);
    case 'capture':
      if (outcome.kind === 'done') return captured(checkout);
      return outcome.kind === 'refused' ? giveUp(checkout, 'voiding', outcome) : null;
    case 'return':
      return afterReturn(outcome);
    case 'release':
      return outcome.kind === 'done' ? { ...giveUp(checkout, 'failed', outcome) } : null;
    default:
      return assertNever(step);
  }
}

function afterPayment(checkout: CheckoutRecord, outcome: StepOutcome): Transition | null {
  switch (outcome.kind) {
    case 'done':
      return { to: 'authorised', ...(outcome.approval ? { approval: outcome.approval } : {}) };
    case 'refused':
      return giveUp(checkout, 'releasing', outcome);
    case 'absent':
      // What is still on its way must find the door closed: voided first, released then.
      return giveUp(checkout, 'voiding', outcome);
    case 'unknown':
      return null;
    default:
      return assertNever(outcome);
  }
}

// What a provider does not give back at once becomes a refund of its own: the stock need not wait for it.
function afterReturn(outcome: StepOutcome): Transition | null {
  if (outcome.kind !== 'done') return null;
  return { to: 'releasing', ...(outcome.owedUnder ? { owedUnder: outcome.owedUnder } : {}) };
}

function afterCart({ state }: CheckoutRecord, { kind }: StepOutcome): Transition | null {
  const isConsumed = kind === 'done';
  // An order does not fail for a cart that cannot be reached: it is tried again after the capture.
  if (state === 'committed') return { to: 'capturing', isConsumed };
  return isConsumed ? { to: 'done', isConsumed } : null;
}

function captured({ order }: CheckoutRecord): Transition {
  const status = order.status === 'pending' ? ({ status: 'confirmed' } as const) : {};
  return { to: order.cartConsumedAt === null ? 'captured' : 'done', ...status };
}

/** The order is not to be, or no longer. One that was cancelled by somebody is so already. */
function giveUp(
  { order, failure }: CheckoutRecord,
  to: 'voiding' | 'releasing' | 'failed',
  outcome: StepOutcome,
): Transition {
  if (order.status === 'cancelled') return { to };
  const code = failure ?? (outcome.kind === 'refused' ? outcome.error.code : 'SYS_002');
  return { to, failure: code, status: 'cancelled', note: notes[code] ?? 'It could not be carried out' };
}

/** Why, as the customer may read it in the timeline of an order that was told of before it failed. */
const notes: Partial<Record<ErrorCode, string>> = {
  BUS_001: 'Not enough was left in stock',
  BUS_002: 'A product is no longer sold',
  BUS_003: 'The payment could not be taken',
};
