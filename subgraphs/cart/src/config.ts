import { httpUrl, integer, port, postgresUrl, subgraphVariables } from '@commerce/kit/config';
import { signingKeys } from '@commerce/kit/internal-keys';
import { cents } from '@commerce/kit/money';
import { z } from 'zod';
import { type PricingPolicy, taxRoundings } from './domain/pricing.ts';

/** Variables of the cart service. The defaults of the pricing policy are the design's. */
export const cartConfig = z.object({
  ...subgraphVariables,
  PORT: port.default(4003),
  CART_DATABASE_URL: postgresUrl,
  DATABASE_POOL_SIZE: integer(1, 100).default(10),
  CATALOG_URL: httpUrl,
  INTERNAL_KEYS: signingKeys(['catalog']),
  /** Hundredths of a per cent. */
  TAX_RATE_BASIS_POINTS: integer(0, 10_000).default(800),
  TAX_ROUNDING: z.enum(taxRoundings).default('down'),
  SHIPPING_FLAT_CENTS: integer(0, 1_000_000).default(1_000),
});

export type CartConfig = z.output<typeof cartConfig>;

export function pricingPolicy(config: CartConfig): PricingPolicy {
  return {
    taxRateBasisPoints: config.TAX_RATE_BASIS_POINTS,
    taxRounding: config.TAX_ROUNDING,
    shippingFlatCents: cents(config.SHIPPING_FLAT_CENTS),
  };
}
