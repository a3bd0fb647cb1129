import type { ErrorCode } from '@commerce/kit/error-catalogue';
import type { Approval } from '../clients/payment.ts';
import type { OrderRecord } from './order-record.ts';

/** What is known to have been done for an order. Each state is written before or after a step elsewhere, so that
 *  whoever takes it up knows what may have happened.
 *  started: recorded; stock may be held. authorising: stock is held; the payment may be authorised.
 *  authorised: it is. committed: the stock is taken; this is the decision, the order stands.
 *  capturing: the money may be taken. captured: it is; the cart may still hold the pieces. done: nothing is left.
 *  voiding: money goes back. releasing: it is back; stock goes back. failed: all is back. */
export const checkoutStates = [
  'started',
  'authorising',
  'authorised',
  'committed',
  'capturing',
  'captured',
  'done',
  'voiding',
  'releasing',
  'failed',
] as const;
export type CheckoutState = (typeof checkoutStates)[number];

export type CheckoutRecord = {
  order: OrderRecord;
  state: CheckoutState;
  /** Fence: a write under another one changes nothing. */
  epoch: number;
  attempts: number;
  /** Why it is being undone; null where it is not, or where somebody wanted it. */
  failure: ErrorCode | null;
};

/** What is written when a checkout gets on. */
export type Transition = {
  to: CheckoutState;
  /** Why it is being undone. */
  failure?: ErrorCode;
  /** The order's new status, with what the timeline notes. */
  status?: 'confirmed' | 'cancelled';
  note?: string;
  /** What the provider told of the payment. */
  approval?: Approval;
  /** From here on the order stands and the customer may be told. */
  isDecision?: boolean;
  /** The ordered pieces are out of the cart. */
  isConsumed?: boolean;
  /** The money that is left is not back: from here on it is a refund of its own, under this key of the provider's. */
  owedUnder?: string;
};

export type Postponement = { delayMs: number; lastError: string };
