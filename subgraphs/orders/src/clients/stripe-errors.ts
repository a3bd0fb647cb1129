import Stripe from 'stripe';

const { errors } = Stripe;

export const NEEDS_AUTHENTICATION = 'The card needs an authentication, which is not possible here';

/** What a decline is to the customer. Stripe's own texts may tell more than a customer should know. */
const reasons: Readonly<Record<string, string>> = {
  insufficient_funds: 'The card has not enough funds',
  expired_card: 'The card has expired',
  incorrect_cvc: 'The card’s security code is wrong',
  authentication_required: NEEDS_AUTHENTICATION,
};

/** @param failure an error of a card, as thrown or as it stands in an intent */
export function declineReason(failure: {
  code?: string | undefined;
  decline_code?: string | undefined;
}): string {
  return reasons[failure.decline_code ?? ''] ?? reasons[failure.code ?? ''] ?? 'The card was declined';
}

/** A no of the card's issuer. */
export function isCardError(error: unknown): error is Stripe.errors.StripeCardError {
  return error instanceof errors.StripeCardError;
}

/** Stripe has understood and refused it, and nothing has changed by it. */
export function isRefused(error: unknown): error is Stripe.errors.StripeInvalidRequestError {
  return error instanceof errors.StripeInvalidRequestError;
}

/** Codes that say of a refund itself that it cannot be. */
const refundRefusals: ReadonlySet<string | undefined> = new Set([
  'amount_too_large',
  'amount_too_small',
  'charge_already_refunded',
  'charge_disputed',
  'charge_exceeds_source_limit',
  'charge_not_refundable',
  'payment_intent_unexpected_state',
  'refund_disputed_payment',
]);

/** Nothing goes back. Of any other refusal (a key that is not valid, a payment of another account) that is not known:
 *  an earlier try under the same key may have gone through. */
export function isRefundRefused(
  error: unknown,
): error is Stripe.errors.StripeInvalidRequestError | Stripe.errors.StripeCardError {
  return isCardError(error) || (isRefused(error) && refundRefusals.has(error.code));
}

/** Another request under the same key is under way, or had other parameters. */
export function isKeyInUse(error: unknown): boolean {
  return (
    error instanceof errors.StripeIdempotencyError ||
    (error instanceof errors.StripeError && error.code === 'idempotency_key_in_use')
  );
}

export function isAmountRefused(error: unknown): boolean {
  return isRefused(error) && (error.code === 'amount_too_small' || error.code === 'amount_too_large');
}

/** A token that is not known, of another account, or was used before. */
export function isTokenRefused(error: unknown): boolean {
  return isRefused(error) && (error.code === 'resource_missing' || error.code === 'token_already_used');
}
