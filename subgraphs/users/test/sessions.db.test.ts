import { createAccessTokenVerifier } from '@commerce/kit/access-token';
import { sql } from 'drizzle-orm';
import jwt from 'jsonwebtoken';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createUsersFixture, password, secrets, type UsersFixture } from './users-fixture.ts';

let users: UsersFixture;
beforeAll(async () => {
  users = await createUsersFixture();
});
afterAll(async () => await users.close());
beforeEach(() => {
  users.time.now = new Date();
});

const login = async (email: unknown, secret: unknown = password) =>
  await users.mutate(
    'login',
    { email, password: secret },
    'session { expiresIn user { userId email role } }',
  );
const refresh = async (refreshToken: unknown) =>
  await users.mutate(
    'refreshSession',
    { refreshToken },
    'session { accessToken refreshToken user { email } }',
  );
const logout = async (refreshToken: unknown) => await users.mutate('logout', { refreshToken }, 'loggedOut');
const deactivate = async (userId: string, isActive = false) =>
  await users.mutate('setUserActive', { userId, isActive }, 'user { userId }', await users.registerAdmin());

describe('login', () => {
  it('answers with tokens and the user', async () => {
    const user = await users.register();
    const { payload } = await login(` ${user.email.toUpperCase()} `);
    const { userId, email } = user;
    expect(payload.session).toEqual({ expiresIn: 3600, user: { userId, email, role: 'CUSTOMER' } });
  });

  it('gives an access token that names the user', async () => {
    const user = await users.register();
    const { accessToken } = await users.login(user.email);
    expect(createAccessTokenVerifier([secrets.access], () => users.time.now)(accessToken)).toEqual({
      ...user,
      sessionId: expect.stringMatching(/^fam_\w{22}$/),
    });
  });

  it('gives a refresh token of seven days with exactly its claims', async () => {
    const user = await users.register();
    const { refreshToken } = await users.login(user.email);
    const claims = jwt.verify(refreshToken, secrets.refresh, { algorithms: ['HS256'] }) as jwt.JwtPayload;
    expect(Object.keys(claims).sort()).toEqual(['exp', 'family', 'iat', 'jti', 'type', 'userId']);
    expect(claims).toMatchObject({ type: 'refresh', userId: user.userId });
    expect((claims.exp ?? 0) - (claims.iat ?? 0)).toBe(7 * 24 * 3_600);
  });

  it('answers a wrong password, an unknown address and a deactivated account alike', async () => {
    const user = await users.register();
    const gone = await users.register();
    await deactivate(gone.userId);
    const answers = await Promise.all([
      login(user.email, 'Wrong-Passw0rd!'),
      login('nobody@example.com'),
      login(gone.email),
    ]);
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(answers[0]).toMatchObject({ code: 'AUTH_001', message: 'Invalid email or password' });
  });

  it('does the same work for a wrong password and an unknown address', async () => {
    const user = await users.register();
    const work = async (email: string) => {
      users.statements.length = 0;
      users.passwordCalls.length = 0;
      await login(email, 'Wrong-Passw0rd!');
      return { statements: [...users.statements], passwordCalls: [...users.passwordCalls] };
    };
    const known = await work(user.email);
    expect(await work('nobody@example.com')).toEqual(known);
    expect(known.passwordCalls).toEqual(['verify']);
    expect(known.statements).toHaveLength(1);
  });

  it.each([
    ['not-an-address', password, 'VAL_001'],
    ['a@example.com', '', 'VAL_001'],
    ['a@example.com', 'a\0b', 'VAL_001'],
    ['a@example.com', null, 'VAL_002'],
    [undefined, password, 'VAL_002'],
    ["' or 1=1 --@example.com", password, 'VAL_001'],
  ])('answers %j with %j by %s', async (email, secret, code) => {
    expect((await login(email, secret)).code).toBe(code);
  });
});

