import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createCredentialStore } from '../src/data/credential-store.ts';
import type { Deps } from '../src/domain/deps.ts';
import { requestPasswordReset } from '../src/domain/password-reset.ts';
import { anonymous, createUsersFixture, password, type UsersFixture } from './users-fixture.ts';

let users: UsersFixture;
beforeAll(async () => {
  users = await createUsersFixture();
});
afterAll(async () => await users.close());
beforeEach(() => {
  users.time.now = new Date();
});

const newPassword = 'Another-Passw0rd#';
const refresh = async (refreshToken: string) =>
  (await users.mutate('refreshSession', { refreshToken }, 'session { expiresIn }')).code;
const request = async (email: string) =>
  (await users.mutate('requestPasswordReset', { email }, 'accepted')).payload?.accepted ?? null;
const reset = async (token: string, wanted = newPassword) =>
  (await users.mutate('resetPassword', { token, newPassword: wanted }, 'passwordReset')).code;

describe('a password change', () => {
  const change = async (
    viewer: Parameters<UsersFixture['mutate']>[3],
    currentPassword: string,
    wanted = newPassword,
  ) =>
    (
      await users.mutate(
        'changePassword',
        { currentPassword, newPassword: wanted },
        'user { userId }',
        viewer,
      )
    ).code;

  it('lets the new password in, the old one out, and ends all sessions', async () => {
    const user = await users.register();
    const sessions = [await users.login(user.email), await users.login(user.email)];
    expect(await change(user, password)).toBeNull();
    for (const { refreshToken } of sessions) expect(await refresh(refreshToken)).toBe('AUTH_003');
    await expect(users.login(user.email, password)).rejects.toThrow('AUTH_001');
    await expect(users.login(user.email, newPassword)).resolves.toBeDefined();
  });

  it('is refused where the current password is wrong', async () => {
    const user = await users.register();
    expect(await change(user, 'Wrong-Passw0rd!')).toBe('AUTH_001');
    await expect(users.login(user.email)).resolves.toBeDefined();
  });

  it('asks for a good password', async () => {
    expect(await change(await users.register(), password, 'weak')).toBe('VAL_001');
  });

  it('is for those who are logged in', async () => {
    expect(await change(anonymous, password)).toBe('AUTH_003');
    expect(await change({ kind: 'anonymous', reason: 'expired' }, password)).toBe('AUTH_002');
  });

  it('succeeds once where two happen at once', async () => {
    const user = await users.register();
    const codes = await Promise.all([
      change(user, password, 'First-Passw0rd!'),
      change(user, password, 'Second-Passw0rd!'),
    ]);
    expect(codes).toContain(null);
    expect(codes).toContain('AUTH_001');
  });

  it('is refused for an account that is gone or deactivated', async () => {
    const user = await users.register();
    await users.db.execute(sql`update users set is_active = false where user_id = ${user.userId}`);
    expect(await change(user, password)).toBe('AUTH_003');
    expect(await change({ ...user, userId: 'usr_none' }, password)).toBe('AUTH_003');
  });
});

