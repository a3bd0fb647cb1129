import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeFakes, startFakes, startTestRouter, type TestRouter } from './support/router.ts';

let fakes: Awaited<ReturnType<typeof startFakes>>;
let router: TestRouter;
let production: TestRouter;

beforeAll(async () => {
  fakes = await startFakes();
  router = await startTestRouter(fakes);
  production = await startTestRouter(fakes, {
    NODE_ENV: 'production',
    ALLOWED_ORIGINS: 'https://shop.example.com, https://admin.example.com',
  });
});
afterAll(async () => {
  await router.close();
  await production.close();
  await closeFakes(fakes);
});

const paths = ['/graphql', '/api/v1/products'];

function corsHeaders(headers: Headers): string[] {
  return [...headers.keys()].filter((name) => name.startsWith('access-control-'));
}

describe.each(paths)('%s', (path) => {
  it.each(['https://shop.example.com', 'https://admin.example.com'])(
    'lets pages of %s call',
    async (origin) => {
      const preflight = await production.fetch(path, {
        method: 'OPTIONS',
        headers: {
          origin,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'authorization,content-type,idempotency-key',
        },
      });
      const answer = await production.fetch(path, { headers: { origin } });

      expect(preflight.status).toBe(200);
      expect(preflight.headers.get('access-control-allow-origin')).toBe(origin);
      expect(preflight.headers.get('access-control-allow-credentials')).toBe('true');
      expect(preflight.headers.get('access-control-allow-methods')).toBe('GET,POST,PUT,DELETE,PATCH');
      const allowed = preflight.headers.get('access-control-allow-headers')?.toLowerCase().split(',');
      expect(allowed).toEqual(
        expect.arrayContaining([
          'content-type',
          'authorization',
          'idempotency-key',
          'x-request-id',
          'apollo-require-preflight',
        ]),
      );
      expect(answer.headers.get('access-control-allow-origin')).toBe(origin);
      expect(answer.headers.get('access-control-expose-headers')).toContain('Idempotent-Replayed');
      expect(answer.headers.get('vary')).toContain('Origin');
    },
  );

  it.each([
    'https://evil.example',
    'null',
    'https://shop.example.com.evil.example',
    'https://evilshop.example.com',
    'http://shop.example.com',
    'https://shop.example.com:8443',
    'HTTPS://SHOP.EXAMPLE.COM',
    'http://localhost:3000',
    'https://studio.apollographql.com',
  ])('gives %s no CORS header', async (origin) => {
    const preflight = await production.fetch(path, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST' },
    });
    const answer = await production.fetch(path, { headers: { origin } });

    expect(corsHeaders(preflight.headers)).toEqual([]);
    expect(corsHeaders(answer.headers)).toEqual([]);
    expect(answer.headers.get('vary')).toContain('Origin');
  });

  it('lets a local storefront and Sandbox call outside production', async () => {
    for (const origin of [
      'http://localhost:3000',
      'https://studio.apollographql.com',
      'https://sandbox.embed.apollographql.com',
    ]) {
      const answer = await router.fetch(path, { headers: { origin } });
      expect(answer.headers.get('access-control-allow-origin')).toBe(origin);
    }
  });
});

it('allows no origin in production where none is given', async () => {
  const closed = await startTestRouter(fakes, { NODE_ENV: 'production' });

  const answer = await closed.rest('GET', '/products', { headers: { origin: 'http://localhost:3000' } });
  await closed.close();

  expect(corsHeaders(answer.headers)).toEqual([]);
});

describe('every answer', () => {
  it.each(['/graphql', '/api/v1/products', '/nowhere', '/health', '/', '/api/docs'])(
    'has the security headers: %s',
    async (path) => {
      const { headers } = await router.fetch(path);

      expect(headers.get('strict-transport-security')).toMatch(/max-age=\d{8}/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(headers.get('x-powered-by')).toBeNull();
      expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    },
  );

  it.each([
    ['GET', '/api/v1/products', undefined],
    [
      'POST',
      '/graphql',
      JSON.stringify({
        query:
          '{ products { nodes { name description longDescription specifications { name value } images } } p2: products { nodes { name description longDescription images } } p3: products { nodes { name description longDescription images } } p4: products { nodes { name description longDescription images } } }',
      }),
    ],
    ['GET', '/api/openapi.json', undefined],
  ])('is compressed where the client wants it: %s %s', async (method, path, body) => {
    const send = (headers: Record<string, string>) =>
      router.fetch(path, {
        method,
        headers: { 'content-type': 'application/json', ...headers },
        ...(body ? { body } : {}),
      });

    const plain = await send({ 'accept-encoding': 'identity' });
    const packed = await send({ 'accept-encoding': 'gzip' });
    const refused = await send({ 'accept-encoding': 'gzip', 'x-no-compression': '1' });

    expect(packed.headers.get('content-encoding')).toBe(plain.text.length > 1024 ? 'gzip' : null);
    expect(plain.headers.get('content-encoding')).toBeNull();
    expect(refused.headers.get('content-encoding')).toBeNull();
    expect(packed.text).toBe(plain.text);
    expect(packed.headers.get('vary')).toContain('Accept-Encoding');
  });
});
