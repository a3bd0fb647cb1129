import { describe, expect, it } from 'vitest';
import { loadLauncherConfig } from '../src/config.ts';
import {
  paymentEnvironment,
  placeholderEnvironment,
  type Shop,
  serviceEnvironment,
} from '../src/service-environment.ts';
import { serviceNames } from '../src/service-names.ts';

const env = { JWT_SECRET: 'j'.repeat(32), PAYMENTS_DATABASE_URL: 'postgres://elsewhere/payments' };
const secrets = {
  postgresPassword: 'postgres password',
  rolePasswords: { users: 'pw', catalog: 'pw', cart: 'pw', orders: 'pw', payments: 'pw' },
  jwtSecret: 'jwt secret',
  jwtRefreshSecret: 'refresh secret',
  internalTokenSecret: 'internal secret',
  paymentProviderSecret: 'provider secret',
};
const shop: Shop = {
  env,
  config: loadLauncherConfig(env, { schemas: [], made: placeholderEnvironment() }),
  secrets,
  databaseUrls: {
    users: 'postgres://users',
    catalog: 'postgres://catalog',
    cart: 'postgres://cart',
    orders: 'postgres://orders',
    payments: 'postgres://payments',
  },
  paymentProviderUrl: 'http://127.0.0.1:4010',
};
const calls = [
  'cart>catalog',
  'orders>cart',
  'orders>catalog',
  'orders>users',
  'router>cart',
  'router>catalog',
  'router>orders',
  'router>users',
  'users>cart',
  'users>catalog',
  'users>orders',
];
const listener = { host: '127.0.0.1', port: 0 };
const variablesOf = (name: (typeof serviceNames)[number], of = shop) =>
  serviceEnvironment(name, of, { ...listener, origins: {} });

describe('the variables of a service', () => {
  it('name its own database only', () => {
    for (const name of serviceNames) {
      const urls = Object.entries(variablesOf(name)).filter(
        ([key, value]) => key.endsWith('_DATABASE_URL') && value !== undefined,
      );
      expect(urls).toEqual(
        name === 'router' ? [] : [[`${name.toUpperCase()}_DATABASE_URL`, `postgres://${name}`]],
      );
    }
  });

  it('hold the secrets of customers’ tokens where those are made and read', () => {
    const having = (variable: string) =>
      serviceNames.filter((name) => variablesOf(name)[variable] !== undefined).sort();
    expect(having('JWT_SECRET')).toEqual(['router', 'users']);
    expect(having('JWT_REFRESH_SECRET')).toEqual(['users']);
  });

  it('hold keys for those whom it calls and of those who call it, and never what they are made from', () => {
    const pairs = serviceNames.flatMap((name) => {
      const variables = variablesOf(name);
      expect(JSON.stringify(variables)).not.toContain('internal secret');
      return [
        ...(variables.INTERNAL_KEYS ?? '')
          .split(',')
          .map((pair) => pair.split(':'))
          .map(([to, key]) => ({ from: name, to, key })),
      ].filter(({ to }) => to !== '');
    });
    expect(pairs.map(({ from, to }) => `${from}>${to}`).sort()).toEqual(calls);
    expect(new Set(pairs.map(({ key }) => key)).size).toBe(calls.length);
    for (const { from, to, key } of pairs) {
      const holders = serviceNames.filter((name) => JSON.stringify(variablesOf(name)).includes(String(key)));
      expect(holders.sort()).toEqual([from, to].sort());
      expect(variablesOf(to as typeof from).INTERNAL_KEYS_ACCEPTED?.split(',')).toContain(`${from}:${key}`);
    }
  });

  it('accept the keys of two secrets while one is replaced, and sign with the first', () => {
    const also = 'o'.repeat(32);
    const config = { ...shop.config, INTERNAL_TOKEN_SECRET_ALSO_ACCEPTED: also };
    const during = { ...shop, config };
    const before = { ...shop, secrets: { ...secrets, internalTokenSecret: also } };
    expect(variablesOf('cart', during).INTERNAL_KEYS).toBe(variablesOf('cart').INTERNAL_KEYS);
    expect(variablesOf('catalog', during).INTERNAL_KEYS_ACCEPTED?.split(',').sort()).toEqual(
      [variablesOf('catalog'), variablesOf('catalog', before)]
        .flatMap(({ INTERNAL_KEYS_ACCEPTED = '' }) => INTERNAL_KEYS_ACCEPTED.split(','))
        .sort(),
    );
  });

  it('lead to the payment provider for orders alone', () => {
    const having = serviceNames.filter((name) => variablesOf(name).PAYMENT_PROVIDER_SECRET !== undefined);
    expect(having).toEqual(['orders']);
    expect(variablesOf('orders')).toMatchObject({
      PAYMENT_PROVIDER_URL: 'http://127.0.0.1:4010',
      PAYMENT_PROVIDER_SECRET: 'provider secret',
    });
    expect(variablesOf('orders', { ...shop, paymentProviderUrl: null }).PAYMENT_PROVIDER_URL).toBeUndefined();
  });

  it('hold the keys of Stripe for orders alone', () => {
    const stripe = {
      PAYMENT_PROVIDER: 'stripe',
      STRIPE_SECRET_KEY: 'sk_test_1',
      STRIPE_WEBHOOK_SECRET: 'whsec_1',
      STRIPE_API_URL: 'http://127.0.0.1:12111',
    };
    const stripeShop = { ...shop, env: { ...env, ...stripe }, paymentProviderUrl: null };
    expect(variablesOf('orders', stripeShop)).toMatchObject(stripe);
    for (const name of serviceNames.filter((other) => other !== 'orders')) {
      expect(JSON.stringify(variablesOf(name, stripeShop))).not.toMatch(/sk_test_1|whsec_1/);
    }
  });
});

describe('the payment provider’s variables', () => {
  it('hold nothing of the shop’s', () => {
    const variables = paymentEnvironment(shop, listener);
    expect(variables).toMatchObject({
      PAYMENTS_DATABASE_URL: 'postgres://payments',
      PAYMENT_PROVIDER_SECRET: 'provider secret',
    });
    const text = JSON.stringify(variables);
    for (const other of ['j'.repeat(32), 'refresh secret', 'internal secret', 'postgres://orders']) {
      expect(text).not.toContain(other);
    }
  });
});
