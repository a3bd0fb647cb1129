import { newId } from '@commerce/kit/ids';
import { createLogger } from '@commerce/kit/logger';
import { openRedis } from '@commerce/kit/redis';
import { createTestRedis, describeRedis } from '@commerce/testkit/redis';
import { hasRedisServer, startRedisServer } from '@commerce/testkit/redis-server';
import type { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createRefreshTokens } from '../src/domain/refresh-tokens.ts';
import { createUsersFixture, password, type UsersFixture } from './users-fixture.ts';

const logger = createLogger({ service: 'test', level: 'silent' });
const limits = { max: 5, windowSeconds: 900, redis: null };
let host: UsersFixture;
beforeAll(async () => {
  host = await createUsersFixture();
});
afterAll(async () => await host.close());

const opened: { close(): Promise<unknown> | unknown }[] = [];
afterEach(async () => {
  for (const { close } of opened.splice(0).reverse()) await close();
});

async function limited(redis: Redis | null = null): Promise<UsersFixture> {
  const users = await createUsersFixture({ limits: { ...limits, redis } }, host);
  opened.push(users);
  return users;
}

async function connected(url: string): Promise<Redis> {
  const redis = openRedis(url, logger);
  if (!redis) throw new Error('No URL');
  opened.push({ close: () => redis.disconnect() });
  await vi.waitFor(() => expect(redis.status).toBe('ready'));
  return redis;
}

const attempt = async (users: UsersFixture, clientAddress = '192.0.2.1', email = 'nobody@example.com') => {
  const query = `mutation { login(input: { email: "${email}", password: "x" }) { session { expiresIn } } }`;
  const { errors } = await users.run(query, { clientAddress });
  return errors[0]?.extensions.code;
};
const attempts = async (users: UsersFixture, times: number, clientAddress?: string) => {
  const codes: unknown[] = [];
  for (let i = 0; i < times; i += 1) codes.push(await attempt(users, clientAddress));
  return codes;
};
const wrong = (times: number) => Array<string>(times).fill('AUTH_001');

describe('the limit of logins', () => {
  it('answers RATE_001 past five, and says when to come again', async () => {
    const users = await limited();
    expect(await attempts(users, 5)).toEqual(wrong(5));
    const { errors } = await users.run(
      'mutation { login(input: { email: "a@example.com", password: "x" }) { session { expiresIn } } }',
    );
    const { retryAfterSeconds } = errors[0]?.extensions ?? {};
    expect(errors[0]?.extensions).toEqual({
      code: 'RATE_001',
      httpStatus: 429,
      retryAfterSeconds,
      details: { retryAfterSeconds, limit: 5, windowSeconds: 900 },
    });
    expect(retryAfterSeconds).toBeGreaterThan(890);
    expect(retryAfterSeconds).toBeLessThanOrEqual(900);
  });

  it('does no work past it', async () => {
    const users = await limited();
    await attempts(users, 5);
    users.passwordCalls.length = 0;
    await attempt(users);
    expect(users.passwordCalls).toEqual([]);
  });

  it('is one for each client address, and the /64 of IPv6', async () => {
    const users = await limited();
    await attempts(users, 5);
    expect(await attempt(users, '192.0.2.2')).toBe('AUTH_001');
    expect(await attempt(users, '::ffff:192.0.2.1')).toBe('RATE_001');
    await attempts(users, 5, '2001:db8::1');
    expect(await attempt(users, '2001:db8:0:0:ffff::2')).toBe('RATE_001');
    expect(await attempt(users, '2001:db8:0:1::1')).toBe('AUTH_001');
  });

  it('is not got round by the case of an address, nor shared with other fields', async () => {
    const users = await limited();
    await attempts(users, 5);
    expect(await attempt(users, '192.0.2.1', 'NOBODY@example.com')).toBe('RATE_001');
    expect(
      (await users.mutate('requestPasswordReset', { email: 'a@example.com' }, 'accepted')).code,
    ).toBeNull();
  });

  it('counts each alias of one operation', async () => {
    const users = await limited();
    const user = await users.register({ email: `${users.app.name}${Date.now()}@example.com` });
    const input = `input: { email: "${user.email}", password: "${password}" }`;
    const fields = Array.from({ length: 30 }, (_, i) => `a${i}: login(${input}) { session { expiresIn } }`);
    users.passwordCalls.length = 0;
    const { data, errors } = await users.run(`mutation { ${fields.join(' ')} }`);
    expect(Object.values(data).filter(Boolean)).toHaveLength(5);
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(Array(25).fill('RATE_001'));
    expect(users.passwordCalls).toHaveLength(5);
  });

  it('counts what is asked for under another name, of one account from many places', async () => {
    const users = await limited();
    const query = 'mutation { a: requestPasswordReset(input: { email: "a@example.com" }) { accepted } }';
    const codes: unknown[] = [];
    for (let place = 1; place <= 6; place += 1) {
      const { errors } = await users.run(query, { clientAddress: `192.0.2.${place}` });
      codes.push(errors[0]?.extensions.code);
    }
    expect(codes).toEqual([...Array(5).fill(undefined), 'RATE_001']);
  });

  it('ends with its window', async () => {
    const users = await createUsersFixture({ limits: { max: 1, windowSeconds: 1, redis: null } }, host);
    opened.push(users);
    expect(await attempts(users, 2)).toEqual(['AUTH_001', 'RATE_001']);
    await vi.waitFor(async () => expect(await attempt(users)).toBe('AUTH_001'), 5_000);
  });
});

