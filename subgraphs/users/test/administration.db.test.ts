import { createLocalCacheStore } from '@commerce/kit/cache';
import type { Viewer } from '@commerce/kit/viewer';
import { sql } from 'drizzle-orm';
import postgres from 'postgres';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { anonymous, createUsersFixture, type UsersFixture } from './users-fixture.ts';

let users: UsersFixture;
const cacheStore = createLocalCacheStore();
let admin: Viewer & { kind: 'user' };
beforeAll(async () => {
  users = await createUsersFixture({ cacheStore });
});
beforeEach(async () => {
  await users.db.execute(sql`truncate users cascade`);
  admin = await users.registerAdmin();
});
afterAll(async () => await users.close());

const setRole = async (viewer: Viewer, userId: string, role: string) =>
  await users.mutate('setUserRole', { userId, role }, 'user { userId role }', viewer);
const setActive = async (viewer: Viewer, userId: string, isActive: boolean) =>
  await users.mutate('setUserActive', { userId, isActive }, 'user { userId isActive }', viewer);
const list = async (args: string, viewer: Viewer = admin, fields = 'nodes { email }') => {
  const { data, errors } = await users.run(`{ users${args} { ${fields} } }`, { viewer });
  return { page: data?.users, code: errors[0]?.extensions.code ?? null };
};
const emails = (page: { nodes: { email: string }[] }) => page.nodes.map(({ email }) => email);

/** Everything that only administrators may do. */
const privileged: [string, (viewer: Viewer, userId: string) => Promise<unknown>][] = [
  [
    'user',
    async (viewer, userId) =>
      (await users.run(`{ user(userId: "${userId}") { email } }`, { viewer })).errors[0]?.extensions.code,
  ],
  ['users', async (viewer) => (await list('', viewer)).code],
  ['setUserRole', async (viewer, userId) => (await setRole(viewer, userId, 'ADMIN')).code],
  ['setUserActive', async (viewer, userId) => (await setActive(viewer, userId, false)).code],
];

describe.each(privileged)('%s', (_name, call) => {
  it('is refused to customers, and to those who are not logged in', async () => {
    const user = await users.register();
    expect(await call(user, admin.userId)).toBe('AUTH_004');
    expect(await call(anonymous, user.userId)).toBe('AUTH_003');
    expect(await call({ kind: 'anonymous', reason: 'expired' }, user.userId)).toBe('AUTH_002');
    expect(await call({ kind: 'service', name: 'orders' }, user.userId)).toBe('AUTH_003');
  });

  it('is refused to an administrator who was demoted, whatever the token says', async () => {
    const user = await users.register();
    await users.db.execute(sql`update users set role = 'customer' where user_id = ${admin.userId}`);
    expect(await call(admin, user.userId)).toBe('AUTH_004');
  });

  it('is refused to an administrator who was deactivated', async () => {
    const user = await users.register();
    await users.db.execute(sql`update users set is_active = false where user_id = ${admin.userId}`);
    expect(await call(admin, user.userId)).toBe('AUTH_003');
  });
});

describe('changes by administrators', () => {
  it('give and take a role', async () => {
    const user = await users.register();
    expect((await setRole(admin, user.userId, 'ADMIN')).payload.user.role).toBe('ADMIN');
    expect((await setRole(admin, user.userId, 'CUSTOMER')).payload.user.role).toBe('CUSTOMER');
  });

  it('deactivate and activate', async () => {
    const user = await users.register();
    expect((await setActive(admin, user.userId, false)).payload.user.isActive).toBe(false);
    expect((await setActive(admin, user.userId, true)).payload.user.isActive).toBe(true);
  });

  it('do not concern themselves', async () => {
    expect((await setRole(admin, admin.userId, 'CUSTOMER')).code).toBe('BUS_002');
    expect((await setActive(admin, admin.userId, false)).code).toBe('BUS_002');
  });

  it('need a user', async () => {
    expect((await setRole(admin, 'usr_none', 'ADMIN')).code).toBe('RES_001');
    expect((await setActive(admin, 'usr_none', true)).code).toBe('RES_001');
    expect((await setActive(admin, 'a\0b', true)).code).toBe('VAL_001');
    expect((await setRole(admin, 'usr_none', 'ROOT')).code).toBe('VAL_001');
  });

  it('leave an administrator where two demote each other at once', async () => {
    for (let round = 0; round < 5; round += 1) {
      const other = await users.registerAdmin();
      await Promise.all([setRole(admin, other.userId, 'CUSTOMER'), setRole(other, admin.userId, 'CUSTOMER')]);
      const rows = await users.db.execute(
        sql`select user_id from users where role = 'admin' and user_id in (${admin.userId}, ${other.userId})`,
      );
      expect(rows.length).toBeGreaterThanOrEqual(1);
      await users.db.execute(sql`update users set role = 'admin' where user_id = ${admin.userId}`);
    }
  });
});

