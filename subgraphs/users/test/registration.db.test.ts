import type { Viewer } from '@commerce/kit/viewer';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anonymous, createUsersFixture, password, type UsersFixture } from './users-fixture.ts';

let users: UsersFixture;
beforeAll(async () => {
  users = await createUsersFixture();
});
afterAll(async () => await users.close());

const person = {
  email: 'user@example.com',
  password,
  firstName: 'John',
  lastName: 'Doe',
  phoneNumber: '+1234567890',
};
const register = async (input: unknown) => await users.mutate('register', input, 'user { userId email }');
const count = async (table: string) => {
  const [row] = await users.db.execute(sql`select count(*)::integer as n from ${sql.identifier(table)}`);
  return row?.n;
};

describe('registration', () => {
  it('answers with the new user, all fields visible', async () => {
    const { payload } = await users.mutate(
      'register',
      { ...person, email: '  User@Example.COM ', firstName: ' John ' },
      `user { userId email firstName lastName phoneNumber role isActive emailVerified createdAt updatedAt
              addresses { addressId } }`,
    );
    const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(payload.user).toEqual({
      userId: expect.stringMatching(/^usr_\w{22}$/),
      email: 'user@example.com',
      firstName: 'John',
      lastName: 'Doe',
      phoneNumber: '+1234567890',
      role: 'CUSTOMER',
      isActive: true,
      emailVerified: false,
      addresses: [],
      createdAt: time,
      updatedAt: time,
    });
  });

  it('stores neither the password nor anything derived by a fast hash', async () => {
    const [row] = await users.db.execute(
      sql`select password_hash from users where email = 'user@example.com'`,
    );
    expect(row?.password_hash).toMatch(/^\$2b\$/);
  });

  it.each(['user@example.com', 'USER@EXAMPLE.COM'])('refuses the taken address %s', async (email) => {
    const { code, details } = await register({ ...person, email });
    expect(code).toBe('RES_002');
    expect(details).toEqual([{ field: 'email', message: 'is already registered' }]);
  });

  it('creates one account where twenty ask for one address at once', async () => {
    const asked = await Promise.all(
      Array.from({ length: 20 }, async () => await register({ ...person, email: 'race@example.com' })),
    );
    expect(asked.filter(({ payload }) => payload)).toHaveLength(1);
    expect(asked.filter(({ code }) => code === 'RES_002')).toHaveLength(19);
  });

  it('names every faulty field and repeats no value', async () => {
    const before = await count('users');
    const { code, details } = await register({
      email: 'secret-mail',
      password: 'secret',
      firstName: '  ',
      lastName: 'x'.repeat(101),
      phoneNumber: '123',
    });
    expect(code).toBe('VAL_001');
    expect(details).toEqual([
      { field: 'email', message: 'must be an e-mail address' },
      { field: 'password', message: 'must have at least 8 characters' },
      { field: 'password', message: 'must have an upper-case letter' },
      { field: 'password', message: 'must have a digit' },
      { field: 'password', message: 'must have a special character' },
      { field: 'firstName', message: 'must not be empty' },
      { field: 'lastName', message: 'must have at most 100 characters' },
      { field: 'phoneNumber', message: 'must be + and 7 to 15 digits' },
    ]);
    expect(JSON.stringify(details)).not.toContain('secret');
    expect(await count('users')).toBe(before);
  });

  it.each(['email', 'password', 'firstName', 'lastName'])('asks for %s where it is absent', async (field) => {
    const { [field]: _absent, ...rest } = person as Record<string, string>;
    expect((await register(rest)).code).toBe('VAL_002');
  });

  it.each([
    ['NUL', 'a\0b'],
    ['half a surrogate pair', 'a\ud800b'],
  ])('refuses %s', async (_name, firstName) => {
    expect((await register({ ...person, email: 'nul@example.com', firstName })).code).toBe('VAL_001');
  });

  it('takes a password of 128 characters', async () => {
    const long = `Aa1!${'x'.repeat(124)}`;
    await users.register({ email: 'long@example.com', password: long });
    await expect(users.login('long@example.com', long)).resolves.toBeDefined();
  });

  it('succeeds where the mail cannot be sent, and says so in the log only', async () => {
    const broken = await createUsersFixture({
      mailer: { send: () => Promise.reject(new Error('no server')), close: () => {} },
    });
    await broken.register();
    await broken.app.whenIdle();
    expect(broken.logLines.join()).toContain('no server');
    await broken.close();
  });
});

