import type { Cents } from '@commerce/kit/money';

/** A payment of one order, named so that it is found also where the answer to its authorisation was lost. */
export type Payment = {
  orderId: string;
  /** Key under which it was, or was to be, authorised. */
  authorisationKey: string;
  /** The provider's own name for it; null where it was never told. */
  reference: string | null;
  /** All of it, as authorised. */
  amount: Cents;
  currency: string;
};

export type Approval = {
  reference: string;
  /** Such as visa; null where the provider tells none. */
  brand: string | null;
  last4: string | null;
};

/** What a provider says may be untrue of the future, never of the past: unknown means that it did not
 *  say, and that it may have happened or may happen yet. */
export type Unknown = { kind: 'unknown'; cause: unknown };

export type AuthoriseOutcome =
  | ({ kind: 'approved' } & Approval)
  /** The reason may be shown to the customer. */
  | { kind: 'declined'; reason: string }
  /** It was never sent: nothing happened, and nothing will. */
  | { kind: 'unreached'; cause: unknown }
  | Unknown;
export type FindOutcome =
  | ({ kind: 'approved' } & Approval)
  | { kind: 'declined'; reason: string }
  /** Nothing so far; what is under way may arrive yet. */
  | { kind: 'absent' }
  | Unknown;
export type CaptureOutcome =
  | { kind: 'captured' }
  /** For good: asking again does not help. */
  | { kind: 'refused'; reason: string }
  | Unknown;
export type VoidOutcome =
  | { kind: 'voided' }
  /** Too late: the money was taken and is to be refunded. */
  | { kind: 'captured' }
  | Unknown;
export type RefundOutcome =
  | { kind: 'refunded' }
  /** It was taken, and is on its way for hours or days: asking again tells how it went. */
  | { kind: 'pending' }
  /** For good under this key: nothing went back. */
  | { kind: 'refused'; reason: string }
  | Unknown;

export type AuthoriseRequest = Payment & { method: { type: string; token: string } };
/** An operation on a payment that exists, or is to be barred from coming to exist. */
export type PaymentRequest = Payment & { key: string };
export type RefundRequest = PaymentRequest & {
  /** How much goes back, at most what was captured less what went back before. */
  refundAmount: Cents;
};

/** Takes money in two steps. Every operation has a key: repeating it under the same key does not
 *  repeat it, and tells how it went the first time. */
export type PaymentProvider = {
  /** Reserves the amount, under the payment's `authorisationKey`. */
  authorise(request: AuthoriseRequest): Promise<AuthoriseOutcome>;
  /** Takes what was reserved. */
  capture(request: PaymentRequest): Promise<CaptureOutcome>;
  /** Gives up what was reserved, also where nothing was: an authorisation that comes after it is declined. */
  void(request: PaymentRequest): Promise<VoidOutcome>;
  /** Gives back all or a part of what was taken. */
  refund(request: RefundRequest): Promise<RefundOutcome>;
  /** How an authorisation went whose answer was lost. */
  find(payment: Payment): Promise<FindOutcome>;
};

/** The same provider with every call bounded: whatever fails or takes longer is `unknown`, and nothing throws. */
export function boundPayments(provider: PaymentProvider, timeoutMs: number): PaymentProvider {
  const bound = <Outcome>(call: () => Promise<Outcome>) => settleWithin(call, timeoutMs);
  return {
    authorise: (request) => bound(() => provider.authorise(request)),
    capture: (request) => bound(() => provider.capture(request)),
    void: (request) => bound(() => provider.void(request)),
    refund: (request) => bound(() => provider.refund(request)),
    find: (payment) => bound(() => provider.find(payment)),
  };
}

async function settleWithin<Outcome>(
  call: () => Promise<Outcome>,
  timeoutMs: number,
): Promise<Outcome | Unknown> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<Unknown>((resolve) => {
    const late = () => resolve({ kind: 'unknown', cause: new Error('The payment provider did not answer') });
    timer = setTimeout(late, timeoutMs);
  });
  try {
    return await Promise.race([call(), deadline]);
  } catch (cause) {
    return { kind: 'unknown', cause };
  } finally {
    clearTimeout(timer);
  }
}
