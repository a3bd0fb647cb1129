import { createAccessTokenVerifier } from '@commerce/kit/access-token';
import type { Viewer } from '@commerce/kit/viewer';
import { sql } from 'drizzle-orm';
import postgres from 'postgres';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createSessionStore } from '../src/data/session-store.ts';
import { anonymous, createUsersFixture, password, secrets, type UsersFixture } from './users-fixture.ts';

let users: UsersFixture;
beforeAll(async () => {
  users = await createUsersFixture();
});
afterAll(async () => await users.close());
beforeEach(() => {
  users.time.now = new Date();
});

const tokens = 'session { accessToken refreshToken }';

function viewerOf(accessToken: string): Viewer & { kind: 'user' } {
  const viewer = createAccessTokenVerifier([secrets.access], () => users.time.now)(accessToken);
  if (typeof viewer === 'string') throw new Error(viewer);
  return viewer;
}

/** Logs in as from a browser. */
async function loginFrom(email: string, { userAgent = 'Browser', clientAddress = '192.0.2.7' } = {}) {
  const query = `mutation ($i: LoginInput!) { login(input: $i) { ${tokens} } }`;
  const input = { email, password };
  const { data } = await users.run(query, { variables: { i: input }, userAgent, clientAddress });
  const { accessToken, refreshToken } = data.login.session;
  return { accessToken, refreshToken, viewer: viewerOf(accessToken) };
}

async function list(viewer: Viewer) {
  const query = '{ sessions { sessionId device address createdAt lastUsedAt isCurrent } }';
  const { data, errors } = await users.run(query, { viewer });
  return data?.sessions ?? errors[0]?.extensions.code;
}

const refresh = async (refreshToken: string) =>
  await users.mutate('refreshSession', { refreshToken }, tokens);
const end = async (sessionId: unknown, viewer: Viewer) =>
  await users.mutate('endSession', { sessionId }, 'sessionId', viewer);

const router: Viewer = { kind: 'service', name: 'router' };

async function ended(cursor: string | null = null, viewer: Viewer = router, fixture: UsersFixture = users) {
  const query = 'query ($c: String) { endedSessions(cursor: $c) { sessionIds cursor } }';
  const { data, errors } = await fixture.run(query, { viewer, variables: { c: cursor } });
  return data?.endedSessions ?? errors[0]?.extensions.code;
}

async function expectEnded(session: { viewer: Viewer & { kind: 'user' }; refreshToken: string }) {
  expect((await ended()).sessionIds).toContain(session.viewer.sessionId);
  expect((await refresh(session.refreshToken)).code).toBe('AUTH_003');
}

/** As many sessions more, all of one moment. */
const addSessions = async (
  fixture: UsersFixture,
  userId: string,
  sessions: { count: number; lastUsedAt: Date; endedAt?: Date },
) => {
  const [lastUsedAt, endedAt] = [sessions.lastUsedAt.toISOString(), sessions.endedAt?.toISOString() ?? null];
  await fixture.db.execute(sql`
    insert into refresh_families
      (family_id, user_id, session_epoch, expires_at, last_used_at, ended_at, revoked_at, revoked_for)
    select 'fam_' || substr(md5(random()::text), 1, 20) || n, ${userId}, session_epoch, ${lastUsedAt}::timestamptz
      + interval '1 day', ${lastUsedAt}::timestamptz, ${endedAt}::timestamptz, ${endedAt}::timestamptz,
      case when ${endedAt}::timestamptz is not null then 'ended' end
    from users, generate_series(1, ${sessions.count}) n where user_id = ${userId}`);
};

