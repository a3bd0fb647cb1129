import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import Stripe from 'stripe';
import type {
  Approval,
  AuthoriseOutcome,
  AuthoriseRequest,
  CaptureOutcome,
  FindOutcome,
  PaymentProvider,
  PaymentRequest,
  RefundOutcome,
  RefundRequest,
  Unknown,
  VoidOutcome,
} from './payment.ts';
import { isSameRefund } from './refund-keys.ts';
import { hasHundredths } from './stripe-currency.ts';
import {
  declineReason,
  isAmountRefused,
  isCardError,
  isKeyInUse,
  isRefundRefused,
  isRefused,
  isTokenRefused,
  NEEDS_AUTHENTICATION,
} from './stripe-errors.ts';
import { createStripeIntents, metadataOf, type StripeIntents } from './stripe-intents.ts';

export type StripePaymentOptions = {
  secretKey: string;
  /** Where the API is; Stripe's own address where absent. */
  apiUrl?: string | undefined;
  /** Of one request, and of an authorisation altogether. */
  timeoutMs: number;
};

type Tools = { stripe: Stripe; intents: StripeIntents; timeoutMs: number };

/** Card payments by Stripe. A payment is an intent that is made without a card, reserves nothing and is named by the
 *  authorisation's key, and then confirmed with the card: whatever becomes of the answers, the intent can be found
 *  again, and once it is cancelled a confirmation that comes late is refused.
 *  Tokens: `pm_...` and, of Stripe's older libraries, `tok_...`. */
export function createStripePaymentProvider(
  options: StripePaymentOptions,
): PaymentProvider & { close(): Promise<void> } {
  const { stripe, close } = openStripe(options);
  const tools = { stripe, intents: createStripeIntents(stripe), timeoutMs: options.timeoutMs };
  return {
    authorise: (request) => orUnknown(() => authorise(tools, request)),
    find: (payment) => orUnknown(async () => await findOutcome(tools, await tools.intents.locate(payment))),
    void: (request) => orUnknown(() => giveUp(tools, request)),
    capture: (request) => orUnknown(() => capture(tools, request)),
    refund: (request) => orUnknown(() => refund(tools, request)),
    close,
  };
}

function openStripe(options: StripePaymentOptions): { stripe: Stripe; close(): Promise<void> } {
  const url = new URL(options.apiUrl ?? 'https://api.stripe.com');
  const isPlain = url.protocol === 'http:';
  const agent = isPlain ? new HttpAgent({ keepAlive: true }) : new HttpsAgent({ keepAlive: true });
  const stripe = new Stripe(options.secretKey, {
    host: url.hostname,
    port: url.port || (isPlain ? 80 : 443),
    protocol: isPlain ? 'http' : 'https',
    httpAgent: agent,
    timeout: options.timeoutMs,
    // Whoever calls repeats by himself. (The SDK still repeats once where a connection was cut, which is why nothing
    // here depends on a request's having been sent once only.)
    maxNetworkRetries: 0,
    telemetry: false,
  });
  return { stripe, close: async () => agent.destroy() };
}

async function orUnknown<Outcome>(act: () => Promise<Outcome>): Promise<Outcome | Unknown> {
  try {
    return await act();
  } catch (cause) {
    return { kind: 'unknown', cause };
  }
}

async function authorise(tools: Tools, request: AuthoriseRequest): Promise<AuthoriseOutcome> {
  const { stripe, intents, timeoutMs } = tools;
  const startedAt = performance.now();
  const restMs = () => Math.floor(timeoutMs - (performance.now() - startedAt));
  if (!hasHundredths(request.currency)) {
    return { kind: 'declined', reason: `Payments in ${request.currency} are not possible` };
  }
  let intent: Stripe.PaymentIntent;
  let card: string;
  try {
    intent = await intents.open(request, timeoutMs);
    card = await cardOf(stripe, request);
  } catch (cause) {
    return beforeConfirm(cause);
  }
  // Whoever asked has given up by then: a confirmation would come as a surprise.
  if (restMs() <= 0) return { kind: 'unreached', cause: new Error('Stripe was too slow to begin with') };
  try {
    const confirmed = await stripe.paymentIntents.confirm(
      intent.id,
      { payment_method: card, expand: ['latest_charge'] },
      { idempotencyKey: `${request.authorisationKey}:confirm`, timeout: restMs() },
    );
    return presentOrUnknown(await findOutcome(tools, confirmed));
  } catch (cause) {
    return await confirmFailure(tools, { cause, id: intent.id });
  }
}

async function cardOf(stripe: Stripe, { method, authorisationKey }: AuthoriseRequest): Promise<string> {
  if (!method.token.startsWith('tok_')) return method.token;
  const card = await stripe.paymentMethods.create(
    { type: 'card', card: { token: method.token } },
    { idempotencyKey: `${authorisationKey}:card` },
  );
  return card.id;
}

// Without a confirmation nothing is reserved, whatever was made and whatever answer was lost: as good as never asked.
function beforeConfirm(cause: unknown): AuthoriseOutcome {
  if (isCardError(cause)) return { kind: 'declined', reason: declineReason(cause) };
  if (isAmountRefused(cause)) {
    return { kind: 'declined', reason: 'The payment provider does not take this amount' };
  }
  if (isTokenRefused(cause)) return UNKNOWN_TOKEN;
  return isKeyInUse(cause) ? { kind: 'unknown', cause } : { kind: 'unreached', cause };
}

const UNKNOWN_TOKEN: AuthoriseOutcome = {
  kind: 'declined',
  reason: 'The payment provider does not know this token',
};

