import { startTestSupergraph, type TestSupergraph } from '@commerce/testkit/in-process-supergraph';
import { createTestRedis, describeRedis } from '@commerce/testkit/redis';
import { startRedisServer } from '@commerce/testkit/redis-server';
import { Redis } from 'ioredis';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createShopClient, type ShopClient } from './client.ts';

/** Who is counted as whom, from the client's address to the bucket. */

vi.setConfig({ testTimeout: 120_000 });

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close();
});

type Shop = TestSupergraph & { client: ShopClient };

async function open(options: Parameters<typeof startTestSupergraph>[0]): Promise<Shop> {
  const shop = await startTestSupergraph(options);
  opened.push(shop);
  return { ...shop, client: createShopClient(shop.url) };
}

const behindProxy = { TRUSTED_PROXIES: '1' };
const PASSWORD = 'Demo-Passw0rd!';
const VICTIM = 'customer@example.com';
const LOGIN = 'mutation ($input: LoginInput!) { login(input: $input) { session { expiresIn } } }';

type Attempt = { from?: string; email?: string; password?: string };

function credentialsOf({ email = VICTIM, password = 'Wrong-Passw0rd!' }: Attempt) {
  return { email, password };
}

function forwarded({ from }: Attempt): Record<string, string> {
  return from === undefined ? {} : { 'x-forwarded-for': from };
}

async function logIn({ client }: Shop, attempt: Attempt = {}) {
  const options = { body: credentialsOf(attempt), headers: forwarded(attempt) };
  return await client.rest('POST', '/api/v1/users/login', options);
}

const statusOf = async (shop: Shop, attempt?: Attempt) => (await logIn(shop, attempt)).status;

async function graphql(shop: Shop, query: string, variables: unknown, attempt: Attempt = {}) {
  const answer = await shop.client.rest('POST', '/graphql', {
    body: { query, variables },
    headers: forwarded(attempt),
  });
  const body = Object(answer.body);
  const codes: unknown[] = (body.errors ?? []).map((error: unknown) => Object(error).extensions?.code);
  return { ...answer, codes };
}

async function statuses(shop: Shop, attempts: readonly Attempt[]): Promise<number[]> {
  const all: number[] = [];
  for (const attempt of attempts) all.push(await statusOf(shop, attempt));
  return all;
}

describe('a client', () => {
  it('without trusted proxies is its connection, whatever addresses it writes', async () => {
    const shop = await open({ authLimit: 3 });

    const attempts = [1, 2, 3, 4].map((last) => ({ from: `203.0.113.${last}` }));

    expect(await statuses(shop, attempts)).toEqual([401, 401, 401, 429]);
  });

  it('behind a trusted proxy is the address that this wrote, IPv6 by /64', async () => {
    const shop = await open({ authLimit: 3, env: behindProxy });

    const rotating = [1, 2, 3, 4].map((first) => ({ from: `10.0.0.${first}, 203.0.113.9` }));
    const network = ['::1', '::2', ':ffff::3', ':0:0:1:4'].map((rest) => ({ from: `2001:db8:1:2${rest}` }));

    expect(await statuses(shop, rotating)).toEqual([401, 401, 401, 429]);
    expect(await statusOf(shop, { from: '10.0.0.1, 203.0.113.10' })).toBe(401);
    expect(await statuses(shop, network)).toEqual([401, 401, 401, 429]);
    expect(await statusOf(shop, { from: '2001:db8:1:3::1' })).toBe(401);
  });

  it('is one by REST and by GraphQL, and for every alias', async () => {
    const shop = await open({ authLimit: 10 });
    const login = 'login(input: $input) { session { expiresIn } }';
    const aliases = Array.from({ length: 30 }, (_, index) => `a${index}: ${login}`).join(' ');

    expect(await statuses(shop, [{}, {}])).toEqual([401, 401]);
    const input = credentialsOf({ email: 'nobody@example.com' });
    const answer = await graphql(shop, `mutation ($input: LoginInput!) { ${aliases} }`, { input });

    expect(answer.codes.filter((code) => code === 'RATE_001').length).toBeGreaterThanOrEqual(22);
    expect(answer.codes).toHaveLength(30);
    expect(answer.headers.get('ratelimit-remaining')).toBe('0');
    const byRest = await logIn(shop, { email: 'another@example.com' });
    const other = credentialsOf({ email: 'another@example.com' });
    const byGraphql = await graphql(shop, LOGIN, { input: other });
    for (const refused of [byRest, byGraphql]) {
      expect(refused.status).toBe(429);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(800);
      expect(refused.headers.get('ratelimit-policy')).toBe('10;w=900');
      expect(refused.headers.get('ratelimit')).toMatch(/^limit=10, remaining=0, reset=\d+$/);
    }
    expect(byRest.body).toMatchObject({ success: false, error: { code: 'RATE_001' } });
    expect(byGraphql.codes).toEqual(['RATE_001']);
  });
});

