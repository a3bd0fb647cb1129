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

/** The users subgraph's variables. */
export const usersConfig = z
  .object({
    ...subgraphVariables,
    PORT: port.default(4001),
    USERS_DATABASE_URL: postgresUrl,
    /** Told of deleted accounts. */
    CART_URL: httpUrl,
    ORDERS_URL: httpUrl,
    CATALOG_URL: httpUrl,
    INTERNAL_KEYS: signingKeys(['catalog', 'cart', 'orders']),
    DATABASE_POOL_SIZE: integer(1, 100).default(10),
    REDIS_URL: redisUrl.optional(),
    JWT_SECRET: secret,
    JWT_REFRESH_SECRET: secret,
    JWT_REFRESH_SECRET_ALSO_ACCEPTED: secret.optional(),
    /** Calls of one client, and for one account, to each sensitive mutation in one window. */
    RATE_LIMIT_AUTH_MAX: integer(1).default(5),
    /** The same of refreshSession, which programs call: an office shares an address. */
    RATE_LIMIT_REFRESH_MAX: integer(1).default(60),
    RATE_LIMIT_WINDOW_SECONDS: integer(1).default(900),
    /** Where mail is handed over; without it mail is kept in MAIL_DIR. */
    SMTP_URL: smtpUrl.optional(),
    MAIL_FROM: z.string().default('Commerce <no-reply@example.com>'),
    MAIL_DIR: z.string().default('.data/mail'),
    /** Origin that links in mails begin with. */
    PUBLIC_URL: httpUrl.default('http://127.0.0.1:4000'),
  })
  .refine((config) => config.JWT_SECRET !== config.JWT_REFRESH_SECRET, {
    path: ['JWT_REFRESH_SECRET'],
    message: 'must differ from JWT_SECRET',
    // All faults are to be listed together, also where another variable is faulty.
    when: ({ value }) => secrets.safeParse(value).success,
  });

const secrets = z.object({ JWT_SECRET: z.string(), JWT_REFRESH_SECRET: z.string() });

export type UsersConfig = z.output<typeof usersConfig>;
