import path from 'node:path';
import { ConfigError, integer } from '@commerce/kit/config';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Environment, loadLauncherConfig } from '../src/config.ts';
import { placeholderEnvironment } from '../src/service-environment.ts';

const service = z.object({ LIMIT: integer(1).default(5), SHARED: integer(1), CART_URL: z.url() });
const other = z.object({ SHARED: integer(1) });

function load(env: Environment) {
  const made = { ...placeholderEnvironment(), SHARED: '1' };
  return loadLauncherConfig(env, { schemas: [service, other], made });
}

function faultsOf(env: Environment): readonly string[] {
  try {
    load(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
}

describe('the configuration', () => {
  it('needs nothing to be set', () => {
    expect(load({})).toEqual({
      NODE_ENV: 'development',
      HOST: '127.0.0.1',
      PORT: 4000,
      DATA_DIR: path.resolve('.data'),
      DEMO_PASSWORD: 'Demo-Passw0rd!',
      PAYMENT_PROVIDER: 'demo',
    });
  });

  it('takes an empty variable for one that is not set', () => {
    expect(load({ PORT: '', JWT_SECRET: '', SHARED: '' }).PORT).toBe(4000);
  });

  it('lists all faults together, the services’ too, and each once', () => {
    const faults = faultsOf({
      PORT: 'eighty',
      JWT_SECRET: 'short',
      CART_DATABASE_URL: 'mysql://localhost/cart',
      DEMO_PASSWORD: 'password',
      LOG_LEVEL: 'loud',
      LIMIT: '0',
      SHARED: 'x',
    });
    const names = faults.map((fault) => fault.split(':')[0]);
    const wrong = [
      'PORT',
      'LOG_LEVEL',
      'JWT_SECRET',
      'CART_DATABASE_URL',
      'DEMO_PASSWORD',
      'LIMIT',
      'SHARED',
    ];
    expect(names.sort()).toEqual(wrong.sort());
  });

  it('wants the secret of a payment provider that is elsewhere', () => {
    const env = { PAYMENT_PROVIDER_URL: 'http://payments:4010' };
    expect(faultsOf(env)).toEqual(['PAYMENT_PROVIDER_SECRET: is required with PAYMENT_PROVIDER_URL']);
    expect(faultsOf({ ...env, PAYMENT_PROVIDER_SECRET: 'x'.repeat(32) })).toEqual([]);
  });

  it('never repeats a value, which may be a secret', () => {
    const env = { JWT_SECRET: 'canary-1', DEMO_PASSWORD: 'canary-2', USERS_DATABASE_URL: 'canary-3' };
    expect(faultsOf(env)).toHaveLength(3);
    expect(faultsOf(env).join()).not.toContain('canary');
  });
});