describe('an account', () => {
  it('is one however its e-mail address is written and wherever the caller is', async () => {
    const shop = await open({ authLimit: 3, env: behindProxy });
    const request =
      'mutation ($input: RequestPasswordResetInput!) { requestPasswordReset(input: $input) { accepted } }';
    const spellings = [VICTIM, VICTIM.toUpperCase(), ` ${VICTIM} `, 'Customer@Example.com'];

    const answers = [];
    for (const [index, email] of spellings.entries())
      answers.push(await graphql(shop, request, { input: { email } }, { from: `203.0.113.${index}` }));

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
  });

  it('that others guess at is open where its owner usually is, and closed to new ones', async () => {
    const shop = await open({ env: behindProxy });
    const right = { email: VICTIM, password: PASSWORD };
    const home = '2001:db8:aaaa:1::5';
    expect(await statusOf(shop, { ...right, from: home })).toBe(200);

    // One who tries often, and many who try once each.
    const one = await statuses(shop, Array<Attempt>(7).fill({ from: '203.0.113.66' }));
    const many = await statuses(
      shop,
      Array.from({ length: 25 }, (_, last) => ({ from: `198.51.100.${last}` })),
    );

    expect(one.slice(0, 5)).toEqual([401, 401, 401, 401, 401]);
    expect(one.slice(5)).toEqual([429, 429]);
    expect(many.slice(20)).toContain(429);
    expect(await statusOf(shop, { ...right, from: '203.0.113.66' })).toBe(429);
    // Another address of the owner's line.
    expect(await statusOf(shop, { ...right, from: '2001:db8:aaaa:1::99' })).toBe(200);
  });

  it('places so many orders, by whatever way', async () => {
    const shop = await open({ env: { RATE_LIMIT_ORDER_MAX: '2' } });
    const { token } = await shop.client.signUp();
    const body = {
      shippingAddress: { street: '1 Main St', city: 'Town', state: 'NY', zipCode: '10001', country: 'USA' },
      paymentMethod: { type: 'credit_card', token: 'tok_visa_1234' },
    };
    const byRest = async () => await shop.client.rest('POST', '/api/v1/orders', { token, body });
    const create = 'mutation ($input: CreateOrderInput!) { createOrder(input: $input) { replayed } }';

    // An empty cart: that is tried, too.
    expect((await byRest()).status).toBe(400);
    const second = await shop.client.graphql(create, { token, variables: { input: body } });
    expect(second.errors[0]?.extensions.code).toBe('BUS_002');

    const refused = await byRest();
    expect(refused.status).toBe(429);
    expect(refused.body).toMatchObject({ error: { code: 'RATE_001' } });
    expect(refused.headers.get('ratelimit-policy')).toBe('2;w=900');
  });
});

