import { randomBytes } from 'node:crypto';
import { createLogger } from '@commerce/kit/logger';
import { paymentProviderConfig } from '@commerce/payment-provider/config';
import { startPaymentProvider } from '@commerce/payment-provider/start';
import { createTestDatabase } from './database.ts';
import { createPaymentFaults, type PaymentFaults } from './payment-faults.ts';

export type TestPaymentProvider = {
  url: string;
  secret: string;
  /** Of its ledger: the tables `payments` and `entries`. */
  databaseUrl: string;
  faults: PaymentFaults;
  /** Nothing listens any more; the ledger stays. */
  stop(): Promise<void>;
  /** Listens again at the same address. */
  restart(): Promise<void>;
  close(): Promise<void>;
};

/** The demonstration payment provider in this process, on a ledger of its own. */
export async function startTestPaymentProvider(): Promise<TestPaymentProvider> {
  const database = await createTestDatabase('payments');
  const secret = randomBytes(32).toString('base64url');
  const logger = createLogger({ service: 'payments', level: 'error' });
  const start = async (port: string) =>
    await startPaymentProvider(
      paymentProviderConfig.parse({
        PORT: port,
        PAYMENTS_DATABASE_URL: database.url,
        PAYMENT_PROVIDER_SECRET: secret,
        PAYMENT_FAULTS: 'on',
      }),
      { logger },
    );
  let running = await start('0');
  const { url } = running;
  return {
    url,
    secret,
    databaseUrl: database.url,
    faults: createPaymentFaults({ url, secret }),
    stop: async () => await running.close(),
    async restart() {
      running = await start(new URL(url).port);
    },
    async close() {
      await running.close();
      await database.drop();
    },
  };
}
