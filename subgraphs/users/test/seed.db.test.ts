import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPasswords } from '../src/domain/passwords.ts';
import { seedUsers } from '../src/seed.ts';
import { createUsersFixture, type UsersFixture } from './users-fixture.ts';

const demoPassword = 'Demo-Passw0rd!';
const now = new Date('2024-01-15T10:30:00Z');
let users: UsersFixture;
let hashes = 0;
beforeEach(async () => {
  users = await createUsersFixture();
});
afterEach(async () => await users.close());

/** At the lowest cost, counting what would be slow. */
async function seed(wanted = demoPassword): Promise<number> {
  const passwords = createPasswords({ cost: 4 });
  hashes = 0;
  await seedUsers({
    db: users.db,
    demoPassword: wanted,
    now,
    passwords: {
      hash: async (text) => {
        hashes += 1;
        return await passwords.hash(text);
      },
      verify: async (text, hash) => {
        hashes += 1;
        return await passwords.verify(text, hash);
      },
    },
  });
  return hashes;
}

const snapshot = async () =>
  await users.db.execute(sql`
    select users, addresses from users left join addresses using (user_id) order by user_id`);

describe('the demonstration accounts', () => {
  it('can log in', async () => {
    await seed();
    const selection =
      'session { user { firstName lastName role emailVerified createdAt addresses { city isDefault } } }';
    const login = async (email: string) =>
      (await users.mutate('login', { email, password: demoPassword }, selection)).payload.session.user;
    const common = { emailVerified: true, createdAt: '2024-01-15T10:30:00Z' };
    expect(await login('admin@example.com')).toEqual({
      ...common,
      firstName: 'Ada',
      lastName: 'Admin',
      role: 'ADMIN',
      addresses: [],
    });
    expect(await login('customer@example.com')).toEqual({
      ...common,
      firstName: 'Casey',
      lastName: 'Customer',
      role: 'CUSTOMER',
      addresses: [{ city: 'New York', isDefault: true }],
    });
  });

  it('leave user@example.com free', async () => {
    await seed();
    await expect(users.register({ email: 'user@example.com' })).resolves.toBeDefined();
  });

  it('are untouched, and cost no slow hash and one statement, the second time', async () => {
    expect(await seed()).toBe(2);
    const before = await snapshot();
    users.statements.length = 0;
    expect(await seed()).toBe(0);
    expect(users.statements).toHaveLength(1);
    expect(await snapshot()).toEqual(before);
  });

  it('are added once where two instances start at once', async () => {
    await Promise.all([seed(), seed()]);
    expect(await snapshot()).toHaveLength(2);
    await expect(users.login('admin@example.com', demoPassword)).resolves.toBeDefined();
  });

  it('follow a changed DEMO_PASSWORD, which ends their sessions', async () => {
    await seed();
    const { refreshToken } = await users.login('admin@example.com', demoPassword);
    await seed('Other-Passw0rd!');
    await expect(users.login('admin@example.com', 'Other-Passw0rd!')).resolves.toBeDefined();
    await expect(users.login('admin@example.com', demoPassword)).rejects.toThrow('AUTH_001');
    expect((await users.mutate('refreshSession', { refreshToken }, 'session { expiresIn }')).code).toBe(
      'AUTH_003',
    );
    expect(await seed('Other-Passw0rd!')).toBe(0);
  });

  it('open again by the printed password after somebody changed it', async () => {
    await seed();
    const viewer = {
      kind: 'user',
      userId: 'usr_demo_customer',
      email: 'customer@example.com',
      role: 'customer',
    } as const;
    const input = { currentPassword: demoPassword, newPassword: 'Changed-Passw0rd!' };
    await users.mutate('changePassword', input, 'user { userId }', viewer);
    await seed();
    await expect(users.login('customer@example.com', demoPassword)).resolves.toBeDefined();
  });

  it('keep what else was changed, and take nobody else over', async () => {
    const person = await users.register({ email: 'admin@example.com' });
    await seed();
    await users.db.execute(sql`delete from addresses`);
    await seed();
    const rows = await users.db.execute(sql`select user_id from users where email = 'admin@example.com'`);
    expect(rows).toEqual([{ user_id: person.userId }]);
    await expect(users.login('admin@example.com')).resolves.toBeDefined();
    expect(await users.db.execute(sql`select address_id from addresses`)).toEqual([]);
  });
});