describe('the user of an id', () => {
  const find = async (userId: string) => {
    const query = 'query ($userId: ID!) { user(userId: $userId) { email addresses { city } } }';
    return (await users.run(query, { viewer: admin, variables: { userId } })).data.user;
  };

  it('is found, or null', async () => {
    const user = await users.register();
    expect(await find(user.userId)).toEqual({ email: user.email, addresses: [] });
    for (const userId of ['usr_none', '', 'a\0b', 'x'.repeat(100)]) expect(await find(userId)).toBeNull();
  });
});

describe('the list of users', () => {
  async function fill(count: number): Promise<string[]> {
    const added: string[] = [];
    for (let i = 0; i < count; i += 1) added.push((await users.register()).email);
    // Two of a time, so that the second key of the order counts.
    await users.db.execute(sql`update users set created_at = date_trunc('hour', now())`);
    await users.db.execute(sql`
      update users set created_at = created_at + numbered.n / 2 * interval '1 minute'
      from (select user_id, row_number() over (order by user_id) as n from users) numbered
      where numbered.user_id = users.user_id`);
    return added;
  }

  it('is complete, newest first, and the same by cursors and by pages', async () => {
    await fill(10);
    const whole = emails((await list('(first: 100)')).page);
    expect(whole).toHaveLength(11);
    const ordered = await users.db.execute(
      sql`select email from users order by created_at desc, user_id desc`,
    );
    expect(whole).toEqual(ordered.map((row) => row.email));
    const fields = 'nodes { email } pageInfo { hasNextPage hasPreviousPage endCursor }';
    const byCursor: string[] = [];
    let after = '';
    for (let turn = 0; turn < 3; turn += 1) {
      const { page } = await list(`(first: 4${after})`, admin, fields);
      byCursor.push(...emails(page));
      expect(page.pageInfo).toMatchObject({ hasNextPage: turn < 2, hasPreviousPage: turn > 0 });
      after = `, after: "${page.pageInfo.endCursor}"`;
    }
    expect(byCursor).toEqual(whole);
    const pages = await Promise.all(
      [1, 2, 3, 4].map(async (page) => (await list(`(page: ${page}, limit: 4)`)).page),
    );
    expect(pages.flatMap(emails)).toEqual(whole);
  });

  it('counts only where the total is asked for, and costs three statements beside the check', async () => {
    await fill(30);
    const rows = await users.db.execute(sql`select user_id from users`);
    await cacheStore.remove(rows.map((row) => `user:${row.user_id}:profile`));
    users.statements.length = 0;
    await list('(first: 25)', admin, 'edges { node { email addresses { city } } }');
    expect(users.statements).toHaveLength(4);
    users.statements.length = 0;
    const { page } = await list('(first: 2)', admin, 'totalCount');
    expect(page.totalCount).toBe(31);
    expect(users.statements.filter((statement) => statement.includes('count('))).toHaveLength(1);
  });

  it('is filtered by role and by part of the address or name, taken literally', async () => {
    const odd = await users.register({
      email: 'odd_one@example.com',
      firstName: '100%',
      lastName: 'O\u2019Brien',
    });
    const plain = await users.register({ email: 'oddxone@example.com', firstName: 'Zo\u00eb' });
    const search = async (text: string) => emails((await list(`(search: ${JSON.stringify(text)})`)).page);
    expect(await search('D_ON')).toEqual([odd.email]);
    expect(await search('100% o')).toEqual([odd.email]);
    expect(await search('ZO\u00cb doe')).toEqual([plain.email]);
    expect(await search('\\')).toEqual([]);
    expect(await search('%')).toEqual([odd.email]);
    expect(await search('  ')).toHaveLength(3);
    expect(emails((await list('(role: ADMIN)')).page)).toEqual([admin.email]);
    expect((await list('(role: ADMIN, search: "odd")', admin, 'totalCount nodes { email }')).page).toEqual({
      totalCount: 0,
      nodes: [],
    });
  });

  it('searches by its index', async () => {
    users.statements.length = 0;
    await list('(search: "person")', admin, 'totalCount');
    const statement = users.statements.find((text) => text.includes('count('));
    const client = postgres(users.url, { max: 1 });
    await client`set enable_seqscan = off`;
    const plan = await client.unsafe(`explain ${statement}`, ['person']);
    await client.end();
    expect(JSON.stringify(plan)).toContain('users_search_idx');
  });

  const cursor = (time: string) => Buffer.from(JSON.stringify([time, 'usr_1'])).toString('base64url');
  it.each([
    '(first: 0)',
    '(first: 101)',
    '(limit: 0)',
    '(page: 0)',
    '(page: 1, first: 5)',
    '(after: "x")',
    `(after: "${cursor('yesterday')}")`,
    `(after: "${cursor('0000-01-01T00:00:00.000Z')}")`,
    `(after: "${cursor('2024-02-30T00:00:00.000Z')}")`,
    '(search: "a\\u0000b")',
    `(search: "${'x'.repeat(101)}")`,
  ])('refuses %s', async (args) => {
    expect((await list(args)).code).toBe('VAL_001');
  });

  it('is empty past its end', async () => {
    expect((await list('(page: 9, limit: 100)')).page.nodes).toEqual([]);
  });
});