it.each([
  ['register', { email: 'x', password: 'x', firstName: 'x', lastName: 'x' }, 'user { userId }'],
  ['login', { email: 'x', password: 'x' }, 'session { expiresIn }'],
  ['changePassword', { currentPassword: 'x', newPassword: 'x' }, 'user { userId }'],
  ['requestPasswordReset', { email: 'x' }, 'accepted'],
  ['resetPassword', { token: 'x', newPassword: 'x' }, 'passwordReset'],
  ['verifyEmail', { token: 'x' }, 'emailVerified'],
  ['refreshSession', { refreshToken: 'x' }, 'session { expiresIn }'],
])('%s is limited, also where its input is refused', async (field, input, selection) => {
  const users = await limited();
  for (let i = 0; i < 5; i += 1)
    expect((await users.mutate(field, input, selection)).code).not.toBe('RATE_001');
  expect((await users.mutate(field, input, selection)).code).toBe('RATE_001');
});

it('requestEmailVerification is limited', async () => {
  const users = await limited();
  const code = async () => {
    const { errors } = await users.run('mutation { requestEmailVerification { accepted } }');
    return errors[0]?.extensions.code;
  };
  for (let time = 0; time < 5; time += 1) expect(await code()).toBe('AUTH_003');
  expect(await code()).toBe('RATE_001');
});

describe('the limit of an account', () => {
  const addresses = Array.from({ length: 8 }, (_, index) => `198.51.100.${index}`);

  async function callFromEverywhere(call: (clientAddress: string) => Promise<unknown>) {
    const codes: unknown[] = [];
    for (const address of addresses) codes.push(await call(address));
    return codes.map((code) => code === 'RATE_001');
  }
  const refusedPast = (count: number) => addresses.map((_, index) => index >= count);

  it('counts password resets for one e-mail address from all clients, however it is written', async () => {
    const users = await limited();
    const request = async (clientAddress: string, index: number) => {
      const email = ['victim@example.com', ' Victim@Example.COM '][index % 2];
      const query = `mutation { requestPasswordReset(input: { email: "${email}" }) { accepted } }`;
      return (await users.run(query, { clientAddress })).errors[0]?.extensions.code;
    };
    let index = 0;
    expect(await callFromEverywhere((address) => request(address, index++))).toEqual(refusedPast(5));
    const other = 'mutation { requestPasswordReset(input: { email: "other@example.com" }) { accepted } }';
    expect((await users.run(other, { clientAddress: '198.51.100.0' })).errors).toEqual([]);
  });

  it('counts changes of one’s password from all clients', async () => {
    const users = await limited();
    const viewer = await users.register({ email: `changes${Date.now()}@example.com` });
    const query =
      'mutation { changePassword(input: { currentPassword: "x", newPassword: "x" }) { user { userId } } }';
    const call = async (clientAddress: string) =>
      (await users.run(query, { viewer, clientAddress })).errors[0]?.extensions.code;
    expect(await callFromEverywhere(call)).toEqual(refusedPast(5));
  });

  it('counts refreshes of its tokens, and none of those that only name it', async () => {
    const users = await limited();
    const viewer = await users.register({ email: `refreshes${Date.now()}@example.com` });
    const forger = createRefreshTokens({
      secrets: ['another-secret-of-at-least-32-bytes!!'],
      clock: () => new Date(),
      newId,
    });
    const { token: forged } = forger.issue({ userId: viewer.userId, familyId: 'fam_x' });
    const refresh = async (refreshToken: string, clientAddress: string) => {
      const query = `mutation { refreshSession(input: { refreshToken: "${refreshToken}" }) { session { refreshToken } } }`;
      const { data, errors } = await users.run(query, { clientAddress });
      return { code: errors[0]?.extensions.code, next: data.refreshSession?.session.refreshToken };
    };
    for (const address of addresses) expect((await refresh(forged, address)).code).toBe('AUTH_003');

    let { refreshToken } = await users.login(viewer.email);
    const codes = await callFromEverywhere(async (address) => {
      const { code, next } = await refresh(refreshToken, address.replace('198.51', '203.0'));
      refreshToken = next ?? refreshToken;
      return code;
    });
    expect(codes).toEqual(refusedPast(5));
  });

  it.each(['that have expired', 'of a session that has ended'])(
    'leaves the owner alone where others refresh by tokens %s',
    async (kind) => {
      const users = await limited();
      const { email } = await users.register({ email: `owner${Date.now()}@example.com` });
      const { refreshToken: dead } = await users.login(email);
      if (kind === 'that have expired') users.passTime(8 * 24 * 3_600);
      else await users.mutate('logout', { refreshToken: dead }, 'loggedOut');
      const refresh = async (refreshToken: string, clientAddress: string) => {
        const query = `mutation { refreshSession(input: { refreshToken: "${refreshToken}" }) { session { expiresIn } } }`;
        return (await users.run(query, { clientAddress })).errors[0]?.extensions.code;
      };
      for (const address of addresses) expect(await refresh(dead, address)).toMatch(/AUTH|RATE/);
      const { refreshToken } = await users.login(email);
      expect(await refresh(refreshToken, '203.0.113.1')).toBeUndefined();
    },
  );

  it('counts nothing for a session by its expired tokens', async () => {
    const users = await limited();
    const { email } = await users.register({ email: `session${Date.now()}@example.com` });
    const { refreshToken: dead } = await users.login(email);
    users.passTime(8 * 24 * 3_600);
    const query = `mutation { refreshSession(input: { refreshToken: "${dead}" }) { session { expiresIn } } }`;
    const call = async (clientAddress: string) =>
      (await users.run(query, { clientAddress })).errors[0]?.extensions.code;
    expect(await callFromEverywhere(call)).toEqual(addresses.map(() => false));
  });
});

