import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createSessionStore } from '../src/data/session-store.ts';
import { createUsersFixture, type UsersFixture } from './users-fixture.ts';

let users: UsersFixture;
let userId: string;
let store: ReturnType<typeof createSessionStore>;
beforeAll(async () => {
  users = await createUsersFixture();
  userId = (await users.register()).userId;
  store = createSessionStore(users.db);
});
afterAll(async () => await users.close());
beforeEach(async () => await users.db.execute(sql`delete from refresh_families`));

async function add(familyId: string, expiredAgo: string, endedAgo: string | null = null): Promise<void> {
  await users.db.execute(sql`
    with family as (
      insert into refresh_families (family_id, user_id, session_epoch, expires_at, ended_at, revoked_at, revoked_for)
      select ${familyId}, ${userId}, 0, now() - ${expiredAgo}::interval, ended_at, ended_at,
        case when ended_at is not null then 'ended' end
      from (select now() - ${endedAgo}::interval as ended_at) as moment
      returning family_id, expires_at
    )
    insert into refresh_tokens (token_hash, family_id, expires_at)
    select encode(sha256(family_id::bytea), 'hex'), family_id, expires_at from family`);
}

async function known(): Promise<unknown[]> {
  const rows = await users.db.execute(sql`select family_id from refresh_families order by family_id`);
  return rows.map((row) => row.family_id);
}

it('sessions are forgotten long after they expired, with their tokens, oldest first and so many at once', async () => {
  await add('fam_1', '66 minutes');
  await add('fam_2', '3 days');
  await add('fam_3', '2 days', '3 days');
  await add('fam_young', '64 minutes');
  await add('fam_alive', '-1 day');
  expect(await store.pruneExpired(2)).toBe(2);
  expect(await known()).toEqual(['fam_1', 'fam_alive', 'fam_young']);
  expect(await store.pruneExpired(2)).toBe(1);
  expect(await store.pruneExpired(2)).toBe(0);
  expect(await known()).toEqual(['fam_alive', 'fam_young']);
  const [tokens] = await users.db.execute(sql`select count(*)::integer as n from refresh_tokens`);
  expect(tokens?.n).toBe(2);
});

it('what ended is told of for its time, although it expired before', async () => {
  await add('fam_late', '2 days', '64 minutes');
  await add('fam_told', '2 days', '66 minutes');
  expect(await store.pruneExpired(10)).toBe(1);
  expect((await store.listEnded(null)).sessionIds).toEqual(['fam_late']);
});

it('a login leaves to the background what expired, since its end may have to be told', async () => {
  const { email } = await users.register();
  await users.login(email);
  await users.db.execute(sql`
    update refresh_families set expires_at = now() - interval '1 minute', revoked_at = now(), revoked_for = 'ended'`);
  await users.login(email);
  expect((await store.listEnded(null)).sessionIds).toHaveLength(1);
});

it('sessions whose account is being erased are left alone, and neither waits for the other', async () => {
  await add('fam_held', '2 days');
  await add('fam_free', '2 days');
  await users.db.transaction(async (erasure) => {
    await erasure.execute(sql`delete from refresh_tokens where family_id = 'fam_held'`);
    expect(await store.pruneExpired(10)).toBe(1);
    await erasure.execute(sql`update refresh_families set device = null where family_id = 'fam_held'`);
    expect(await store.pruneExpired(10)).toBe(0);
  });
  expect(await store.pruneExpired(10)).toBe(1);
  expect(await known()).toEqual([]);
});
