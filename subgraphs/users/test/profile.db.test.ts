import { createLocalCacheStore, openCacheStore } from '@commerce/kit/cache';
import { createLogger } from '@commerce/kit/logger';
import { openRedis } from '@commerce/kit/redis';
import type { Viewer } from '@commerce/kit/viewer';
import { createTestRedis, describeRedis } from '@commerce/testkit/redis';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { anonymous, createUsersFixture, password, type UsersFixture } from './users-fixture.ts';

let users: UsersFixture;
const cacheStore = createLocalCacheStore();
beforeAll(async () => {
  users = await createUsersFixture({ cacheStore });
});
afterAll(async () => await users.close());

const me = async (viewer: Viewer) =>
  await users.run('{ me { userId email firstName phoneNumber } }', { viewer });
const reference = async (
  userIds: string[],
  viewer: Viewer,
  fields = 'userId email role isActive addresses { city }',
) => {
  const { data, errors } = await users.run(
    `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on User { ${fields} } } }`,
    { viewer, variables: { representations: userIds.map((userId) => ({ __typename: 'User', userId })) } },
  );
  expect(errors).toEqual([]);
  return data._entities;
};

describe('me', () => {
  it('is the user who is logged in', async () => {
    const user = await users.register();
    expect((await me(user)).data.me).toMatchObject({ userId: user.userId, email: user.email });
  });

  it.each([
    ['missing', 'AUTH_003'],
    ['invalid', 'AUTH_003'],
    ['expired', 'AUTH_002'],
  ] as const)('answers a %s token by %s', async (reason, code) => {
    const { errors } = await me({ kind: 'anonymous', reason });
    expect(errors[0]?.extensions.code).toBe(code);
  });

  it('answers AUTH_003 for an account that is deactivated or gone', async () => {
    const user = await users.register();
    const admin = await users.registerAdmin();
    await me(user);
    await users.mutate('setUserActive', { userId: user.userId, isActive: false }, 'user { userId }', admin);
    expect((await me(user)).errors[0]?.extensions.code).toBe('AUTH_003');
    expect((await me({ ...user, userId: 'usr_none' })).errors[0]?.extensions.code).toBe('AUTH_003');
  });
});

describe('the profile cache', () => {
  const key = (viewer: { userId: string }) => `user:${viewer.userId}:profile`;

  it('answers the second time without the database', async () => {
    const user = await users.register();
    // What a write has just touched is kept out of the cache for a moment.
    await cacheStore.remove([key(user)]);
    const first = await me(user);
    users.statements.length = 0;
    expect(await me(user)).toEqual(first);
    expect(users.statements).toEqual([]);
    expect((await cacheStore.get([key(user)]))[0]).toContain(user.email);
  });

  it('holds no credentials', async () => {
    const user = await users.register();
    await cacheStore.remove([key(user)]);
    await me(user);
    expect((await cacheStore.get([key(user)]))[0]).not.toMatch(/hash|\$2b/i);
  });

  it.each([
    ['updateProfile', { firstName: 'Jane' }],
    ['addAddress', { street: '1 Rd', city: 'Ghent', state: '', zipCode: '9000', country: 'BE' }],
  ])('is fresh right after %s', async (field, input) => {
    const user = await users.register();
    await cacheStore.remove([key(user)]);
    const query = '{ me { firstName addresses { city } } }';
    const before = await users.run(query, { viewer: user });
    await users.mutate(field, input, 'user { userId }', user);
    expect(await users.run(query, { viewer: user })).not.toEqual(before);
  });

  it.each(['null', '{}', '{"userId":', '[]'])('takes the poisoned entry %s for a miss', async (entry) => {
    const user = await users.register();
    await cacheStore.remove([key(user)]);
    await cacheStore.add([[key(user), entry]], 60);
    expect((await me(user)).data.me.email).toBe(user.email);
  });
});

describe('references to users', () => {
  it('cost one statement for the users and one for the addresses, however many there are', async () => {
    const people = await Promise.all(Array.from({ length: 20 }, async () => await users.register()));
    const admin = await users.registerAdmin();
    await cacheStore.remove(people.map(({ userId }) => `user:${userId}:profile`));
    users.statements.length = 0;
    const found = await reference(
      people.map(({ userId }) => userId),
      admin,
    );
    expect(found.map((user: { email: string }) => user.email)).toEqual(people.map(({ email }) => email));
    expect(users.statements).toHaveLength(2);
  });

  it('are null where there is no such user', async () => {
    const admin = await users.registerAdmin();
    expect(await reference(['usr_none', 'a\0b', ''], admin)).toEqual([null, null, null]);
  });

  it('show a stranger nothing but the id, and not even whether it exists', async () => {
    const [user, other] = [await users.register(), await users.register()];
    users.statements.length = 0;
    for (const viewer of [other, anonymous, { kind: 'service', name: 'orders' } as const]) {
      const hidden = { email: null, role: null, isActive: null, addresses: null };
      expect(await reference([user.userId, 'usr_none'], viewer)).toEqual([
        { userId: user.userId, ...hidden },
        { userId: 'usr_none', ...hidden },
      ]);
    }
    expect(users.statements).toEqual([]);
  });

  it('show users themselves', async () => {
    const user = await users.register();
    expect(await reference([user.userId], user, 'email role')).toEqual([
      { email: user.email, role: 'CUSTOMER' },
    ]);
  });
});

