import { type AddressInfo, connect, createServer } from 'node:net';
import { AppError } from '@commerce/kit/errors';
import { limitError } from '@commerce/kit/limiter';
import { createTestRedis, describeRedis } from '@commerce/testkit/redis';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { closeFakes, startFakes, startTestRouter, type TestRouter } from './support/router.ts';

let fakes: Awaited<ReturnType<typeof startFakes>>;
const closers: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  fakes = await startFakes();
});
afterEach(async () => {
  for (const fake of Object.values(fakes)) fake.reset();
  for (const close of closers.splice(0).reverse()) await close();
});
afterAll(async () => {
  await closeFakes(fakes);
});

async function start(variables: Record<string, string>): Promise<TestRouter> {
  const router = await startTestRouter(fakes, {
    RATE_LIMIT_API_MAX: '3',
    RATE_LIMIT_GRAPHQL_MAX: '2',
    RATE_LIMIT_WINDOW_SECONDS: '60',
    ...variables,
  });
  closers.push(router.close);
  return router;
}

const product = (router: TestRouter, headers: Record<string, string> = {}) =>
  router.rest('GET', '/products/prod_001', { headers });
const typename = (router: TestRouter, headers: Record<string, string> = {}) =>
  router.graphql('{ __typename }', { headers });