it('leaves reference resolvers in place', async () => {
  const users = await limited();
  const user = await users.register();
  const query = `{ _entities(representations: [{ __typename: "User", userId: "${user.userId}" }]) { ... on User { email } } }`;
  expect((await users.run(query, { viewer: user })).data._entities).toEqual([{ email: user.email }]);
});

describeRedis('the limit on Redis', () => {
  it('is shared by all instances', async () => {
    const { url } = await createTestRedis();
    const [one, other] = [await limited(await connected(url)), await limited(await connected(url))];
    expect(await attempts(one, 3)).toEqual(wrong(3));
    expect(await attempts(other, 3)).toEqual([...wrong(2), 'RATE_001']);
    expect(await attempt(one)).toBe('RATE_001');
    expect(await attempt(one, '192.0.2.9')).toBe('AUTH_001');
  });

  it('leaves with its window', async () => {
    const { url } = await createTestRedis();
    const redis = await connected(url);
    await attempts(await limited(redis), 1);
    const [key = ''] = await redis.keys('*login*');
    expect(await redis.ttl(key)).toBeGreaterThan(890);
  });

  it('holds, without an error, while Redis is away, and afterwards', async (context) => {
    if (!(await hasRedisServer())) context.skip('redis-server is not on PATH');
    const server = await startRedisServer();
    const redis = await connected(server.url);
    const users = await limited(redis);
    expect(await attempts(users, 2)).toEqual(wrong(2));
    await server.kill();
    await vi.waitFor(() => expect(redis.status).not.toBe('ready'));
    expect(await attempts(users, 7)).toEqual([...wrong(5), 'RATE_001', 'RATE_001']);
    const again = await startRedisServer(Number(new URL(server.url).port));
    opened.push(again);
    await vi.waitFor(() => expect(redis.status).toBe('ready'), 10_000);
    // Who was refused stays so, although this Redis knows nothing of it.
    expect(await attempt(users)).toBe('RATE_001');
    expect(await attempts(users, 6, '192.0.2.7')).toEqual([...wrong(5), 'RATE_001']);
  });

  it('holds where Redis answers too late', async (context) => {
    if (!(await hasRedisServer())) context.skip('redis-server is not on PATH');
    const server = await startRedisServer();
    opened.push(server);
    const users = await limited(await connected(server.url));
    const blocker = await connected(server.url);
    await blocker.call('CLIENT', 'PAUSE', '2000', 'ALL');
    expect(await attempts(users, 6)).toEqual([...wrong(5), 'RATE_001']);
  });
});
