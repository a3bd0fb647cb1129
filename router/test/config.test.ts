import { ConfigError, loadConfig } from '@commerce/kit/config';
import { describe, expect, it } from 'vitest';
import { routerConfig } from '../src/config.ts';

const env = {
  INTERNAL_KEYS: ['users', 'catalog', 'cart', 'orders'].map((name) => `${name}:${'i'.repeat(43)}`).join(','),
  JWT_SECRET: 'a'.repeat(32),
  USERS_URL: 'http://users',
  CATALOG_URL: 'http://catalog',
  CART_URL: 'http://cart',
  ORDERS_URL: 'http://orders',
};

function faults(changes: Record<string, string | undefined>): readonly string[] {
  try {
    loadConfig(routerConfig, { ...env, ...changes });
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
}

describe('the configuration', () => {
  it.each([
    { GRAPHQL_COST_BUDGET: '4999' },
    { GRAPHQL_MAX_COST: '50001' },
    { GRAPHQL_MAX_COST: '200', GRAPHQL_COST_BUDGET: '100' },
  ])('refuses a budget that one operation may exceed: %o', (changes) => {
    expect(faults(changes)).toEqual(['GRAPHQL_COST_BUDGET: must be at least GRAPHQL_MAX_COST']);
  });

  it('takes a budget of one operation', () => {
    expect(faults({ GRAPHQL_MAX_COST: '50000' })).toEqual([]);
  });

  it('lists that fault beside others', () => {
    expect(faults({ GRAPHQL_COST_BUDGET: '1', TRUSTED_PROXIES: 'all' })).toEqual([
      'TRUSTED_PROXIES: must be a whole number',
      'GRAPHQL_COST_BUDGET: must be at least GRAPHQL_MAX_COST',
    ]);
  });

  it('says which variable is to be set with PERSISTED_DOCUMENTS=only', () => {
    expect(faults({ PERSISTED_DOCUMENTS: 'only' })).toEqual([
      'PERSISTED_DOCUMENTS_MANIFEST: must be set where PERSISTED_DOCUMENTS=only',
    ]);
  });

  it.each([
    ['a secret under 32 bytes', { JWT_SECRET: 'a'.repeat(31) }, 'JWT_SECRET: must have at least 32 bytes'],
    ['no secret', { JWT_SECRET: undefined }, 'JWT_SECRET: is required'],
    [
      'a short secret beside it',
      { JWT_SECRET_ALSO_ACCEPTED: 'a'.repeat(31) },
      'JWT_SECRET_ALSO_ACCEPTED: must have at least 32 bytes',
    ],
  ])('refuses %s', (_, changes, fault) => {
    expect(faults(changes)).toEqual([fault]);
  });

  it.each(['*', 'null', 'shop.example.com', 'https://shop.example.com/'])(
    'refuses %j as an origin',
    (origin) => {
      expect(faults({ ALLOWED_ORIGINS: origin })).toHaveLength(1);
    },
  );

  it('allows a local storefront outside production, and no origin in it', () => {
    expect(loadConfig(routerConfig, env).ALLOWED_ORIGINS).toEqual(['http://localhost:3000']);
    expect(loadConfig(routerConfig, { ...env, NODE_ENV: 'production' }).ALLOWED_ORIGINS).toEqual([]);
  });
});
