import { AppError } from '@commerce/kit/errors';
import { createTestRedis, describeRedis } from '@commerce/testkit/redis';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { closeFakes, startFakes, startTestRouter, type TestRouter } from './support/router.ts';

const PATH = '/webhooks/stripe';

let fakes: Awaited<ReturnType<typeof startFakes>>;
let handed = 0;
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

/** The orders service takes what is signed with "good". */
async function start(variables: Record<string, string> = {}): Promise<TestRouter> {
  handed = 0;
  fakes.orders.override({
    Mutation: {
      receivePaymentWebhook(_: unknown, { input }: { input: { signature: string } }) {
        handed += 1;
        if (input.signature === 'down') throw new AppError('SYS_002');
        if (input.signature !== 'good') throw new AppError('AUTH_003', 'The signature is not valid');
        return { received: true };
      },
    },
  });
  const router = await startTestRouter(fakes, {
    RATE_LIMIT_WEBHOOK_FORGERY_MAX: '3',
    RATE_LIMIT_WINDOW_SECONDS: '60',
    TRUSTED_PROXIES: '1',
    ...variables,
  });
  closers.push(router.close);
  return router;
}

async function send(router: TestRouter, signature: string | null, address = '203.0.113.1') {
  const headers = {
    'x-forwarded-for': address,
    ...(signature === null ? {} : { 'stripe-signature': signature }),
  };
  return await router.fetch(PATH, { method: 'POST', body: '{}', headers });
}

it('messages without a good signature are soon not looked at any more, and good ones from elsewhere are', async () => {
  const router = await start();
  for (const signature of [null, 'bad', null]) expect((await send(router, signature)).status).toBe(401);
  const seen = handed;

  const refused = await send(router, 'bad');

  expect(refused.status).toBe(429);
  expect(refused.body).toMatchObject({ success: false, error: { code: 'RATE_001', path: PATH } });
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(50);
  expect(refused.headers.get('ratelimit-policy')).toBe('3;w=60');
  expect(refused.headers.get('ratelimit')).toMatch(/^limit=3, remaining=0, reset=\d+$/);
  expect(handed).toBe(seen);
  expect((await send(router, 'good', '203.0.113.2')).status).toBe(200);
});

it('a burst of the provider’s own passes, also while the orders service is away', async () => {
  const router = await start();

  const away = await Promise.all(Array.from({ length: 20 }, () => send(router, 'down')));
  const back: typeof away = [];
  for (let round = 0; round < 10; round += 1)
    back.push(...(await Promise.all(Array.from({ length: 20 }, () => send(router, 'good')))));

  expect(new Set(away.map(({ status }) => status))).toEqual(new Set([503]));
  expect(new Set(back.map(({ status }) => status))).toEqual(new Set([200]));
});

it('messages of any kind have a limit, which is not that of REST', async () => {
  const router = await start({ RATE_LIMIT_WEBHOOK_MAX: '5' });
  const statuses: number[] = [];
  for (let sent = 0; sent < 7; sent += 1) statuses.push((await send(router, 'good')).status);

  expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429]);
  const rest = await router.rest('GET', '/products/prod_001', {
    headers: { 'x-forwarded-for': '203.0.113.1' },
  });
  expect(rest.status).toBe(200);
});

describeRedis('with Redis', () => {
  it('routers share what they know of forgeries', async () => {
    const { url } = await createTestRedis();
    const routers = [await start({ REDIS_URL: url }), await start({ REDIS_URL: url })];
    await new Promise((resolve) => setTimeout(resolve, 500));
    const statuses: number[] = [];
    for (const router of [...routers, ...routers]) statuses.push((await send(router, 'bad')).status);

    expect(statuses).toEqual([401, 401, 401, 429]);
  });
});