describe('one’s own sessions', () => {
  it('are listed with where and with what they were last used, the last one first', async () => {
    const { email } = await users.register();
    const first = await loginFrom(email, { userAgent: 'Old\tphone', clientAddress: '192.0.2.1' });
    users.passTime(60);
    const second = await loginFrom(email, { userAgent: 'x'.repeat(300), clientAddress: '2001:db8::1' });
    expect(await list(second.viewer)).toMatchObject([
      {
        sessionId: second.viewer.sessionId,
        device: 'x'.repeat(200),
        address: '2001:db8::1',
        isCurrent: true,
      },
      { sessionId: first.viewer.sessionId, device: 'Old phone', address: '192.0.2.1', isCurrent: false },
    ]);
    users.passTime(60);
    await refresh(first.refreshToken);
    const [used] = await list(second.viewer);
    expect(used).toMatchObject({
      sessionId: first.viewer.sessionId,
      address: '192.0.2.1',
      device: 'Old phone',
    });
    expect(Date.parse(used.lastUsedAt) - Date.parse(used.createdAt)).toBe(120_000);
  });

  it('do not show once they have ended or expired', async () => {
    const { email } = await users.register();
    const one = await loginFrom(email);
    const two = await loginFrom(email);
    await users.mutate('logout', { refreshToken: one.refreshToken }, 'loggedOut');
    expect(await list(two.viewer)).toHaveLength(1);
    users.passTime(8 * 24 * 3_600);
    expect(await list(two.viewer)).toEqual([]);
  });

  it('are nobody else’s to see', async () => {
    const [one, other] = await Promise.all([users.register(), users.register()]);
    await loginFrom(one.email);
    expect(await list(other)).toEqual([]);
    expect(await list(anonymous)).toBe('AUTH_003');
  });

  it('end one by one', async () => {
    const { email } = await users.register();
    const [here, there] = [await loginFrom(email), await loginFrom(email)];
    expect((await end(there.viewer.sessionId, here.viewer)).code).toBeNull();
    await expectEnded(there);
    expect((await refresh(here.refreshToken)).code).toBeNull();
    expect((await end(there.viewer.sessionId, here.viewer)).code).toBe('RES_001');
  });

  it('are nobody else’s to end', async () => {
    const [one, other] = await Promise.all([users.register(), users.register()]);
    const session = await loginFrom(one.email);
    const admin = await users.registerAdmin();
    for (const viewer of [other, admin]) {
      expect((await end(session.viewer.sessionId, viewer)).code).toBe('RES_001');
    }
    expect((await end(session.viewer.sessionId, anonymous)).code).toBe('AUTH_003');
    expect((await end('', one)).code).not.toBeNull();
    expect((await refresh(session.refreshToken)).code).toBeNull();
  });

  it('end all at once', async () => {
    const [one, other] = await Promise.all([users.register(), users.register()]);
    const sessions = [await loginFrom(one.email), await loginFrom(one.email)];
    const untouched = await loginFrom(other.email);
    const { data } = await users.run('mutation { endAllSessions { ended } }', { viewer: one });
    expect(data.endAllSessions).toEqual({ ended: 2 });
    for (const session of sessions) await expectEnded(session);
    expect((await refresh(untouched.refreshToken)).code).toBeNull();
  });
});

describe('one’s hundred and first session', () => {
  it('ends the one that was used longest ago', async () => {
    const { email, userId } = await users.register();
    const used = await loginFrom(email);
    const idle = await loginFrom(email);
    users.passTime(60);
    await addSessions(users, userId, { count: 97, lastUsedAt: users.time.now });
    users.passTime(60);
    const { code, payload } = await refresh(used.refreshToken);
    expect(code).toBeNull();
    const hundredth = await loginFrom(email);
    expect(await list(used.viewer)).toHaveLength(100);
    expect((await ended()).sessionIds).not.toContain(idle.viewer.sessionId);

    const last = await loginFrom(email);
    await expectEnded(idle);
    const left = await list(last.viewer);
    expect(left).toHaveLength(100);
    const ids = left.map(({ sessionId }: { sessionId: string }) => sessionId);
    for (const { viewer } of [used, hundredth, last]) expect(ids).toContain(viewer.sessionId);
    expect((await refresh(payload.session.refreshToken)).code).toBeNull();
  });

  it('leaves those of others alone', async () => {
    const [one, other] = await Promise.all([users.register(), users.register()]);
    const untouched = await loginFrom(other.email);
    users.passTime(60);
    await addSessions(users, one.userId, { count: 100, lastUsedAt: users.time.now });
    await loginFrom(one.email);
    expect((await refresh(untouched.refreshToken)).code).toBeNull();
  });

  it('is not listed, where many begin at one moment', async () => {
    const { userId, email } = await users.register();
    const { viewer } = await loginFrom(email);
    await addSessions(users, userId, { count: 150, lastUsedAt: users.time.now });
    expect(await list(viewer)).toHaveLength(100);
  });
});