describe('a password reset', () => {
  it('sets a password by the token of the mail and ends all sessions', async () => {
    const user = await users.register();
    const { refreshToken } = await users.login(user.email);
    expect(await request(user.email.toUpperCase())).toBe(true);
    expect(await reset(await users.mailedToken(user.email))).toBeNull();
    expect(await refresh(refreshToken)).toBe('AUTH_003');
    await expect(users.login(user.email, password)).rejects.toThrow('AUTH_001');
    await expect(users.login(user.email, newPassword)).resolves.toBeDefined();
  });

  it('answers alike where the address has no account, after the same work', async () => {
    const user = await users.register();
    await users.app.whenIdle();
    const sentBefore = users.mails.length;
    const work = async (email: string) => {
      users.statements.length = 0;
      const answer = await request(email);
      const statements = users.statements.slice(0, 1);
      await users.app.whenIdle();
      return { answer, statements };
    };
    expect(await work('nobody@example.com')).toEqual(await work(user.email));
    expect(users.mails.slice(sentBefore).map((mail) => mail.to)).toEqual([user.email]);
  });

  it('is answered without waiting for what only an account has', async () => {
    const user = await users.register();
    const account = await createCredentialStore(users.db).findByEmail(user.email);
    const never = new Promise<never>(() => {});
    const deps = {
      credentials: { findByEmail: async () => account, openReset: () => never },
      mailer: { send: () => never, close() {} },
      publicUrl: 'http://shop.test',
      afterAnswer: {
        run: (_name: string, work: () => Promise<void>) => void work(),
        whenIdle: async () => {},
      },
      clock: () => new Date(),
    };
    const answer = requestPasswordReset(deps as unknown as Deps, { email: user.email }).then(
      () => 'answered',
    );
    const later = new Promise((resolve) => setImmediate(resolve, 'waits'));
    expect(await Promise.race([answer, later])).toBe('answered');
  });

  it('mails nothing to a deactivated account, and its earlier token is worthless', async () => {
    const user = await users.register();
    await request(user.email);
    const token = await users.mailedToken(user.email);
    const sentBefore = users.mails.length;
    await users.db.execute(sql`update users set is_active = false where user_id = ${user.userId}`);
    expect(await request(user.email)).toBe(true);
    await users.app.whenIdle();
    expect(users.mails).toHaveLength(sentBefore);
    expect(await reset(token)).toBe('AUTH_003');
  });

  it('works once, also where ten try at once', async () => {
    const user = await users.register();
    await request(user.email);
    const token = await users.mailedToken(user.email);
    const codes = await Promise.all(Array.from({ length: 10 }, async () => await reset(token)));
    expect(codes.filter((code) => code === null)).toHaveLength(1);
    expect(codes.filter((code) => code === 'AUTH_003')).toHaveLength(9);
  });

  it('keeps a hash of the token only', async () => {
    const user = await users.register();
    await request(user.email);
    const token = await users.mailedToken(user.email);
    const kept = await users.db.execute(
      sql`select token_hash from password_resets where user_id = ${user.userId}`,
    );
    expect(kept).toHaveLength(1);
    expect(JSON.stringify(kept)).not.toContain(token);
  });

  it('spends the other tokens of the user', async () => {
    const user = await users.register();
    await request(user.email);
    const first = await users.mailedToken(user.email);
    await request(user.email);
    const second = await users.mailedToken(user.email);
    expect(await reset(second)).toBeNull();
    expect(await reset(first)).toBe('AUTH_003');
  });

  it('works within fifteen minutes', async () => {
    const user = await users.register();
    await request(user.email);
    const token = await users.mailedToken(user.email);
    users.passTime(15 * 60);
    expect(await reset(token)).toBe('AUTH_003');
  });

  it('sends at most three mails while their tokens are good', async () => {
    const user = await users.register();
    await users.app.whenIdle();
    const sentBefore = users.mails.length;
    const ask = async () => {
      await request(user.email);
      await users.app.whenIdle();
    };
    for (let turn = 0; turn < 5; turn += 1) await ask();
    expect(users.mails).toHaveLength(sentBefore + 3);
    users.passTime(15 * 60);
    await ask();
    expect(users.mails).toHaveLength(sentBefore + 4);
  });

  it('sends at most ten mails in a day, and answers alike past them', async () => {
    const user = await users.register();
    await users.app.whenIdle();
    const sentBefore = users.mails.length;
    const askThrice = async () => {
      for (let turn = 0; turn < 3; turn += 1) {
        expect(await request(user.email)).toBe(true);
        await users.app.whenIdle();
      }
    };
    for (let turn = 0; turn < 8; turn += 1) {
      await askThrice();
      users.passTime(15 * 60);
    }
    expect(users.mails).toHaveLength(sentBefore + 10);
    users.passTime(22 * 3_600 - 60);
    await askThrice();
    expect(users.mails).toHaveLength(sentBefore + 10);
    users.passTime(60);
    await askThrice();
    expect(users.mails).toHaveLength(sentBefore + 13);
    users.passTime(24 * 3_600);
    await request(user.email);
    await users.app.whenIdle();
    const [left] = await users.db.execute(
      sql`select count(*)::integer as n from password_resets where user_id = ${user.userId}`,
    );
    expect(left?.n).toBe(1);
  });

  it('hashes nothing for a made-up token', async () => {
    users.passwordCalls.length = 0;
    expect(await reset('made-up')).toBe('AUTH_003');
    expect(users.passwordCalls).toEqual([]);
  });

  it.each([
    ['', newPassword],
    ['a\0b', newPassword],
    ['token', 'weak'],
  ])('refuses %j with %j', async (token, wanted) => {
    expect(await reset(token, wanted)).toBe('VAL_001');
  });

  it('refuses what is no address', async () => {
    expect((await users.mutate('requestPasswordReset', { email: 'nobody' }, 'accepted')).code).toBe(
      'VAL_001',
    );
  });
});

it('turns logins away where too many hashes are waited for', async () => {
  const { createPasswords } = await import('../src/domain/passwords.ts');
  const busy = await createUsersFixture({ passwords: createPasswords({ cost: 10, running: 1, waiting: 1 }) });
  const tries = await Promise.all(
    Array.from(
      { length: 5 },
      async () =>
        await busy.run(
          'mutation { login(input: { email: "a@example.com", password: "x" }) { session { expiresIn } } }',
        ),
    ),
  );
  const extensions = tries.map(({ errors }) => errors[0]?.extensions);
  expect(extensions.filter((found) => found?.code === 'AUTH_001')).toHaveLength(2);
  expect(extensions).toContainEqual({ code: 'SYS_002', httpStatus: 503, retryAfterSeconds: 5 });
  await busy.close();
});

describe('reset mails that are asked for at once', () => {
  it.each(Array.from({ length: Number(process.env.RACE_ROUNDS ?? 1) }, (_, round) => round))(
    'are as many as may be, for now and for a day (round %i)',
    async (round) => {
      const { userId } = await users.register();
      const store = createCredentialStore(users.db);
      const now = new Date();
      const open = async (n: number, maxOpen: number, maxDaily: number) =>
        await store.openReset({
          tokenHash: `${round}-${maxDaily}-${n}-`.padEnd(64, '0'),
          userId,
          now,
          expiresAt: new Date(now.getTime() + 900_000),
          maxOpen,
          maxDaily,
        });
      const asked = Array.from({ length: 10 }, (_, n) => n);
      const first = await Promise.all(asked.map(async (n) => await open(n, 3, 10)));
      expect(first.filter(Boolean)).toHaveLength(3);
      const more = await Promise.all(asked.map(async (n) => await open(n, 100, 5)));
      expect(more.filter(Boolean)).toHaveLength(2);
    },
  );
});