describe('the limit of REST', () => {
  it('counts down, then answers 429 with the envelope', async () => {
    const router = await start({});

    const first = await product(router);
    await product(router);
    await router.rest('GET', '/nowhere');
    const refused = await product(router);

    expect(first.headers.get('ratelimit-limit')).toBe('3');
    expect(first.headers.get('ratelimit-remaining')).toBe('2');
    expect(first.headers.get('ratelimit-policy')).toBe('3;w=60');
    expect(first.headers.get('ratelimit')).toMatch(/^limit=3, remaining=2, reset=\d+$/);
    expect(refused.status).toBe(429);
    expect(refused.body.error).toMatchObject({ code: 'RATE_001', message: 'Too many requests' });
    const seconds = Number(refused.headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(50);
    expect(seconds).toBeLessThanOrEqual(60);
    expect(refused.headers.get('ratelimit-remaining')).toBe('0');
  });

  it('is a bucket of its own, and counts no probes, pages or preflights', async () => {
    const router = await start({});

    for (const path of ['/health', '/ready', '/metrics', '/', '/api/docs', '/api/openapi.json']) {
      for (let time = 0; time < 4; time += 1) expect((await router.fetch(path)).status).toBe(200);
    }
    for (let time = 0; time < 4; time += 1) await router.rest('OPTIONS', '/products');
    await typename(router);
    await typename(router);

    expect((await product(router)).headers.get('ratelimit-remaining')).toBe('2');
  });
});

describe('the limit of GraphQL', () => {
  it('answers 429 in GraphQL’s form', async () => {
    const router = await start({});

    await typename(router);
    await typename(router);
    const refused = await typename(router);

    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toMatch(/^\d+$/);
    expect(refused.body.errors[0]).toMatchObject({
      message: 'Too many requests',
      extensions: { code: 'RATE_001', httpStatus: 429 },
    });
  });
});

describe('a client', () => {
  it('gets no new bucket by writing other addresses', async () => {
    const router = await start({});

    for (let time = 0; time < 3; time += 1) await product(router, { 'x-forwarded-for': `1.1.1.${time}` });

    expect((await product(router, { 'x-forwarded-for': '9.9.9.9' })).status).toBe(429);
  });

  it('behind a trusted proxy is told from others by its own address, whatever it adds in front', async () => {
    const router = await start({ TRUSTED_PROXIES: '1' });

    for (let time = 0; time < 3; time += 1)
      await product(router, { 'x-forwarded-for': `${time}.1.1.1, 203.0.113.9` });

    expect((await product(router, { 'x-forwarded-for': '5.5.5.5, 203.0.113.9' })).status).toBe(429);
    expect((await product(router, { 'x-forwarded-for': '203.0.113.10' })).status).toBe(200);
  });

  it('is one for all addresses of an IPv6 network', async () => {
    const router = await start({ TRUSTED_PROXIES: '1' });

    for (let time = 0; time < 3; time += 1)
      await product(router, { 'x-forwarded-for': `2001:db8:1:2::${time + 1}` });

    expect((await product(router, { 'x-forwarded-for': '2001:db8:1:2:aaaa::1' })).status).toBe(429);
    expect((await product(router, { 'x-forwarded-for': '2001:db8:1:3::1' })).status).toBe(200);
  });
});

it('hands a subgraph’s own limit on to REST, with the time to wait', async () => {
  const router = await start({});
  const login = () => {
    throw new AppError('RATE_001', undefined, { retryAfterSeconds: 321 });
  };
  fakes.users.override({ Mutation: { login } });

  const answer = await router.rest('POST', '/users/login', { body: { email: 'a@b.c', password: 'x' } });

  expect(answer.status).toBe(429);
  expect(answer.headers.get('retry-after')).toBe('321');
  expect(answer.body.error.code).toBe('RATE_001');
});

describe('a limit of a field', () => {
  const refuse = (retryAfterSeconds: number) => () => {
    throw limitError({ limit: 5, windowSeconds: 900, resetSeconds: retryAfterSeconds });
  };
  const headers = (answer: { headers: Headers }) =>
    ['retry-after', 'ratelimit', 'ratelimit-policy', 'ratelimit-limit', 'ratelimit-remaining'].map((name) =>
      answer.headers.get(name),
    );
  const told = ['321', 'limit=5, remaining=0, reset=321', '5;w=900', '5', '0'];
  const credentials = '{ email: "a@b.c", password: "x" }';

  it('is told by the headers of REST instead of that of requests', async () => {
    const router = await start({});
    fakes.users.override({ Mutation: { login: refuse(321) } });

    const answer = await router.rest('POST', '/users/login', { body: { email: 'a@b.c', password: 'x' } });

    expect(answer.status).toBe(429);
    expect(headers(answer)).toEqual(told);
  });

  it('is told by the status and headers of GraphQL where nothing else was done', async () => {
    const router = await start({});
    fakes.users.override({ Mutation: { login: refuse(321) } });

    const answer = await router.graphql(
      `mutation { login(input: ${credentials}) { session { expiresIn } } }`,
    );

    expect(answer.status).toBe(429);
    expect(headers(answer)).toEqual(told);
    expect(answer.body.errors[0].extensions).toMatchObject({ code: 'RATE_001', httpStatus: 429 });
  });

  it('leaves an answer that holds more at 200, and tells the longest wait', async () => {
    const router = await start({});
    let calls = 0;
    const login = () => {
      calls += 1;
      return refuse(calls === 1 ? 321 : 7)();
    };
    fakes.users.override({ Mutation: { login } });

    const answer = await router.graphql(`mutation {
      a: login(input: ${credentials}) { session { expiresIn } }
      b: login(input: ${credentials}) { session { expiresIn } }
      register(input: { email: "a@b.c", password: "x", firstName: "A", lastName: "B" }) { user { userId } }
    }`);

    expect(answer.status).toBe(200);
    expect(headers(answer)).toEqual(told);
    expect(answer.body.data).toEqual({
      a: null,
      b: null,
      register: { user: { userId: expect.any(String) } },
    });
  });
});

it('still limits while Redis is away, and fails no request', async () => {
  const router = await start({ REDIS_URL: 'redis://127.0.0.1:9' });

  const statuses = [];
  for (let time = 0; time < 4; time += 1) statuses.push((await product(router)).status);

  expect(statuses).toEqual([200, 200, 200, 429]);
});

describeRedis('with Redis', () => {
  it('routers share one bucket', async () => {
    const { url } = await createTestRedis();
    const routers = await Promise.all([start({ REDIS_URL: url }), start({ REDIS_URL: url })]);

    await waitForClients(url, 2);
    const remaining = [];
    for (const router of [...routers, ...routers]) {
      const answer = await product(router);
      remaining.push([answer.status, answer.headers.get('ratelimit-remaining')]);
    }

    expect(remaining).toEqual([
      [200, '2'],
      [200, '1'],
      [200, '0'],
      [429, '0'],
    ]);
  });

  it('that stops answering costs a request a moment, and there is still a limit', async () => {
    const { url } = await createTestRedis();
    const proxy = await startFreezableProxy(new URL(url));
    const router = await start({ REDIS_URL: proxy.url });
    await waitForClients(url, 1);
    expect((await product(router)).status).toBe(200);

    proxy.freeze();
    const startedAt = performance.now();
    const statuses = [];
    for (let time = 0; time < 4; time += 1) statuses.push((await product(router)).status);

    expect(statuses).toEqual([200, 200, 200, 429]);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });
});

/** Hands bytes on to a server until it is frozen; then its connections stay open and silent. */
async function startFreezableProxy(target: URL): Promise<{ url: string; freeze(): void }> {
  let isFrozen = false;
  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    client.on('data', (bytes) => isFrozen || upstream.write(bytes));
    upstream.on('data', (bytes) => isFrozen || client.write(bytes));
    for (const socket of [client, upstream]) {
      socket.on('error', () => {});
      socket.on('close', () => [client, upstream].map((each) => each.destroy()));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  closers.unshift(async () => server.close());
  const url = new URL(target);
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    freeze() {
      isFrozen = true;
    },
  };
}

/** Until a router's connection is made, it counts for itself. */
async function waitForClients(url: string, count: number): Promise<void> {
  const redis = new Redis(url);
  const database = new URL(url).pathname.slice(1);
  try {
    await vi.waitFor(async () => {
      const list = String(await redis.client('LIST'));
      const inDatabase = list.split('\n').filter((line) => line.includes(` db=${database} `));
      expect(inDatabase.length).toBeGreaterThan(count);
    }, 10_000);
  } finally {
    redis.disconnect();
  }
  await new Promise((resolve) => setTimeout(resolve, 200));
}
