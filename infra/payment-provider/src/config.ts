import { integer, logLevel, port, postgresUrl, secret } from '@commerce/kit/config';
import { z } from 'zod';

export const paymentProviderConfig = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: port.default(4010),
  LOG_LEVEL: logLevel.default('info'),
  PAYMENTS_DATABASE_URL: postgresUrl,
  /** What callers have to show. */
  PAYMENT_PROVIDER_SECRET: secret,
  /** Whether faults may be asked for: for tests and demonstrations only. */
  PAYMENT_FAULTS: z.enum(['on', 'off']).default('off'),
  DATABASE_POOL_SIZE: integer(1, 100).default(5),
});

export type PaymentProviderConfig = z.infer<typeof paymentProviderConfig>;
