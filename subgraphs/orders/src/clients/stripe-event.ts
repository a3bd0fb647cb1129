import { isPlausibleId } from '@commerce/kit/ids';
import Stripe from 'stripe';
import { z } from 'zod';

export type StripeEvent = {
  /** The same when Stripe sends it again. */
  eventId: string;
  /** Such as payment_intent.succeeded. */
  type: string;
  /** Null where it is about none of our orders. */
  orderId: string | null;
  /** Key of a refund that failed; null where it is about none. */
  failedRefundKey: string | null;
};

/** What is older was recorded by somebody and is sent again. */
const TOLERANCE_SECONDS = 300;

/** Of all ids here. */
const MAX_ID_LENGTH = 50;

const subject = z.object({ metadata: z.object({ order_id: z.string() }) });

const failedRefund = z.object({
  object: z.literal('refund'),
  status: z.enum(['failed', 'canceled']),
  metadata: z.object({ refund_key: z.string().max(150) }),
});

/** Reads a message that claims to be Stripe's.
 *  @param payload the body, byte by byte as it came
 *  @param signatureHeader of `stripe-signature`
 *  @throws Error where it is unsigned, signed by somebody else, altered, or older than five minutes */
export function verifyStripeEvent(payload: string, signatureHeader: string, secret: string): StripeEvent {
  const event = Stripe.webhooks.constructEvent(payload, signatureHeader, secret, TOLERANCE_SECONDS);
  const about = subject.safeParse(event.data.object);
  const failed = failedRefund.safeParse(event.data.object);
  return {
    eventId: event.id,
    type: event.type,
    // Others may use the account too, and name their orders as they like.
    orderId: about.success && isOrderId(about.data.metadata.order_id) ? about.data.metadata.order_id : null,
    failedRefundKey: failed.success ? failed.data.metadata.refund_key : null,
  };
}

function isOrderId(id: string): boolean {
  return isPlausibleId(id) && id.length <= MAX_ID_LENGTH;
}
