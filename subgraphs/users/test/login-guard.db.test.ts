import type { Secrets } from '@commerce/kit/config';
import { AppError } from '@commerce/kit/errors';
import { createLogger } from '@commerce/kit/logger';
import { openRedis } from '@commerce/kit/redis';
import { createTestRedis, describeRedis } from '@commerce/testkit/redis';
import type { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createUsersFixture, password, secrets, type UsersFixture } from './users-fixture.ts';

let host: UsersFixture;
beforeAll(async () => {
  host = await createUsersFixture();
});
afterAll(async () => await host.close());

const opened: { close(): Promise<unknown> | unknown }[] = [];
afterEach(async () => {
  for (const { close } of opened.splice(0).reverse()) await close();
});

async function openUsers(
  redis: Redis | null = null,
  refresh: Secrets = [secrets.refresh],
): Promise<UsersFixture> {
  // Far past what the limit of each client would allow: it is the account's own that is looked at.
  const limits = { max: 100_000, windowSeconds: 900, redis };
  const users = await createUsersFixture({ limits, secrets: { access: secrets.access, refresh } }, host);
  opened.push(users);
  return users;
}

const HOME = '192.0.2.1';
const ATTACKER = '203.0.113.66';
let accounts = 0;

async function registerFrom(users: UsersFixture, clientAddress: string): Promise<string> {
  accounts += 1;
  const email = `guarded${accounts}@example.com`;
  const input = `email: "${email}", password: "${password}", firstName: "A", lastName: "B"`;
  await users.run(`mutation { register(input: { ${input} }) { user { userId } } }`, { clientAddress });
  return email;
}

async function logIn(users: UsersFixture, attempt: { email: string; secret?: string; from: string }) {
  const { email, secret = password, from } = attempt;
  const query = `mutation { login(input: { email: "${email}", password: "${secret}" }) { session { expiresIn } } }`;
  const { errors } = await users.run(query, { clientAddress: from });
  return errors[0]?.extensions.code ?? 'in';
}

async function guess(users: UsersFixture, email: string, { times = 1, from = ATTACKER } = {}) {
  const codes: unknown[] = [];
  for (let time = 0; time < times; time += 1)
    codes.push(await logIn(users, { email, secret: `Guess-${time}!`, from }));
  return codes;
}

/** So many that all who never logged in have to wait. */
async function attackFromEverywhere(users: UsersFixture, email: string): Promise<void> {
  for (let address = 0; address < 25; address += 1)
    await guess(users, email, { from: `203.0.113.${address}` });
  expect(await guess(users, email, { from: '203.0.113.200' })).toEqual(['RATE_001']);
}

describe('failed logins', () => {
  let users: UsersFixture;
  let email: string;
  beforeEach(async () => {
    users = await openUsers();
    email = await registerFrom(users, HOME);
  });

  it('from one place make it wait, even for the right password, and nobody else', async () => {
    expect(await guess(users, email, { times: 6 })).toEqual([...Array(5).fill('AUTH_001'), 'RATE_001']);
    users.passwordCalls.length = 0;

    expect(await logIn(users, { email, from: ATTACKER })).toBe('RATE_001');
    expect(users.passwordCalls).toEqual([]);
    expect(await logIn(users, { email, from: HOME })).toBe('in');
    expect(await logIn(users, { email, from: '192.0.2.77' })).toBe('in');
  });

  it('tell how long to wait', async () => {
    await guess(users, email, { times: 5 });
    const query = `mutation { login(input: { email: "${email}", password: "x" }) { session { expiresIn } } }`;
    const { errors } = await users.run(query, { clientAddress: ATTACKER });
    const wait = Number(errors[0]?.extensions.retryAfterSeconds);
    expect(wait).toBeGreaterThan(25);
    expect(wait).toBeLessThanOrEqual(30);
  });

  it('are those of one account however its address is written, and of one place for a whole /64', async () => {
    await guess(users, email, { times: 3, from: '2001:db8::1' });
    await guess(users, ` ${email.toUpperCase()} `, { times: 2, from: '2001:db8::2' });

    expect(await logIn(users, { email, from: '2001:db8::ffff:3' })).toBe('RATE_001');
    expect(await logIn(users, { email, from: '2001:db8:0:1::3' })).toBe('in');
  });

  it('from everywhere leave the places alone where somebody logged in or registered', async () => {
    const office = '198.51.100.5';
    expect(await logIn(users, { email, from: office })).toBe('in');

    await attackFromEverywhere(users, email);

    expect(await logIn(users, { email, from: HOME })).toBe('in');
    expect(await logIn(users, { email, from: office })).toBe('in');
    expect(await logIn(users, { email, from: '198.51.100.99' })).toBe('RATE_001');
  });

  it('from everywhere leave a new place to who can read the mail', async () => {
    const hotel = '198.51.100.99';
    await attackFromEverywhere(users, email);
    await users.run(`mutation { requestPasswordReset(input: { email: "${email}" }) { accepted } }`);
    const token = await users.mailedToken(email);
    const reset = `resetPassword(input: { token: "${token}", newPassword: "Another-Pass1!" }) { passwordReset }`;
    await users.run(`mutation { ${reset} }`, { clientAddress: hotel });

    expect(await logIn(users, { email, secret: 'Another-Pass1!', from: hotel })).toBe('in');
  });

  it('are counted alike where there is no such account', async () => {
    expect(await guess(users, 'nobody@example.com', { times: 6 })).toEqual([
      ...Array(5).fill('AUTH_001'),
      'RATE_001',
    ]);
    const known = await users.run(query('nobody@example.com'), { clientAddress: ATTACKER });
    await guess(users, email, { times: 5 });
    const unknown = await users.run(query(email), { clientAddress: ATTACKER });
    const shape = ({ errors }: typeof known) => Object.keys(errors[0]?.extensions ?? {});
    expect(shape(known)).toEqual(shape(unknown));
  });

  it('are forgotten by a login', async () => {
    await guess(users, email, { times: 4, from: HOME });
    expect(await logIn(users, { email, from: HOME })).toBe('in');
    expect(await guess(users, email, { times: 5, from: HOME })).toEqual(Array(5).fill('AUTH_001'));
  });
});

