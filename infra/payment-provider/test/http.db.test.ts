import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { paymentProviderConfig } from '../src/config.ts';
import { startProvider } from './provider-fixture.ts';

let provider: Awaited<ReturnType<typeof startProvider>>;
beforeAll(async () => {
  provider = await startProvider();
});
afterAll(async () => {
  await provider.close();
});

const good = {
  orderId: 'ord_1',
  authorisationKey: 'ord_1:auth:1',
  amountCents: 100,
  currency: 'USD',
  token: 'tok_visa',
};

describe('the HTTP interface', () => {
  it('tells everybody how it is', async () => {
    expect(await provider.send('GET', '/health', undefined, '')).toMatchObject({ status: 200 });
    expect(await provider.send('GET', '/ready', undefined, '')).toMatchObject({ status: 200 });
  });

  it.each(['', 'Bearer ', 'Bearer wrong', 'Basic abc'])('answers nobody with %j', async (authorization) => {
    const answer = await provider.send('POST', '/authorisations', good, authorization);
    expect(answer).toEqual({ status: 401, body: { error: 'The secret is missing or wrong' } });
    expect(await provider.send('DELETE', '/faults', undefined, authorization)).toMatchObject({ status: 401 });
  });

  it.each([
    { amountCents: 0 },
    { amountCents: 1.5 },
    { amountCents: '100' },
    { amountCents: 10_000_000_000 },
    { currency: 'usd' },
    { orderId: '' },
    { authorisationKey: 'x'.repeat(101) },
    { token: undefined },
  ])('takes no authorisation with %j', async (fault) => {
    expect(await provider.send('POST', '/authorisations', { ...good, ...fault })).toMatchObject({
      status: 400,
    });
  });

  it.each([
    ['{"orderId":', 400],
    [JSON.stringify({ ...good, token: 'x'.repeat(20_000) }), 413],
  ])('takes no such body: %.20s', async (body, status) => {
    expect(await provider.send('POST', '/authorisations', body)).toMatchObject({ status });
  });

  it.each([
    ['GET', '/', 404],
    ['PUT', '/authorisations', 404],
    ['GET', '/authorisations/%', 400],
  ])('has no %s %s', async (method, path, status) => {
    expect(await provider.send(method, path)).toMatchObject({ status });
  });

  it('makes no faults where they are switched off', async () => {
    const fault = { operation: 'capture', fault: 'refuse' };
    expect(await provider.send('POST', '/faults', fault)).toMatchObject({ status: 403 });
    expect(await provider.send('DELETE', '/faults')).toMatchObject({ status: 403 });
  });
});

describe('the configuration', () => {
  const env = {
    PAYMENTS_DATABASE_URL: 'postgres://localhost/payments',
    PAYMENT_PROVIDER_SECRET: 'x'.repeat(32),
  };

  it('makes no faults unless it is told to', () => {
    expect(paymentProviderConfig.parse(env).PAYMENT_FAULTS).toBe('off');
  });

  it('wants a secret of 32 bytes', () => {
    const { error } = paymentProviderConfig.safeParse({ ...env, PAYMENT_PROVIDER_SECRET: 'short' });
    expect(error?.issues).toMatchObject([{ path: ['PAYMENT_PROVIDER_SECRET'] }]);
  });
});
