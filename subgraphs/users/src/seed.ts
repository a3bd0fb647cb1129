import { createHmac } from 'node:crypto';
import { type Db, queryRows } from '@commerce/kit/postgres';
import type { Role } from '@commerce/kit/viewer';
import { eq, inArray, sql } from 'drizzle-orm';
import { z } from 'zod';
import { addresses, demoAccounts, users } from './data/tables.ts';
import { createPasswords, type Passwords } from './domain/passwords.ts';

type DemoAccount = { userId: string; email: string; firstName: string; lastName: string; role: Role };

const admin: DemoAccount = {
  userId: 'usr_demo_admin',
  email: 'admin@example.com',
  firstName: 'Ada',
  lastName: 'Admin',
  role: 'admin',
};

const customer: DemoAccount = {
  userId: 'usr_demo_customer',
  email: 'customer@example.com',
  firstName: 'Casey',
  lastName: 'Customer',
  role: 'customer',
};

const customerAddress = {
  addressId: 'addr_demo_customer',
  userId: customer.userId,
  street: '123 Main St',
  city: 'New York',
  state: 'NY',
  zipCode: '10001',
  country: 'USA',
  isDefault: true,
};

export type SeedUsersOptions = {
  db: Db;
  /** Password of both accounts. */
  demoPassword: string;
  /** When the accounts are said to have been registered. */
  now: Date;
  passwords?: Passwords;
};

/** Adds the demonstration accounts and sees to it that the password given opens them. The second time it
 *  does nothing and takes a few milliseconds. An account that somebody registered under one of the
 *  addresses stays as it is. Not for production. */
export async function seedUsers(options: SeedUsersOptions): Promise<void> {
  const { db } = options;
  const passwords = options.passwords ?? createPasswords();
  const known = await db
    .select({
      userId: users.userId,
      passwordHash: users.passwordHash,
      fingerprint: demoAccounts.fingerprint,
      erasedAt: users.erasedAt,
    })
    .from(users)
    .leftJoin(demoAccounts, eq(demoAccounts.userId, users.userId))
    .where(inArray(users.userId, [admin.userId, customer.userId]));
  await Promise.all(
    [admin, customer].map(async (account) => {
      const found = known.find(({ userId }) => userId === account.userId);
      // Somebody who tried the shop out deleted it.
      if (found?.erasedAt) return;
      if (found) await keepPassword({ ...options, passwords }, found);
      else await addAccount({ ...options, passwords }, account);
    }),
  );
}

type Seeding = SeedUsersOptions & { passwords: Passwords };

async function addAccount(
  { db, demoPassword, now, passwords }: Seeding,
  account: DemoAccount,
): Promise<void> {
  const passwordHash = await passwords.hash(demoPassword);
  const createdAt = sql`${now.toISOString()}::timestamptz`;
  const added = await queryRows(
    db,
    sql`
      with added as (
        insert into users (user_id, email, password_hash, first_name, last_name, role, email_verified,
                           created_at, updated_at)
        values (${account.userId}, ${account.email}, ${passwordHash}, ${account.firstName}, ${account.lastName},
                ${account.role}, true, ${createdAt}, ${createdAt})
        on conflict do nothing
        returning user_id
      )
      insert into demo_accounts (user_id, fingerprint)
      select user_id, ${fingerprintOf(passwordHash, demoPassword)} from added
      returning user_id as "userId"`,
    z.object({ userId: z.string() }),
  );
  if (added.length > 0 && account === customer) {
    await db.insert(addresses).values(customerAddress).onConflictDoNothing();
  }
}

/** The password of the account may have been changed since, or another be wanted. */
async function keepPassword(
  { db, demoPassword, passwords }: Seeding,
  found: { userId: string; passwordHash: string; fingerprint: string | null },
): Promise<void> {
  if (found.fingerprint === fingerprintOf(found.passwordHash, demoPassword)) return;
  const isRight = await passwords.verify(demoPassword, found.passwordHash);
  const passwordHash = isRight ? found.passwordHash : await passwords.hash(demoPassword);
  const sessionsEnded = isRight ? 0 : 1;
  await db.execute(sql`
    with changed as (
      update users
      set password_hash = ${passwordHash}, session_epoch = session_epoch + ${sessionsEnded}::integer
      where user_id = ${found.userId}
    )
    insert into demo_accounts (user_id, fingerprint)
    values (${found.userId}, ${fingerprintOf(passwordHash, demoPassword)})
    on conflict (user_id) do update set fingerprint = excluded.fingerprint`);
}

/** Asking bcrypt takes 273 ms an account, at every start. This tells as well whether the question has been
 *  answered before; that it is fast to guess matters little for a password that is printed at start. */
function fingerprintOf(passwordHash: string, demoPassword: string): string {
  return createHmac('sha256', passwordHash).update(demoPassword).digest('hex');
}
