import type { Viewer } from '@commerce/kit/viewer';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tokenHash } from '../src/domain/single-use-token.ts';
import { createUsersFixture, password, type UsersFixture } from './users-fixture.ts';

let users: UsersFixture;
beforeAll(async () => {
  users = await createUsersFixture();
});
afterAll(async () => await users.close());

const remove = async (viewer: Viewer, on = users) =>
  await on.mutate('deleteMyAccount', { currentPassword: password }, 'erasureId', viewer);
const rowOf = async ({ userId }: { userId: string }) => {
  const [row] = await users.db.execute<Record<string, unknown>>(
    sql`select email, is_active, erased_at from users where user_id = ${userId}`,
  );
  return row;
};

/** An instance in which something happens between the comparison of a password and what follows from it. */
async function afterComparison(happens: () => Promise<unknown>): Promise<UsersFixture> {
  return await createUsersFixture(
    {
      passwords: {
        hash: async (text) => text,
        verify: async () => {
          await happens();
          return true;
        },
      },
    },
    users,
  );
}

describe('an account is not deleted', () => {
  it('by a password that was changed since it was compared', async () => {
    const viewer = await users.register();
    const changing = await afterComparison(
      async () =>
        await users.db.execute(
          sql`update users set password_hash = '$2-new' where user_id = ${viewer.userId}`,
        ),
    );
    expect((await remove(viewer, changing)).code).toBe('AUTH_001');
    await changing.close();
    expect(await rowOf(viewer)).toEqual({ email: viewer.email, is_active: true, erased_at: null });
  });

  it('where it became an administrator’s since it was looked at', async () => {
    const viewer = await users.register();
    const changing = await afterComparison(
      async () =>
        await users.db.execute(sql`update users set role = 'admin' where user_id = ${viewer.userId}`),
    );
    expect((await remove(viewer, changing)).code).toBe('AUTH_001');
    await changing.close();
    expect(await rowOf(viewer)).toEqual({ email: viewer.email, is_active: true, erased_at: null });
  });
});

describe('what stands for a deleted account', () => {
  it.each([
    'is_active = true',
    'email_verified = true',
    "email = 'violetta@quarrington.example'",
    "first_name = 'Violetta'",
    "last_name = 'Quarrington'",
    "phone_number = '+12025550177'",
  ])('cannot be changed, by whatever statement: %s', async (change) => {
    const viewer = await users.register();
    await remove(viewer);
    const before = await rowOf(viewer);
    const update = users.db.execute(
      sql`update users set ${sql.raw(change)} where user_id = ${viewer.userId}`,
    );
    await expect(update).rejects.toMatchObject({
      cause: expect.objectContaining({ constraint_name: 'users_erased_name_nobody' }),
    });
    expect(await rowOf(viewer)).toEqual(before);
  });

  it('is what administrators see at once, who saw the person before', async () => {
    const [admin, viewer] = [await users.registerAdmin(), await users.register()];
    const see = async () => {
      const query =
        'query ($r: [_Any!]!) { _entities(representations: $r) { ... on User { email firstName } } }';
      const variables = { r: [{ __typename: 'User', userId: viewer.userId }] };
      return JSON.stringify((await users.run(query, { viewer: admin, variables })).data);
    };
    expect(await see()).toContain(viewer.email);
    await remove(viewer);
    expect(await see()).not.toContain(viewer.email);
  });

  it('is verified by no token that was left over', async () => {
    const viewer = await users.register();
    await remove(viewer);
    await users.db.execute(sql`insert into email_verifications (token_hash, user_id, expires_at)
      values (${tokenHash('left-over')}, ${viewer.userId}, now() + interval '1 day')`);
    const verification = await users.mutate('verifyEmail', { token: 'left-over' }, 'emailVerified');
    expect(verification.code).toBe('AUTH_003');
  });
});

it('nobody is known any more at the places of a deleted account', async () => {
  const viewer = await users.register();
  await users.login(viewer.email);
  await remove(viewer);
  const guess = async (clientAddress: string) => {
    const input = `email: "${viewer.email}", password: "Wrong-Passw0rd!"`;
    const query = `mutation { login(input: { ${input} }) { session { expiresIn } } }`;
    return (await users.run(query, { clientAddress })).errors[0]?.extensions.code;
  };
  for (let address = 0; address < 25; address += 1) await guess(`203.0.113.${address}`);
  expect(await guess('192.0.2.1')).toBe('RATE_001');
});