describe('the verification mail', () => {
  it('holds a link that verifies the address once', async () => {
    const user = await users.register();
    const token = await users.mailedToken(user.email);
    const verify = async () => await users.mutate('verifyEmail', { token }, 'emailVerified');
    expect((await verify()).payload).toEqual({ emailVerified: true });
    const { data } = await users.run('{ me { emailVerified } }', { viewer: user });
    expect(data.me.emailVerified).toBe(true);
    expect((await verify()).code).toBe('AUTH_003');
  });

  it('is good for a day', async () => {
    const [early, late] = [await users.register(), await users.register()];
    const tokens = [await users.mailedToken(early.email), await users.mailedToken(late.email)];
    users.passTime(24 * 3_600 - 1);
    expect((await users.mutate('verifyEmail', { token: tokens[0] }, 'emailVerified')).code).toBeNull();
    users.passTime(1);
    expect((await users.mutate('verifyEmail', { token: tokens[1] }, 'emailVerified')).code).toBe('AUTH_003');
  });

  it.each(['made-up', 'a\0b', ''])('is not replaced by %j', async (token) => {
    const { code } = await users.mutate('verifyEmail', { token }, 'emailVerified');
    expect(code).toBe(token === 'made-up' ? 'AUTH_003' : 'VAL_001');
  });

  it('is kept as a hash', async () => {
    const user = await users.register();
    const token = await users.mailedToken(user.email);
    const rows = await users.db.execute(
      sql`select token_hash from email_verifications where user_id = ${user.userId}`,
    );
    expect(rows.map((row) => row.token_hash)).not.toContain(token);
    expect(rows[0]?.token_hash).toMatch(/^[0-9a-f]{64}$/);
  });

  it('holds no text of the person who registered', async () => {
    const user = await users.register({ firstName: 'Win a prize', lastName: 'http://evil.example' });
    await users.mailedToken(user.email);
    expect(JSON.stringify(users.mails.at(-1))).not.toMatch(/prize|evil/);
  });
});

describe('a request for another verification mail', () => {
  const request = async (viewer: Viewer) => {
    const { data, errors } = await users.run('mutation { requestEmailVerification { accepted } }', {
      viewer,
    });
    return data?.requestEmailVerification?.accepted ?? errors[0]?.extensions.code;
  };
  const verify = async (token: string) =>
    (await users.mutate('verifyEmail', { token }, 'emailVerified')).code;
  const kept = async (userId: string) =>
    await users.db.execute(sql`select used_at from email_verifications where user_id = ${userId}`);

  it('sends one that works after the first has expired, and removes that', async () => {
    const user = await users.register();
    await users.mailedToken(user.email);
    users.passTime(24 * 3_600);
    expect(await request(user)).toBe(true);
    expect(await verify(await users.mailedToken(user.email))).toBeNull();
    expect(await kept(user.userId)).toHaveLength(1);
  });

  it('ends the links of older mails', async () => {
    const user = await users.register();
    const first = await users.mailedToken(user.email);
    expect(await request(user)).toBe(true);
    const second = await users.mailedToken(user.email);
    expect(second).not.toBe(first);
    expect(await verify(first)).toBe('AUTH_003');
    expect(await verify(second)).toBeNull();
  });

  it('sends none where the address is verified', async () => {
    const user = await users.register();
    await verify(await users.mailedToken(user.email));
    const before = users.mails.length;
    expect(await request(user)).toBe(false);
    await users.app.whenIdle();
    expect(users.mails).toHaveLength(before);
  });

  it('sends at most five a day with that of the registration; the last one still works', async () => {
    const user = await users.register();
    const answers: unknown[] = [];
    for (let turn = 0; turn < 6; turn += 1) answers.push(await request(user));
    expect(answers).toEqual([true, true, true, true, false, false]);
    expect(await verify(await users.mailedToken(user.email))).toBeNull();
    expect(users.mails.filter(({ to }) => to === user.email)).toHaveLength(5);
  });

  it('leaves the links of other accounts alone', async () => {
    const [user, other] = [await users.register(), await users.register()];
    const token = await users.mailedToken(other.email);
    await request(user);
    expect(await verify(token)).toBeNull();
  });

  it('is for active users only', async () => {
    const user = await users.register();
    await users.db.execute(sql`update users set is_active = false where user_id = ${user.userId}`);
    expect(await request(user)).toBe('AUTH_003');
    expect(await request(anonymous)).toBe('AUTH_003');
  });
});

it('leaves no trace of credentials in logs when the database fails', async () => {
  const broken = await createUsersFixture();
  await broken.db.execute(sql`alter table users rename column first_name to given_name`);
  const { code, message } = await broken.mutate(
    'register',
    { ...person, email: 'canary@example.com', password: 'Canary-Passw0rd!' },
    'user { userId }',
  );
  expect({ code, message }).toEqual({ code: 'SYS_001', message: 'An unexpected error occurred' });
  const log = broken.logLines.join();
  expect(log).toContain('42703');
  expect(log).not.toMatch(/canary|Canary|\$2b\$/);
  await broken.close();
});