describe('while the secret of refresh tokens is replaced', () => {
  const next = 'next-refresh-secret-of-at-least-32-bytes';

  it('tokens under either are traded for one under the new one, by all instances alike', async () => {
    const host = { url: users.url };
    const [before, after] = await Promise.all([
      createUsersFixture({ secrets: { access: secrets.access, refresh: [secrets.refresh, next] } }, host),
      createUsersFixture({ secrets: { access: secrets.access, refresh: [next, secrets.refresh] } }, host),
    ]);
    const user = await users.register();
    const { refreshToken: old } = await users.login(user.email);
    const trade = async (fixture: UsersFixture, refreshToken: string) =>
      await fixture.mutate('refreshSession', { refreshToken }, 'session { refreshToken }');
    const first = await trade(after, old);
    const claims = jwt.verify(first.payload.session.refreshToken, next, { algorithms: ['HS256'] });
    expect(claims).toMatchObject({ userId: user.userId });
    // The same trade, answered again by an instance that still signs with the old one: the same token by its id.
    const again = await trade(before, old);
    expect(jwt.decode(again.payload.session.refreshToken)).toMatchObject({
      jti: (claims as jwt.JwtPayload).jti,
    });
    expect((await trade(before, first.payload.session.refreshToken)).code).toBeNull();
    expect((await trade(users, first.payload.session.refreshToken)).code).toBe('AUTH_003');
    await Promise.all([before.close(), after.close()]);
  });
});

