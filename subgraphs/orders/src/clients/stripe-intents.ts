import type Stripe from 'stripe';
import type { Payment } from './payment.ts';

/** Stripe's side of a payment: an intent, named by us in its metadata. */
export type StripeIntents = {
  /** Makes the payment's intent, or finds the one that was made. Nothing is reserved by that.
   *  @returns as it was when it was made
   *  @throws StripeError */
  open(payment: Payment, timeoutMs?: number): Promise<Stripe.PaymentIntent>;
  /** @returns as it stands now
   *  @throws StripeError */
  retrieve(id: string): Promise<Stripe.PaymentIntent>;
  /** The payment's intent as it stands now. One that was never made is made: it can be barred then, and until it is
   *  confirmed it does no harm.
   *  @throws StripeError */
  locate(payment: Payment): Promise<Stripe.PaymentIntent>;
};

export function createStripeIntents(stripe: Stripe): StripeIntents {
  async function open(payment: Payment, timeoutMs?: number): Promise<Stripe.PaymentIntent> {
    return await stripe.paymentIntents.create(
      {
        amount: payment.amount,
        currency: payment.currency.toLowerCase(),
        capture_method: 'manual',
        // No others: they would want the customer to be sent to their pages and back.
        allowed_payment_method_types: ['card'],
        automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
        metadata: metadataOf(payment),
      },
      // The same parameters at any time: Stripe refuses a key that comes with others.
      {
        idempotencyKey: payment.authorisationKey,
        ...(timeoutMs === undefined ? {} : { timeout: timeoutMs }),
      },
    );
  }

  async function retrieve(id: string): Promise<Stripe.PaymentIntent> {
    return await stripe.paymentIntents.retrieve(id, { expand: ['latest_charge'] });
  }

  // The index may lag by a minute, the key is forgotten after a day: one of them always knows.
  async function findId(payment: Payment): Promise<string> {
    const { data } = await stripe.paymentIntents.search({
      query: `metadata['authorisation_key']:'${quoted(payment.authorisationKey)}'`,
      limit: 10,
    });
    const found = data.find(({ status }) => heldStatuses.has(status)) ?? data[0];
    return (found ?? (await open(payment))).id;
  }

  return {
    open,
    retrieve,
    locate: async (payment) => await retrieve(payment.reference ?? (await findId(payment))),
  };
}

// A key that Stripe had forgotten has made a second intent: the one with the money counts.
const heldStatuses: ReadonlySet<Stripe.PaymentIntent.Status> = new Set(['requires_capture', 'succeeded']);

/** What is found again in searches, and comes with the events. */
export function metadataOf(payment: Payment): Record<string, string> {
  return { order_id: payment.orderId, authorisation_key: payment.authorisationKey };
}

function quoted(text: string): string {
  return text.replace(/[\\']/g, '\\$&');
}