describe('the state of an account', () => {
  const state = async (userId: string, viewer: Viewer) => {
    const query = 'query ($userId: ID!) { accountState(userId: $userId) { userId role isActive } }';
    const { data, errors } = await users.run(query, { viewer, variables: { userId } });
    return data?.accountState ?? errors[0]?.extensions.code ?? null;
  };
  const service: Viewer = { kind: 'service', name: 'router' };

  it('is the present one, for other services', async () => {
    const { userId } = await users.register();
    expect(await state(userId, service)).toEqual({ userId, role: 'CUSTOMER', isActive: true });
    await setRole(admin, userId, 'ADMIN');
    await setActive(admin, userId, false);
    expect(await state(userId, service)).toEqual({ userId, role: 'ADMIN', isActive: false });
    expect(await state('usr_none', service)).toBeNull();
  });

  it('is for nobody else', async () => {
    expect(await state(admin.userId, admin)).toBe('AUTH_004');
    expect(await state(admin.userId, anonymous)).toBe('AUTH_004');
  });
});

describe('the contact of a user', () => {
  const contact = async (userId: string, viewer: Viewer) => {
    const query = 'query ($userId: ID!) { contactOf(userId: $userId) { email firstName lastName } }';
    const { data, errors } = await users.run(query, { viewer, variables: { userId } });
    return data?.contactOf ?? errors[0]?.extensions.code ?? null;
  };
  const service: Viewer = { kind: 'service', name: 'orders' };

  it('is told to other services, also of a deactivated account', async () => {
    const { userId, email } = await users.register({ firstName: 'Ada', lastName: 'Lovelace' });
    const expected = { email, firstName: 'Ada', lastName: 'Lovelace' };
    expect(await contact(userId, service)).toEqual(expected);
    await setActive(admin, userId, false);
    expect(await contact(userId, service)).toEqual(expected);
    expect(await contact('usr_none', service)).toBeNull();
  });

  it('is told to nobody else, not even to that user', async () => {
    const someone = await users.register();
    for (const viewer of [someone, admin, anonymous])
      expect(await contact(someone.userId, viewer)).toBe('AUTH_004');
  });
});
