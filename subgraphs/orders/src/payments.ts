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
export function openPayments(config: OrdersConfig): OpenPayments {
  const { PAYMENT_PROVIDER_URL: url = '', PAYMENT_PROVIDER_SECRET: secret = '' } = config;
  const provider = createDemoPaymentProvider({ url, secret, timeoutMs: TIMEOUT_MS });
  return { provider, verifyWebhook: null, close: () => provider.close() };
}
