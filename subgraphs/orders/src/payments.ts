import { createDemoPaymentProvider } from './clients/demo-payment-provider.ts';
import type { PaymentProvider } from './clients/payment.ts';
import type { OrdersConfig } from './config.ts';
import type { VerifyPaymentWebhook } from './domain/payment-webhook.ts';

/** Longer than the use cases wait for a provider: what it says late is of no use. */
const TIMEOUT_MS = 6_000;

export type OpenPayments = {
  provider: PaymentProvider;
  /** Null where the provider sends no messages. */
  verifyWebhook: VerifyPaymentWebhook | null;
  close(): Promise<void>;
};

/** The payment provider that is configured. */
export async function openPayments(config: OrdersConfig): Promise<OpenPayments> {
  return config.PAYMENT_PROVIDER === 'stripe' ? await openStripe(config) : openDemo(config);
}

function openDemo({
  PAYMENT_PROVIDER_URL: url = '',
  PAYMENT_PROVIDER_SECRET: secret = '',
}: OrdersConfig): OpenPayments {
  const provider = createDemoPaymentProvider({ url, secret, timeoutMs: TIMEOUT_MS });
  return { provider, verifyWebhook: null, close: () => provider.close() };
}

// Loaded only where it is used: the SDK takes 165 ms and 18 MB.
async function openStripe(config: OrdersConfig): Promise<OpenPayments> {
  const { createStripePaymentProvider } = await import('./clients/stripe-payment-provider.ts');
  const { verifyStripeEvent } = await import('./clients/stripe-event.ts');
  const {
    STRIPE_SECRET_KEY: secretKey = '',
    STRIPE_WEBHOOK_SECRET: webhookSecret = '',
    STRIPE_API_URL: apiUrl,
  } = config;
  const provider = createStripePaymentProvider({ secretKey, apiUrl, timeoutMs: TIMEOUT_MS });
  return {
    provider,
    verifyWebhook: ({ payload, signature }) => {
      const { eventId, ...event } = verifyStripeEvent(payload, signature, webhookSecret);
      return { messageId: eventId, ...event };
    },
    close: async () => provider.close(),
  };
}