function query(email: string): string {
  return `mutation { login(input: { email: "${email}", password: "x" }) { session { expiresIn } } }`;
}

it('attempts that could not be decided are none', async () => {
  const busy = createUsersFixture(
    {
      passwords: {
        hash: async (text) => text,
        verify: async () => {
          throw new AppError('SYS_002');
        },
      },
    },
    host,
  );
  const users = await busy;
  opened.push(users);
  const email = 'undecided@example.com';
  for (let time = 0; time < 30; time += 1)
    expect(await logIn(users, { email, from: `203.0.113.${time}` })).toBe('SYS_002');
});

describeRedis('with Redis', () => {
  async function connect(url: string): Promise<Redis> {
    const redis = openRedis(url, createLogger({ service: 'test', level: 'silent' }));
    if (!redis) throw new Error('No URL');
    opened.push({ close: () => redis.disconnect() });
    await vi.waitFor(() => expect(redis.status).toBe('ready'));
    return redis;
  }

  it('instances know the same failures and places', async () => {
    const { url } = await createTestRedis();
    const [one, other] = [await openUsers(await connect(url)), await openUsers(await connect(url))];
    const email = await registerFrom(one, HOME);
    await guess(one, email, { times: 3 });
    await guess(other, email, { times: 2 });

    expect(await logIn(one, { email, from: ATTACKER })).toBe('RATE_001');
    await attackFromEverywhere(one, email);
    expect(await logIn(other, { email, from: HOME })).toBe('in');
  });

  describe('while the secret of refresh tokens is being replaced', () => {
    const before = 'the-old-secret-of-at-least-32-bytes!';
    const after = 'another-secret-of-at-least-32-bytes!';
    // As docs/secrets.md has it; instances of neighbours run beside each other.
    const rollouts: Record<string, Secrets> = {
      before: [before],
      first: [before, after],
      second: [after, before],
      third: [after],
    };
    let redis: Redis;
    const at = (rollout: string) => openUsers(redis, rollouts[rollout]);
    beforeEach(async () => {
      redis = await connect((await createTestRedis()).url);
    });

    /** As attackFromEverywhere, and the wait is long enough for any machine. */
    async function attackForLong(users: UsersFixture, email: string): Promise<void> {
      for (let address = 0; address < 20; address += 1)
        await guess(users, email, { from: `203.0.113.${address}` });
      const names = await redis.keys('limit:attempts:*:elsewhere');
      expect(names.length).toBeGreaterThan(0);
      for (const name of names) await redis.hset(name, 'next', Date.now() + 600_000);
    }

    it.each([
      ['before', 'first'],
      ['first', 'before'],
      ['first', 'second'],
      ['second', 'first'],
      ['second', 'third'],
      ['third', 'second'],
    ])('failures at %s and then at %s count together at both', async (one, other) => {
      const [here, there] = [await at(one), await at(other)];
      const email = await registerFrom(here, HOME);
      await guess(here, email, { times: 3 });
      await guess(there, email, { times: 2 });

      expect(await logIn(here, { email, from: ATTACKER })).toBe('RATE_001');
      expect(await logIn(there, { email, from: ATTACKER })).toBe('RATE_001');
    });

    it('failures from the first rollout on are remembered after the last', async () => {
      const users = await at('first');
      const email = await registerFrom(users, HOME);
      await guess(users, email, { times: 5 });

      expect(await logIn(await at('second'), { email, from: ATTACKER })).toBe('RATE_001');
      expect(await logIn(await at('third'), { email, from: ATTACKER })).toBe('RATE_001');
    });

    it('a place that was known before is, and stays so once somebody got in from it', async () => {
      const email = await registerFrom(await at('before'), HOME);
      const users = await at('first');
      await attackForLong(users, email);

      expect(await logIn(users, { email, from: HOME })).toBe('in');
      expect(await logIn(await at('third'), { email, from: HOME })).toBe('in');
      expect(await logIn(await at('third'), { email, from: '198.51.100.99' })).toBe('RATE_001');
    });

    it('attempts that have to wait use up nothing under the other name', async () => {
      const email = await registerFrom(await at('before'), HOME);
      await attackForLong(await at('before'), email);
      const users = await at('first');
      for (let address = 0; address < 25; address += 1)
        expect(await logIn(users, { email, from: `198.51.100.${address}` })).toBe('RATE_001');

      expect(await logIn(await at('third'), { email, from: '198.51.100.99' })).toBe('in');
    });
  });

  it('no key or value holds an e-mail address', async () => {
    const { url } = await createTestRedis();
    const redis = await connect(url);
    const users = await openUsers(redis);
    const email = await registerFrom(users, HOME);
    await logIn(users, { email, from: HOME });
    await guess(users, email, { times: 2 });
    await users.run(`mutation { requestPasswordReset(input: { email: "${email}" }) { accepted } }`);

    const keys = await redis.keys('*');
    const counters = keys.filter((key) => key.startsWith('limit:'));
    expect(counters.length).toBeGreaterThan(5);
    for (const key of counters)
      expect(`${key} ${await redis.dump(key)}`).not.toMatch(/guarded|example\.com/i);
  });
});
