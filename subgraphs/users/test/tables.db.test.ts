import { violatedConstraint } from '@commerce/kit/postgres';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createUsersFixture, type UsersFixture } from './users-fixture.ts';

let users: UsersFixture;
let userId: string;
beforeAll(async () => {
  users = await createUsersFixture();
  userId = (await users.register({ email: 'user@example.com' })).userId;
});
afterAll(async () => await users.close());

const good = {
  user_id: 'usr_new',
  email: 'new@example.com',
  password_hash: '$2b$12$hash',
  first_name: 'A',
  last_name: 'B',
};

describe('the table of users refuses', () => {
  it.each([
    [{ email: 'User@Example.com' }, 'users_email_is_normal'],
    [{ email: ' padded@example.com' }, 'users_email_is_normal'],
    [{ email: 'nobody' }, 'users_email_is_normal'],
    [{ email: 'user@example.com' }, 'users_email_key'],
    [{ first_name: ' ' }, 'users_names_are_given'],
    [{ phone_number: '123' }, 'users_phone_is_e164'],
    [{ role: 'root' }, 'users_role_is_known'],
    [{ password_hash: 'SecurePass123!' }, 'users_password_is_hashed'],
  ])('%j', async (fields, constraint) => {
    const row = { ...good, ...fields };
    const names = sql.join(
      Object.keys(row).map((name) => sql.identifier(name)),
      sql`, `,
    );
    const values = sql.join(
      Object.values(row).map((value) => sql`${value}`),
      sql`, `,
    );
    const error = await users.db
      .execute(sql`insert into users (${names}) values (${values})`)
      .catch((e: unknown) => e);
    expect(violatedConstraint(error)).toBe(constraint);
  });
});

describe('the table of addresses refuses', () => {
  const insert = async (addressId: string, street: string) =>
    await users.db
      .execute(
        sql`insert into addresses (address_id, user_id, street, city, state, zip_code, country, is_default)
            values (${addressId}, ${userId}, ${street}, 'c', '', 'z', 'x', true)`,
      )
      .catch((error: unknown) => error);

  it('a second default', async () => {
    await insert('addr_1', 's');
    expect(violatedConstraint(await insert('addr_2', 's'))).toBe('addresses_one_default');
  });

  it('an empty street', async () => {
    expect(violatedConstraint(await insert('addr_3', ' '))).toBe('addresses_are_filled');
  });
});

describe('sessions', () => {
  it('have one usable token each', async () => {
    await users.login('user@example.com');
    const error = await users.db
      .execute(
        sql`insert into refresh_tokens (token_hash, family_id, expires_at)
            select repeat('a', 64), family_id, now() from refresh_families`,
      )
      .catch((reason: unknown) => reason);
    expect(violatedConstraint(error)).toBe('refresh_tokens_one_usable');
  });

  it('go with their user', async () => {
    await users.db.execute(sql`delete from users where user_id = ${userId}`);
    expect(await users.db.execute(sql`select family_id from refresh_families`)).toEqual([]);
    expect(await users.db.execute(sql`select token_hash from refresh_tokens`)).toEqual([]);
  });
});