it('a thousand logins, two hundred at once, leave every service answering', async () => {
  const shop = await open({});
  let isOver = false;
  const crowd = inCrowd(1_000, 200, (index) =>
    statusOf(shop, { email: `nobody${index}@example.com` }),
  ).finally(() => {
    isOver = true;
  });
  const durations: number[] = [];
  while (!isOver) {
    for (const origin of [shop.url, shop.origins.users]) {
      const startedAt = performance.now();
      const health = await fetch(`${origin}/health`);
      durations.push(performance.now() - startedAt);
      expect(health.status).toBe(200);
      await health.text();
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }

  const answers = await crowd;
  expect(new Set(answers)).toEqual(new Set([401, 503]));
  expect(durations.length).toBeGreaterThan(20);
  const sorted = durations.sort((a, b) => a - b);
  expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThan(500);
  expect(sorted.at(-1)).toBeLessThan(3_000);
}, 300_000);

/** Does so many things, `width` at once. */
async function inCrowd<Result>(
  count: number,
  width: number,
  work: (index: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  let next = 0;
  const one = async () => {
    while (next < count) results.push(await work(next++));
  };
  await Promise.all(Array.from({ length: width }, one));
  return results;
}

describeRedis('with Redis', () => {
  it('three routers count one client once, by REST, GraphQL and account', async () => {
    const { url: redisUrl } = await createTestRedis();
    const shops: Shop[] = [];
    for (let count = 0; count < 3; count += 1)
      shops.push(await open({ redisUrl, authLimit: 4, apiLimit: 6 }));
    const [first, second, third] = shops;
    if (!first || !second || !third) throw new Error('Three were opened');
    const email = 'nobody@example.com';

    const answers = [await statusOf(first, { email }), await statusOf(second, { email })];
    answers.push((await graphql(third, LOGIN, { input: credentialsOf({ email }) })).status);
    answers.push(await statusOf(third, { email }), await statusOf(first, { email }));
    answers.push((await graphql(second, LOGIN, { input: credentialsOf({ email }) })).status);
    expect(answers).toEqual([401, 401, 200, 401, 429, 429]);

    const listed = [];
    for (const { client } of [second, third, first])
      listed.push((await client.rest('GET', '/api/v1/products')).status);
    expect(listed).toEqual([200, 200, 429]);
  });

  it('that dies, hangs or forgets there is still a limit, without an error or a wait', async () => {
    const redis = await startRedisServer();
    opened.push(redis);
    const shop = await open({ redisUrl: redis.url, authLimit: 3, env: behindProxy });
    const timed = async (from: string, email: string) => {
      const answers = [];
      for (let time = 0; time < 5; time += 1) {
        const startedAt = performance.now();
        const { status } = await logIn(shop, { from, email });
        answers.push({ status, durationMs: performance.now() - startedAt });
      }
      return answers;
    };
    const limited = [401, 401, 401, 429, 429];
    const statusesOf = (answers: { status: number }[]) => answers.map(({ status }) => status);
    const usual = await timed('203.0.113.1', 'a@example.com');
    expect(statusesOf(usual)).toEqual(limited);

    const admin = new Redis(redis.url);
    opened.push({ close: async () => admin.disconnect() });
    admin.on('error', () => undefined);
    await admin.flushall();
    expect(statusesOf(await timed('203.0.113.2', 'b@example.com'))).toEqual(limited);
    expect(statusesOf(await timed('203.0.113.1', 'a@example.com'))).toEqual([429, 429, 429, 429, 429]);

    const pid = Number(/process_id:(\d+)/.exec(await admin.info('server'))?.[1]);
    process.kill(pid, 'SIGSTOP');
    const hung = await timed('203.0.113.3', 'c@example.com');
    process.kill(pid, 'SIGCONT');
    expect(statusesOf(hung)).toEqual(limited);

    await redis.kill();
    const away = await timed('203.0.113.4', 'd@example.com');
    expect(statusesOf(away)).toEqual(limited);
    // No slow hash is made for the refused ones.
    const quickest = (answers: { durationMs: number }[]) =>
      Math.min(...answers.slice(3).map(({ durationMs }) => durationMs));
    for (const answers of [hung, away]) expect(quickest(answers) - quickest(usual)).toBeLessThan(100);
    expect(statusesOf(await timed('203.0.113.1', 'a@example.com'))).toEqual([429, 429, 429, 429, 429]);
  });
});
