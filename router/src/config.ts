import { fileURLToPath } from 'node:url';
import { httpUrl, integer, port, redisUrl, secret, serviceVariables } from '@commerce/kit/config';
import { signingKeys } from '@commerce/kit/internal-keys';
import { z } from 'zod';

/** From src/ as from dist/. */
const supergraphFile = fileURLToPath(new URL('../../schema/supergraph.graphql', import.meta.url));

const originList = z
  .string()
  .transform((text) => text.split(',').map((origin) => origin.trim()))
  .refine(
    (origins) => origins.every((origin) => URL.canParse(origin) && new URL(origin).origin === origin),
    'must be a comma-separated list of origins such as https://shop.example.com',
  );

const variables = z.object({
  ...serviceVariables,
  PORT: port.default(4000),
  USERS_URL: httpUrl,
  CATALOG_URL: httpUrl,
  CART_URL: httpUrl,
  ORDERS_URL: httpUrl,
  INTERNAL_KEYS: signingKeys(['users', 'catalog', 'cart', 'orders']),
  JWT_SECRET: secret,
  JWT_SECRET_ALSO_ACCEPTED: secret.optional(),
  REDIS_URL: redisUrl.optional(),
  ALLOWED_ORIGINS: originList.optional(),
  RATE_LIMIT_API_MAX: integer(1).default(100),
  RATE_LIMIT_GRAPHQL_MAX: integer(1).default(1_000),
  /** Messages of one address to the payment provider's webhook in one window. */
  RATE_LIMIT_WEBHOOK_MAX: integer(1).default(10_000),
  /** Of them, those that were not the provider's. */
  RATE_LIMIT_WEBHOOK_FORGERY_MAX: integer(1).default(50),
  GRAPHQL_MAX_COST: integer(1).default(5_000),
  GRAPHQL_COST_BUDGET: integer(1).default(50_000),
  GRAPHQL_PLANNING_BUDGET: integer(1).default(1_000),
  RATE_LIMIT_WINDOW_SECONDS: integer(1, 86_400).default(900),
  TRUSTED_PROXIES: integer(0, 16).default(0),
  SUPERGRAPH_FILE: z.string().default(supergraphFile),
  PERSISTED_DOCUMENTS: z.enum(['automatic', 'only']).default('automatic'),
  PERSISTED_DOCUMENTS_MANIFEST: z.string().optional(),
});

const costs = z.object({ GRAPHQL_MAX_COST: z.number(), GRAPHQL_COST_BUDGET: z.number() });

const consistentVariables = variables
  // Without a manifest hardly anything would be answered, and clients would be the first to notice.
  .refine(
    (config) => config.PERSISTED_DOCUMENTS !== 'only' || config.PERSISTED_DOCUMENTS_MANIFEST !== undefined,
    { path: ['PERSISTED_DOCUMENTS_MANIFEST'], message: 'must be set where PERSISTED_DOCUMENTS=only' },
  )
  // What one operation may cost would be refused all the same, with the advice to wait, for ever.
  .refine((config) => config.GRAPHQL_COST_BUDGET >= config.GRAPHQL_MAX_COST, {
    path: ['GRAPHQL_COST_BUDGET'],
    message: 'must be at least GRAPHQL_MAX_COST',
    // All faults are to be listed together, also where another variable is faulty.
    when: ({ value }) => costs.safeParse(value).success,
  });

/** The router's variables. Where ALLOWED_ORIGINS is unset, production allows no other origin and
 *  everything else a storefront on its usual local port. */
export const routerConfig = consistentVariables.transform((config) => ({
  ...config,
  ALLOWED_ORIGINS:
    config.ALLOWED_ORIGINS ?? (config.NODE_ENV === 'production' ? [] : ['http://localhost:3000']),
}));

export type RouterConfig = z.output<typeof routerConfig>;