describe('a profile update', () => {
  const update = async (viewer: Viewer, input: unknown) =>
    await users.mutate('updateProfile', input, 'user { firstName lastName phoneNumber email role }', viewer);

  it('changes what is given and keeps the rest', async () => {
    const user = await users.register({ phoneNumber: '+1234567890' });
    const { payload } = await update(user, { firstName: ' Jane ' });
    expect(payload.user).toEqual({
      firstName: 'Jane',
      lastName: 'Doe',
      phoneNumber: '+1234567890',
      email: user.email,
      role: 'CUSTOMER',
    });
  });

  it('removes the phone number by null', async () => {
    const user = await users.register({ phoneNumber: '+1234567890' });
    expect((await update(user, { phoneNumber: null })).payload.user.phoneNumber).toBeNull();
  });

  it('moves updatedAt', async () => {
    const user = await users.register();
    await users.db.execute(sql`alter table users disable trigger users_updated_at`);
    await users.db.execute(sql`update users set updated_at = '2020-01-01' where user_id = ${user.userId}`);
    await users.db.execute(sql`alter table users enable trigger users_updated_at`);
    await update(user, { firstName: 'Jane' });
    const [row] = await users.db.execute(
      sql`select updated_at > '2021-01-01' as moved from users where user_id = ${user.userId}`,
    );
    expect(row?.moved).toBe(true);
  });

  it.each([
    [{ firstName: '' }, 'VAL_001'],
    [{ firstName: '\u200b' }, 'VAL_001'],
    [{ firstName: null }, 'VAL_002'],
    [{ lastName: 'a\0' }, 'VAL_001'],
    [{ phoneNumber: '12345' }, 'VAL_001'],
  ])('refuses %j by %s', async (input, code) => {
    expect((await update(await users.register(), input)).code).toBe(code);
  });

  it('changes nothing where nothing is given', async () => {
    expect((await update(await users.register(), {})).payload.user.firstName).toBe('John');
  });

  it('is for active users only', async () => {
    const user = await users.register();
    await users.db.execute(sql`update users set is_active = false where user_id = ${user.userId}`);
    expect((await update(user, { firstName: 'Jane' })).code).toBe('AUTH_003');
    expect((await update(anonymous, { firstName: 'Jane' })).code).toBe('AUTH_003');
  });

  it('is seen by a later field of the same operation', async () => {
    const user = await users.register();
    const { data } = await users.run(
      `mutation {
        a: updateProfile(input: { firstName: "A" }) { user { firstName } }
        b: updateProfile(input: { firstName: "B" }) { user { firstName } }
      }`,
      { viewer: user },
    );
    expect([data.a.user.firstName, data.b.user.firstName]).toEqual(['A', 'B']);
  });
});

it('keeps a login that follows at once from reading an older state', async () => {
  const user = await users.register();
  await me(user);
  await users.mutate('updateProfile', { firstName: 'Jane' }, 'user { userId }', user);
  const { payload } = await users.mutate(
    'login',
    { email: user.email, password },
    'session { user { firstName } }',
  );
  expect(payload.session.user.firstName).toBe('Jane');
});

describeRedis('profiles cached on Redis', () => {
  async function openInstance(url: string) {
    const redis = openRedis(url, createLogger({ service: 'test', level: 'silent' }));
    if (!redis) throw new Error('No URL');
    await vi.waitFor(() => expect(redis.status).toBe('ready'));
    const instance = await createUsersFixture({ cacheStore: openCacheStore(redis) }, users);
    return { instance, redis };
  }

  it('are forgotten by all instances when one changes them, and live for half an hour', async () => {
    const { url } = await createTestRedis();
    const [one, other] = [await openInstance(url), await openInstance(url)];
    const user = await users.register();
    const query = '{ me { firstName } }';
    await one.instance.run(query, { viewer: user });
    other.instance.statements.length = 0;
    await other.instance.run(query, { viewer: user });
    expect(other.instance.statements).toEqual([]);
    const ttl = await one.redis.ttl(`user:${user.userId}:profile`);
    expect(ttl).toBeGreaterThan(1_790);
    expect(ttl).toBeLessThanOrEqual(1_800);
    await other.instance.mutate('updateProfile', { firstName: 'Jane' }, 'user { userId }', user);
    expect((await one.instance.run(query, { viewer: user })).data.me.firstName).toBe('Jane');
    for (const { instance, redis } of [one, other]) {
      await instance.close();
      redis.disconnect();
    }
  });

  it('are read from the database while Redis is away', async () => {
    const { url } = await createTestRedis();
    const { instance, redis } = await openInstance(url);
    redis.disconnect();
    const user = await instance.register({ email: 'away@example.com' });
    expect((await instance.run('{ me { email } }', { viewer: user })).data.me.email).toBe('away@example.com');
    await instance.close();
  });
});
