import {
  httpUrl,
  integer,
  port,
  postgresUrl,
  redisUrl,
  secret,
  smtpUrl,
  subgraphVariables,
} from '@commerce/kit/config';
import { signingKeys } from '@commerce/kit/internal-keys';
import { z } from 'zod';

/** Variables of the orders service. Which ones a payment provider needs depends on the provider. */
export const ordersConfig = z
  .object({
    ...subgraphVariables,
    PORT: port.default(4004),
    ORDERS_DATABASE_URL: postgresUrl,
    CATALOG_URL: httpUrl,
    CART_URL: httpUrl,
    USERS_URL: httpUrl,
    INTERNAL_KEYS: signingKeys(['users', 'catalog', 'cart']),
    DATABASE_POOL_SIZE: integer(1, 100).default(10),
    REDIS_URL: redisUrl.optional(),
    /** Calls of createOrder of one client, and of one account, in one window. */
    RATE_LIMIT_ORDER_MAX: integer(1).default(30),
    /** Calls of one account to each mutation that gives money back: somebody with an administrator's token is slowed. */
    RATE_LIMIT_REFUND_MAX: integer(1).default(100),
    RATE_LIMIT_WINDOW_SECONDS: integer(1, 86_400).default(900),
    PAYMENT_PROVIDER: z.enum(['demo', 'stripe']).default('demo'),
    PAYMENT_PROVIDER_URL: httpUrl.optional(),
    PAYMENT_PROVIDER_SECRET: secret.optional(),
    STRIPE_SECRET_KEY: z.string().optional(),
    STRIPE_WEBHOOK_SECRET: z.string().optional(),
    /** Where mail is handed over; without it mail is kept in MAIL_DIR. */
    SMTP_URL: smtpUrl.optional(),
    MAIL_FROM: z.string().default('Commerce <no-reply@example.com>'),
    MAIL_DIR: z.string().default('.data/mail'),
    /** Origin that links in mails begin with. */
    PUBLIC_URL: httpUrl.default('http://127.0.0.1:4000'),
    /** Lets webhooks go to https and public addresses only; so in production unless told otherwise. */
    WEBHOOKS_PUBLIC_ONLY: z.enum(['true', 'false']).optional(),
    /** Where Stripe's API is; its own address where absent. */
    STRIPE_API_URL: httpUrl.optional(),
  })
  .superRefine((config, context) => {
    const needed = neededOf[config.PAYMENT_PROVIDER];
    for (const name of needed) {
      if (config[name] === undefined) {
        context.addIssue({ code: 'custom', path: [name], message: 'is required' });
      }
    }
  });

const neededOf = {
  demo: ['PAYMENT_PROVIDER_URL', 'PAYMENT_PROVIDER_SECRET'],
  stripe: ['STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET'],
} as const;

export type OrdersConfig = z.infer<typeof ordersConfig>;
