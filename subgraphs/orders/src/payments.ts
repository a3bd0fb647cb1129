import { createDemoPaymentProvider } from './clients/demo-payment-provider.ts';
import type { PaymentProvider } from './clients/payment.ts';
import { verifyStripeEvent } from './clients/stripe-event.ts';
import { createStripePaymentProvider } from './clients/stripe-payment-provider.ts';
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
export function openPayments(config: OrdersConfig): OpenPayments {
  return config.PAYMENT_PROVIDER === 'stripe' ? openStripe(config) : openDemo(config);
}

function openDemo({
  PAYMENT_PROVIDER_URL: url = '',
  PAYMENT_PROVIDER_SECRET: secret = '',
}: OrdersConfig): OpenPayments {
  const provider = createDemoPaymentProvider({ url, secret, timeoutMs: TIMEOUT_MS });
  return { provider, verifyWebhook: null, close: () => provider.close() };
}

function openStripe(config: OrdersConfig): OpenPayments {
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