describe('a refresh token', () => {
  const session = async () => {
    const user = await users.register();
    return { user, ...(await users.login(user.email)) };
  };

  it('is traded for new tokens', async () => {
    const { user, refreshToken } = await session();
    const { payload } = await refresh(refreshToken);
    expect(payload.session.user.email).toBe(user.email);
    expect(payload.session.refreshToken).not.toBe(refreshToken);
    expect((await refresh(payload.session.refreshToken)).code).toBeNull();
  });

  it('carries the present role into the new access token', async () => {
    const { user, refreshToken } = await session();
    await users.db.execute(sql`update users set role = 'admin' where user_id = ${user.userId}`);
    const { payload } = await refresh(refreshToken);
    const verify = createAccessTokenVerifier([secrets.access], () => users.time.now);
    expect(verify(payload.session.accessToken)).toMatchObject({ role: 'admin' });
  });

  /** Puts what was traded so many seconds back, by the database's clock. */
  const putBack = async (userId: string, seconds: number) =>
    await users.db.execute(sql`
      update refresh_tokens set created_at = created_at - make_interval(secs => ${seconds})
      where family_id in (select family_id from refresh_families where user_id = ${userId})`);

  it('gives the same successor again for ten seconds, to a client that lost the answer', async () => {
    const { user, refreshToken } = await session();
    const successor = (await refresh(refreshToken)).payload.session.refreshToken;
    await putBack(user.userId, 5);
    const again = (await refresh(refreshToken)).payload.session;
    expect(again.refreshToken).toBe(successor);
    const verify = createAccessTokenVerifier([secrets.access], () => users.time.now);
    expect(verify(again.accessToken)).toMatchObject({ kind: 'user' });
    expect((await refresh(successor)).code).toBeNull();
  });

  it('ends the whole session when it is used again after ten seconds', async () => {
    const { user, refreshToken } = await session();
    const successor = (await refresh(refreshToken)).payload.session.refreshToken;
    await putBack(user.userId, 10);
    expect((await refresh(refreshToken)).code).toBe('AUTH_003');
    expect((await refresh(successor)).code).toBe('AUTH_003');
    expect(users.logLines.join()).toContain('replayed');
  });

  it('ends the whole session when it is used again after its successor was used', async () => {
    const { refreshToken } = await session();
    const successor = (await refresh(refreshToken)).payload.session.refreshToken;
    const newest = (await refresh(successor)).payload.session.refreshToken;
    expect((await refresh(refreshToken)).code).toBe('AUTH_003');
    expect((await refresh(newest)).code).toBe('AUTH_003');
  });

  it.each(['logout', 'deactivation'])('is not given a successor again after %s', async (end) => {
    const { user, refreshToken } = await session();
    await refresh(refreshToken);
    if (end === 'logout') await logout(refreshToken);
    else await deactivate(user.userId);
    expect((await refresh(refreshToken)).code).toBe('AUTH_003');
  });

  it('leaves the other sessions of the user alone when it is replayed', async () => {
    const { user, refreshToken } = await session();
    const other = await users.login(user.email);
    await refresh(refreshToken);
    await putBack(user.userId, 10);
    expect((await refresh(refreshToken)).code).toBe('AUTH_003');
    expect((await refresh(other.refreshToken)).code).toBeNull();
  });

  it('is traded once where twenty try at once: all get the one successor, which works', async () => {
    const { refreshToken } = await session();
    const tries = await Promise.all(Array.from({ length: 20 }, async () => await refresh(refreshToken)));
    const successors = new Set(tries.map(({ payload }) => payload?.session.refreshToken));
    expect(tries.map(({ code }) => code)).toEqual(tries.map(() => null));
    expect(successors.size).toBe(1);
    expect((await refresh([...successors][0])).code).toBeNull();
  });

  it.each([-60, 60])('has one successor where the next instance’s clock is off by %s s', async (seconds) => {
    const { refreshToken } = await session();
    const successor = (await refresh(refreshToken)).payload.session.refreshToken;
    users.passTime(seconds);
    expect((await refresh(refreshToken)).payload?.session.refreshToken).toBe(successor);
  });

  it('ends the whole session after ten seconds, also where the next instance’s clock is behind', async () => {
    const { user, refreshToken } = await session();
    await refresh(refreshToken);
    await putBack(user.userId, 10);
    users.passTime(-60);
    expect((await refresh(refreshToken)).code).toBe('AUTH_003');
  });

  it('is never answered with a successor that was not kept', async () => {
    const { user, refreshToken } = await session();
    await refresh(refreshToken);
    // As by an instance that named the successor otherwise.
    await users.db.execute(sql`
      with other as (
        update refresh_tokens set token_hash = repeat('f', 64)
        where used_at is null and family_id in (select family_id from refresh_families where user_id = ${user.userId})
        returning family_id
      )
      update refresh_tokens t set successor_hash = repeat('f', 64)
      from other where t.family_id = other.family_id and t.used_at is not null`);
    expect((await refresh(refreshToken)).code).toBe('AUTH_003');
  });

  it('expires after seven days', async () => {
    const { refreshToken } = await session();
    users.passTime(7 * 24 * 3_600);
    expect((await refresh(refreshToken)).code).toBe('AUTH_002');
  });

  it('is refused after logout, and so is its successor', async () => {
    const { refreshToken } = await session();
    const successor = (await refresh(refreshToken)).payload.session.refreshToken;
    expect((await logout(refreshToken)).payload).toEqual({ loggedOut: true });
    expect((await logout(successor)).payload).toEqual({ loggedOut: true });
    expect((await refresh(successor)).code).toBe('AUTH_003');
  });

  it('ends by logout where it has expired', async () => {
    const { refreshToken } = await session();
    users.passTime(8 * 24 * 3_600);
    expect((await logout(refreshToken)).code).toBeNull();
  });

  it('is not an access token, nor the other way round', async () => {
    const { accessToken, refreshToken } = await session();
    expect(createAccessTokenVerifier([secrets.access])(refreshToken)).toBe('invalid');
    expect((await refresh(accessToken)).code).toBe('AUTH_003');
    expect((await logout(accessToken)).code).toBe('AUTH_003');
  });

  it.each(['none', 'HS512'] as const)('is refused under algorithm %s', async (algorithm) => {
    const { refreshToken } = await session();
    const claims = jwt.decode(refreshToken) as jwt.JwtPayload;
    const forged = jwt.sign(claims, algorithm === 'none' ? '' : secrets.refresh, { algorithm });
    expect((await refresh(forged)).code).toBe('AUTH_003');
    expect((await refresh(refreshToken)).code).toBeNull();
  });

  it.each([
    ['garbage', 'AUTH_003'],
    ['', 'VAL_001'],
    ['a\0b', 'VAL_001'],
    ['x'.repeat(2_049), 'VAL_001'],
    [null, 'VAL_002'],
  ])('is not %j', async (text, code) => {
    expect((await refresh(text)).code).toBe(code);
  });

  it('is kept as a hash, and removed when it has expired', async () => {
    const { user, refreshToken } = await session();
    const { jti } = jwt.decode(refreshToken) as jwt.JwtPayload;
    const kept = async () =>
      await users.db.execute(sql`
        select token_hash from refresh_tokens join refresh_families using (family_id)
        where user_id = ${user.userId}`);
    expect(JSON.stringify(await kept())).not.toContain(jti);
    users.passTime(6 * 24 * 3_600);
    const successor = (await refresh(refreshToken)).payload.session.refreshToken;
    users.passTime(2 * 24 * 3_600);
    await refresh(successor);
    expect(await kept()).toHaveLength(2);
  });
});

describe('deactivation', () => {
  it('ends sessions, also when the account is activated again', async () => {
    const user = await users.register();
    const { refreshToken } = await users.login(user.email);
    await deactivate(user.userId);
    expect((await refresh(refreshToken)).code).toBe('AUTH_003');
    await deactivate(user.userId, true);
    expect((await refresh(refreshToken)).code).toBe('AUTH_003');
    await expect(users.login(user.email)).resolves.toBeDefined();
  });
});
