import { ConfigError, loadConfig } from '@commerce/kit/config';
import { describe, expect, it } from 'vitest';
import { cartConfig, pricingPolicy } from '../src/config.ts';
import { documentPolicy } from './samples.ts';

const required = {
  INTERNAL_KEYS: `catalog:${'k'.repeat(43)}`,
  INTERNAL_KEYS_ACCEPTED: `router:${'k'.repeat(43)}`,
  CART_DATABASE_URL: 'postgres://cart@127.0.0.1:5432/cart',
  CATALOG_URL: 'http://127.0.0.1:4002',
};

describe('the configuration', () => {
  it('has the pricing policy of the document by default', () => {
    const config = loadConfig(cartConfig, required);
    expect(config).toMatchObject({ PORT: 4003, HOST: '127.0.0.1', DATABASE_POOL_SIZE: 10 });
    expect(pricingPolicy(config)).toEqual(documentPolicy);
  });

  it('takes another policy', () => {
    const variables = { TAX_RATE_BASIS_POINTS: '1925', TAX_ROUNDING: 'half_up', SHIPPING_FLAT_CENTS: '0' };
    expect(pricingPolicy(loadConfig(cartConfig, { ...required, ...variables }))).toEqual({
      taxRateBasisPoints: 1_925,
      taxRounding: 'half_up',
      shippingFlatCents: 0,
    });
  });

  it('lists every fault at once', () => {
    const faulty = { TAX_RATE_BASIS_POINTS: '10001', SHIPPING_FLAT_CENTS: '-1', TAX_ROUNDING: 'sideways' };
    const error = captured(() => loadConfig(cartConfig, faulty));
    expect(error.faults.map((fault) => fault.split(':')[0]).sort()).toEqual([
      'CART_DATABASE_URL',
      'CATALOG_URL',
      'INTERNAL_KEYS',
      'INTERNAL_KEYS_ACCEPTED',
      'SHIPPING_FLAT_CENTS',
      'TAX_RATE_BASIS_POINTS',
      'TAX_ROUNDING',
    ]);
  });
});

function captured(run: () => unknown): ConfigError {
  try {
    run();
  } catch (error) {
    if (error instanceof ConfigError) return error;
  }
  throw new Error('No ConfigError was thrown');
}