async function confirmFailure(
  tools: Tools,
  { cause, id }: { cause: unknown; id: string },
): Promise<AuthoriseOutcome> {
  if (isCardError(cause)) return { kind: 'declined', reason: declineReason(cause) };
  if (!isRefused(cause)) return { kind: 'unknown', cause };
  const outcome = await findOutcome(tools, await tools.intents.retrieve(id));
  // It stands where it stood: what was refused is the token.
  return outcome.kind === 'absent' ? UNKNOWN_TOKEN : outcome;
}

function presentOrUnknown(outcome: FindOutcome): AuthoriseOutcome {
  return outcome.kind === 'absent'
    ? { kind: 'unknown', cause: new Error('A confirmed payment is not') }
    : outcome;
}

async function findOutcome({ stripe }: Tools, intent: Stripe.PaymentIntent): Promise<FindOutcome> {
  switch (intent.status) {
    case 'requires_capture':
    case 'succeeded':
      return { kind: 'approved', ...approvalOf(intent) };
    case 'canceled':
      return { kind: 'declined', reason: 'The payment was given up' };
    case 'requires_action':
      // Nobody is there to authenticate; left open, it could still be.
      await stripe.paymentIntents.cancel(intent.id);
      return { kind: 'declined', reason: NEEDS_AUTHENTICATION };
    case 'requires_payment_method':
      return intent.last_payment_error
        ? { kind: 'declined', reason: declineReason(intent.last_payment_error) }
        : { kind: 'absent' };
    case 'requires_confirmation':
      return { kind: 'absent' };
    default:
      // Still at it, or a state of a later version of the API.
      return { kind: 'unknown', cause: new Error(`The payment is ${intent.status}`) };
  }
}

function approvalOf({ id, latest_charge: charge }: Stripe.PaymentIntent): Approval {
  const card = typeof charge === 'object' ? charge?.payment_method_details?.card : null;
  return { reference: id, brand: card?.brand ?? null, last4: card?.last4 ?? null };
}

async function giveUp({ stripe, intents }: Tools, request: PaymentRequest): Promise<VoidOutcome> {
  // No payment in such a currency was ever begun.
  if (!hasHundredths(request.currency)) return { kind: 'voided' };
  const { id, status } = await intents.locate(request);
  if (status === 'succeeded') return { kind: 'captured' };
  if (status === 'canceled') return { kind: 'voided' };
  try {
    // Without a key: it cannot happen twice, and under one a refusal would be repeated for a day.
    await stripe.paymentIntents.cancel(id);
    return { kind: 'voided' };
  } catch (cause) {
    if (!isRefused(cause)) throw cause;
    const { status: now } = await intents.retrieve(id);
    if (now === 'succeeded') return { kind: 'captured' };
    return now === 'canceled' ? { kind: 'voided' } : { kind: 'unknown', cause };
  }
}

async function capture({ stripe, intents }: Tools, request: PaymentRequest): Promise<CaptureOutcome> {
  const id = request.reference ?? (await intents.locate(request)).id;
  try {
    const { status } = await stripe.paymentIntents.capture(id, {}, { idempotencyKey: request.key });
    return captureOutcome(status, null);
  } catch (cause) {
    if (isCardError(cause)) return { kind: 'refused', reason: declineReason(cause) };
    if (!isRefused(cause)) throw cause;
    // Not the payment is at fault, which we know to be there, but whom we ask: another account, or one of tests.
    if (cause.code === 'resource_missing') throw cause;
    return captureOutcome((await intents.retrieve(id)).status, cause);
  }
}

function captureOutcome(status: Stripe.PaymentIntent.Status, cause: unknown): CaptureOutcome {
  switch (status) {
    case 'succeeded':
      return { kind: 'captured' };
    case 'canceled':
      return { kind: 'refused', reason: 'The payment was given up, or has expired' };
    case 'requires_payment_method':
    case 'requires_confirmation':
    case 'requires_action':
      return { kind: 'refused', reason: 'The payment is not authorised' };
    default:
      return { kind: 'unknown', cause: cause ?? new Error(`The payment is ${status}`) };
  }
}

async function refund({ stripe, intents }: Tools, request: RefundRequest): Promise<RefundOutcome> {
  const id = request.reference ?? (await intents.locate(request)).id;
  // Stripe forgets a key after a day, and by hand a refund may be repeated later than that.
  const { data: made } = await stripe.refunds.list({ payment_intent: id, limit: 100 });
  const known = findRefund(made, request.key);
  if (known) return refundOutcome(known.status);
  const metadata = { ...metadataOf(request), refund_key: request.key };
  try {
    const { status } = await stripe.refunds.create(
      { payment_intent: id, amount: request.refundAmount, metadata },
      { idempotencyKey: request.key },
    );
    return refundOutcome(status);
  } catch (cause) {
    if (!isRefundRefused(cause)) throw cause;
    return { kind: 'refused', reason: cause.code ?? 'The payment cannot be refunded by that much' };
  }
}

/** What was made under the key, or under an earlier one of the same refund where it did not fail: what was taken for
 *  refused then has gone through, and is not repeated. */
function findRefund(made: readonly Stripe.Refund[], key: string): Stripe.Refund | undefined {
  const ofSameRefund = made.filter(({ metadata }) => isSameRefund(metadata?.refund_key, key));
  return (
    ofSameRefund.find(({ status }) => status !== 'failed' && status !== 'canceled') ??
    ofSameRefund.find(({ metadata }) => metadata?.refund_key === key)
  );
}

function refundOutcome(status: string | null): RefundOutcome {
  switch (status) {
    case 'succeeded':
      return { kind: 'refunded' };
    case 'failed':
    case 'canceled':
      return { kind: 'refused', reason: `The refund is ${status}` };
    default:
      // On its way, or in a state of a later version of the API.
      return { kind: 'pending' };
  }
}
