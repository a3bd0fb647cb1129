import { ConfigError, loadConfig } from '@commerce/kit/config';
import { describe, expect, it } from 'vitest';
import { usersConfig } from '../src/config.ts';

const env = {
  INTERNAL_KEYS: ['catalog', 'cart', 'orders'].map((name) => `${name}:${'k'.repeat(43)}`).join(','),
  INTERNAL_KEYS_ACCEPTED: `router:${'i'.repeat(43)}`,
  JWT_SECRET: 'a'.repeat(32),
  JWT_REFRESH_SECRET: 'b'.repeat(32),
  USERS_DATABASE_URL: 'postgres://users@127.0.0.1/users',
  CART_URL: 'http://cart',
  ORDERS_URL: 'http://orders',
  CATALOG_URL: 'http://catalog',
};

function faults(changes: Record<string, string | undefined>): readonly string[] {
  try {
    loadConfig(usersConfig, { ...env, ...changes });
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
}

describe('the configuration', () => {
  it('has defaults for all but secrets and the database', () => {
    expect(loadConfig(usersConfig, env)).toMatchObject({
      PORT: 4001,
      RATE_LIMIT_AUTH_MAX: 5,
      RATE_LIMIT_WINDOW_SECONDS: 900,
      PUBLIC_URL: 'http://127.0.0.1:4000',
      MAIL_DIR: '.data/mail',
    });
  });

  it('refuses one secret for both kinds of tokens', () => {
    expect(faults({ JWT_REFRESH_SECRET: env.JWT_SECRET })).toEqual([
      'JWT_REFRESH_SECRET: must differ from JWT_SECRET',
    ]);
  });

  it('lists all faults together', () => {
    const found = faults({
      JWT_SECRET: 'short',
      JWT_REFRESH_SECRET: 'short',
      USERS_DATABASE_URL: undefined,
      SMTP_URL: 'http://x',
      RATE_LIMIT_AUTH_MAX: '0',
    });
    expect(found.map((fault) => fault.split(':')[0])).toEqual([
      'USERS_DATABASE_URL',
      'JWT_SECRET',
      'JWT_REFRESH_SECRET',
      'RATE_LIMIT_AUTH_MAX',
      'SMTP_URL',
      'JWT_REFRESH_SECRET',
    ]);
  });
});
