import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { closeFakes, startFakes, startTestRouter, type TestRouter } from './support/router.ts';

let fakes: Awaited<ReturnType<typeof startFakes>>;
let router: TestRouter;
let production: TestRouter;

beforeAll(async () => {
  fakes = await startFakes();
  router = await startTestRouter(fakes);
  production = await startTestRouter(fakes, { NODE_ENV: 'production' });
});
afterEach(() => {
  for (const fake of Object.values(fakes)) fake.reset();
});
afterAll(async () => {
  await router.close();
  await production.close();
  await closeFakes(fakes);
});

const html = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

it('tells at / what is where, to people and to programs', async () => {
  const page = await router.fetch('/', { headers: html });
  const json = await router.fetch('/');

  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(page.text).toContain('href="/api/docs"');
  expect(json.body.links).toHaveProperty('/graphql');
});

/** Every script and style of a page must be one that its policy lets run. */
function expectRunnable(page: { text: string; headers: Headers }): void {
  const policy = page.headers.get('content-security-policy') ?? '';
  expect(policy).toContain("frame-ancestors 'none'");
  const nonce = /'nonce-([^']+)'/.exec(policy)?.[1];
  expect(nonce).toBeDefined();
  for (const [tag] of page.text.matchAll(/<(?:script|style)\b[^>]*>/g)) {
    const source = /src="([^"]+)"/.exec(tag)?.[1];
    const isLocal =
      source?.startsWith('/') && policy.includes("script-src 'nonce-") && policy.includes("'self'");
    expect(tag.includes(`nonce="${nonce}"`) || isLocal).toBe(true);
  }
  expect(page.text).not.toMatch(/\son\w+="/);
}

describe('Apollo Sandbox', () => {
  it('is the page at /graphql outside production', async () => {
    const page = await router.fetch('/graphql', { headers: html });

    expect(page.status).toBe(200);
    expect(page.text).toContain('https://embeddable-sandbox.cdn.apollographql.com/v2/');
    expect(page.headers.get('content-security-policy')).toContain(
      'frame-src https://sandbox.embed.apollographql.com',
    );
    expectRunnable(page);
    const again = await router.fetch('/graphql', { headers: html });
    expect(again.headers.get('content-security-policy')).not.toBe(
      page.headers.get('content-security-policy'),
    );
  });

  it('is not there in production', async () => {
    const page = await production.fetch('/graphql', { headers: html });

    expect(page.status).toBe(400);
    expect(page.text).not.toContain('sandbox');
  });
});

describe('the documentation', () => {
  it('is Swagger UI with its assets from here', async () => {
    const page = await router.fetch('/api/docs', { headers: html });
    const script = await router.fetch('/api/docs/swagger-ui-bundle.js');
    const style = await router.fetch('/api/docs/swagger-ui.css');

    expectRunnable(page);
    expect(page.text).not.toMatch(/https?:\/\//);
    expect(script.headers.get('content-type')).toContain('javascript');
    expect(script.text.length).toBeGreaterThan(500_000);
    expect(style.headers.get('content-type')).toContain('text/css');
  });

  it.each(['/api/docs/package.json', '/api/docs/..%2fpackage.json', '/api/docs/../../package.json'])(
    'gives no other file: %s',
    async (path) => {
      expect((await router.fetch(path)).status).toBe(404);
    },
  );

  it('describes what is committed', async () => {
    const served = await router.fetch('/api/openapi.json');
    const committed = readFileSync(new URL('../../schema/openapi.json', import.meta.url), 'utf8');

    expect(served.body).toEqual(JSON.parse(committed));
  });
});

describe('the probes', () => {
  it('say that the process runs, even without subgraphs', async () => {
    const answer = await router.fetch('/health');

    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ status: 'ok' });
  });

  it('say whether requests can be answered', async () => {
    const ready = await startTestRouter(fakes);
    const whole = await ready.fetch('/ready');
    await ready.close();
    const nowhere = { url: 'http://127.0.0.1:9' };
    fakes.cart.setReady(false);
    const partial = await startTestRouter({ ...fakes, users: nowhere });
    const missing = await partial.fetch('/ready');
    await partial.close();

    expect(whole.status).toBe(200);
    expect(whole.body.status).toBe('ready');
    expect(missing.status).toBe(503);
    expect(missing.body).toEqual({
      status: 'unavailable',
      subgraphs: { users: 'away', catalog: 'ready', cart: 'away', orders: 'ready' },
    });
  });

  it('count requests by route, never by path', async () => {
    await router.rest('GET', '/products/prod_001');
    await router.rest('GET', '/products/prod_none');
    await router.rest('GET', '/some/random/path');
    await router.graphql('{ __typename }');

    const { text } = await router.fetch('/metrics');

    expect(text).toMatch(
      /http_requests_total\{method="GET",route="\/api\/v1\/products\/\{productId\}",status_code="404",service="router"\} 1/,
    );
    expect(text).toContain('http_request_duration_seconds_bucket');
    expect(text).toContain('route="/graphql"');
    expect(text).toContain('route="unknown"');
    expect(text).not.toContain('prod_001');
    expect(text).not.toContain('random');
  });
});