describe('the sessions that ended', () => {
  const session = async () => {
    const user = await users.register();
    return { user, ...(await loginFrom(user.email)) };
  };

  it('tell of a logout', async () => {
    const one = await session();
    await users.mutate('logout', { refreshToken: one.refreshToken }, 'loggedOut');
    await expectEnded(one);
  });

  it('tell of a token that was replayed', async () => {
    const one = await session();
    await refresh(one.refreshToken);
    await users.db.execute(sql`
      update refresh_tokens set created_at = created_at - interval '30 seconds'
      where family_id = ${one.viewer.sessionId}`);
    await refresh(one.refreshToken);
    await expectEnded(one);
  });

  it('tell of a changed password, and not of the login that follows', async () => {
    const one = await session();
    const other = await loginFrom(one.user.email);
    const input = { currentPassword: password, newPassword: 'Another-Passw0rd!' };
    await users.mutate('changePassword', input, 'user { userId }', one.viewer);
    await expectEnded(one);
    await expectEnded(other);
    const { accessToken } = await users.login(one.user.email, 'Another-Passw0rd!');
    expect((await ended()).sessionIds).not.toContain(viewerOf(accessToken).sessionId);
  });

  it('tell of a password that was reset', async () => {
    const one = await session();
    await users.mutate('requestPasswordReset', { email: one.user.email }, 'accepted');
    const token = await users.mailedToken(one.user.email);
    await users.mutate('resetPassword', { token, newPassword: 'Another-Passw0rd!' }, 'passwordReset');
    await expectEnded(one);
  });

  it('tell of an account that was deactivated', async () => {
    const one = await session();
    const input = { userId: one.user.userId, isActive: false };
    await users.mutate('setUserActive', input, 'user { userId }', await users.registerAdmin());
    await expectEnded(one);
  });

  const endAgo = async (sessionId: string | undefined, ago: string) =>
    await users.db.execute(sql`
      update refresh_families set ended_at = now() - ${ago}::interval where family_id = ${sessionId}`);

  it('are told of as long as an access token may live', async () => {
    const one = await session();
    await users.mutate('logout', { refreshToken: one.refreshToken }, 'loggedOut');
    await endAgo(one.viewer.sessionId, '61 minutes');
    await expectEnded(one);
    await endAgo(one.viewer.sessionId, '66 minutes');
    expect((await ended()).sessionIds).not.toContain(one.viewer.sessionId);
  });

  it('are told of where they show only after the cursor was given', async () => {
    const one = await session();
    const late = postgres(users.url, { max: 1 });
    await late.begin(async (transaction) => {
      await transaction`
        update refresh_families set revoked_at = now(), revoked_for = 'ended'
        where family_id = ${one.viewer.sessionId ?? ''}`;
      const { cursor } = await ended();
      await transaction`commit`;
      expect((await ended(cursor)).sessionIds).toContain(one.viewer.sessionId);
    });
    await late.end();
  });

  it('are told of where another database takes over whose clock is behind', async () => {
    const one = await session();
    const { cursor } = await ended();
    await users.mutate('logout', { refreshToken: one.refreshToken }, 'loggedOut');
    await endAgo(one.viewer.sessionId, '100 seconds');
    expect((await ended(cursor)).sessionIds).toContain(one.viewer.sessionId);
  });

  it('are not told of for ever behind a cursor', async () => {
    const one = await session();
    await users.mutate('logout', { refreshToken: one.refreshToken }, 'loggedOut');
    const { cursor, sessionIds } = await ended();
    expect(sessionIds).toContain(one.viewer.sessionId);
    await users.db.execute(sql`update refresh_families set ended_at = now() - interval '3 minutes'
      where ended_at is not null`);
    expect((await ended(cursor)).sessionIds).toEqual([]);
    const two = await session();
    await users.mutate('logout', { refreshToken: two.refreshToken }, 'loggedOut');
    expect((await ended(cursor)).sessionIds).toEqual([two.viewer.sessionId]);
  });

  it('are told at first as long as an access token may live', async () => {
    const one = await session();
    await users.mutate('logout', { refreshToken: one.refreshToken }, 'loggedOut');
    await users.db.execute(sql`update refresh_families set ended_at = now() - interval '1 hour'
      where family_id = ${one.viewer.sessionId}`);
    expect((await ended()).sessionIds).toContain(one.viewer.sessionId);
  });

  it('are for services', async () => {
    expect(await ended(null, await users.registerAdmin())).toBe('AUTH_004');
    expect(await ended(null, anonymous)).toBe('AUTH_004');
  });
});

it('the sessions that ended are told of in pages, also where thousands ended at one moment', async () => {
  const many = await createUsersFixture();
  const { userId } = await many.register();
  const [now, ago] = [new Date(), new Date(Date.now() - 50 * 60_000)];
  await addSessions(many, userId, { count: 11_000, lastUsedAt: now, endedAt: ago });
  await addSessions(many, userId, { count: 10, lastUsedAt: now, endedAt: now });
  const pages = [await ended(null, router, many)];
  while (pages.at(-1)?.sessionIds.length === 5_000)
    pages.push(await ended(pages.at(-1)?.cursor, router, many));
  expect(pages.map(({ sessionIds }) => sessionIds.length)).toEqual([5_000, 5_000, 1_010]);
  expect(new Set(pages.flatMap(({ sessionIds }): string[] => sessionIds)).size).toBe(11_010);
  // Whoever has read all of them asks for what came since.
  expect((await ended(pages.at(-1)?.cursor, router, many)).sessionIds).toHaveLength(10);
  await many.close();
});

it('what shows late is told of also where it fell behind a page that was read', async () => {
  const many = await createUsersFixture();
  const { userId } = await many.register();
  await addSessions(many, userId, { count: 5_000, lastUsedAt: new Date(), endedAt: new Date() });
  const full = await ended(null, router, many);
  await addSessions(many, userId, {
    count: 1,
    lastUsedAt: new Date(),
    endedAt: new Date(Date.now() - 60_000),
  });
  const rest = await ended(full.cursor, router, many);
  expect(rest.sessionIds).toEqual([]);
  // However long the reading took.
  expect(full.cursor.startsWith(`${rest.cursor} `)).toBe(true);
  const [late] = (await ended(rest.cursor, router, many)).sessionIds;
  expect(full.sessionIds).toHaveLength(5_000);
  expect(full.sessionIds).not.toContain(late);
  await many.close();
});

it('no session begins with a password that was changed meanwhile', async () => {
  for (let round = 0; round < 5; round += 1) {
    const user = await users.register();
    const input = { currentPassword: password, newPassword: 'Another-Passw0rd!' };
    const [logins] = await Promise.all([
      Promise.all(
        Array.from({ length: 5 }, () => users.mutate('login', { email: user.email, password }, tokens)),
      ),
      users.mutate('changePassword', input, 'user { userId }', user),
    ]);
    const opened = logins.flatMap(({ payload }) => (payload ? [payload.session] : []));
    const over = (await ended()).sessionIds;
    for (const { accessToken } of opened) expect(over).toContain(viewerOf(accessToken).sessionId);
    for (const { code } of logins.filter(({ payload }) => !payload)) expect(code).toBe('AUTH_001');
  }
});

it('no session begins by what was read of an account before its password changed', async () => {
  const user = await users.register();
  const open = async (familyId: string) =>
    await createSessionStore(users.db).open({
      familyId,
      userId: user.userId,
      sessionEpoch: 0,
      tokenHash: familyId.padEnd(64, '0'),
      expiresAt: new Date(Date.now() + 60_000),
      client: { device: null, address: '192.0.2.7' },
      now: new Date(),
    });
  expect(await open('fam_before')).toBe(true);
  const input = { currentPassword: password, newPassword: 'Another-Passw0rd!' };
  await users.mutate('changePassword', input, 'user { userId }', user);
  expect(await open('fam_after')).toBe(false);
});
