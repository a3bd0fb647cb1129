import type { Redis } from 'ioredis';
import { afterEach, describe, expect, it, vi } from 'vitest';
// By path: the testkit depends on the kit, and a dependency back would be a cycle of workspaces.
import { hasRedisServer, startRedisServer } from '../../testkit/src/redis-server.ts';
import {
  type AttemptRules,
  type AttemptStore,
  createLocalAttemptStore,
  createRedisAttemptStore,
  delayAfter,
} from '../src/attempt-store.ts';
import { createLogger } from '../src/logger.ts';
import { openRedis } from '../src/redis.ts';

const rules: AttemptRules = {
  atPlace: { free: 3, baseMs: 30_000, capMs: 100_000, forgottenAfterMs: 3_600_000 },
  elsewhere: { free: 6, baseMs: 10_000, capMs: 60_000, forgottenAfterMs: 3_600_000 },
};

const opened: { close(): Promise<unknown> | unknown }[] = [];
afterEach(async () => {
  for (const { close } of opened.splice(0).reverse()) await close();
});

async function connect(url: string): Promise<Redis> {
  const redis = openRedis(url, createLogger({ service: 'test', level: 'silent' }));
  if (!redis) throw new Error('An URL was given');
  opened.push({ close: () => redis.disconnect() });
  await vi.waitFor(() => expect(redis.status).toBe('ready'), 5_000);
  return redis;
}

async function startRedis() {
  const server = await startRedisServer();
  opened.push(server);
  return server;
}

/** @returns the waits that attempts met, all of which fail */
async function failTimes(store: AttemptStore, times: number, place = 'home', account = 'ann') {
  const waits: number[] = [];
  for (let time = 0; time < times; time += 1) {
    const { waitMs } = await store.open({ account, place });
    waits.push(waitMs);
    if (waitMs === 0) await store.fail({ account, place });
  }
  return waits;
}

async function succeed(store: AttemptStore, place: string): Promise<void> {
  const attempt = { account: 'ann', place };
  await store.succeed(attempt, await store.open(attempt));
}

const waitOf = async (store: AttemptStore, place: string, account = 'ann') =>
  (await store.open({ account, place })).waitMs;

it.each([
  [0, 0],
  [2, 0],
  [3, 30_000],
  [4, 60_000],
  [5, 100_000],
  [5_000, 100_000],
])('after %i failures one waits %i ms', (failures, delay) => {
  expect(delayAfter(failures, rules.atPlace)).toBe(delay);
});

const kinds: [string, () => Promise<AttemptStore>][] = [
  ['in this process', async () => createLocalAttemptStore(rules)],
  ...((await hasRedisServer())
    ? [
        ['in Redis', async () => createRedisAttemptStore(await connect((await startRedis()).url), rules)] as [
          string,
          () => Promise<AttemptStore>,
        ],
      ]
    : []),
];

describe.each(kinds)('attempts counted %s', (_, open) => {
  it('wait after so many failures from one place, on that account', async () => {
    const store = await open();

    expect(await failTimes(store, 3)).toEqual([0, 0, 0]);

    const wait = await waitOf(store, 'home');
    expect(wait).toBeGreaterThan(29_000);
    expect(wait).toBeLessThanOrEqual(30_000);
    expect(await waitOf(store, 'home', 'bob')).toBe(0);
    expect(await waitOf(store, 'work')).toBe(0);
  });

  it('from ever new places wait for one another, but not from where somebody got in', async () => {
    const store = await open();
    await succeed(store, 'home');

    for (let place = 0; place < 6; place += 1)
      expect(await failTimes(store, 1, `attacker ${place}`)).toEqual([0]);

    const wait = await waitOf(store, 'attacker 7');
    expect(wait).toBeGreaterThan(9_000);
    expect(wait).toBeLessThanOrEqual(10_000);
    expect(await waitOf(store, 'home')).toBe(0);
  });

  it('of an account that is gone are forgotten, and places are known no more', async () => {
    const store = await open();
    for (const place of ['home', 'work']) await succeed(store, place);
    await failTimes(store, 3);
    expect(await waitOf(store, 'home')).toBeGreaterThan(0);
    await store.forget({ account: 'ann', place: 'home' });
    for (const place of ['home', 'work'])
      expect(await store.open({ account: 'ann', place })).toEqual({ waitMs: 0, isKnown: false });
  });

  it('count from the start, so that no more can be made at once', async () => {
    const store = await open();

    const turns = await Promise.all(Array.from({ length: 30 }, (_each, place) => waitOf(store, `p${place}`)));

    expect(turns.filter((wait) => wait === 0)).toHaveLength(6);
  });

  it('are forgotten where they succeed, or are never decided', async () => {
    const store = await open();
    await failTimes(store, 2);
    await succeed(store, 'home');
    expect(await failTimes(store, 3)).toEqual([0, 0, 0]);

    for (let time = 0; time < 20; time += 1) {
      const attempt = { account: 'ann', place: `undecided ${time}` };
      await store.abandon(attempt, await store.open(attempt));
    }
    for (let time = 0; time < 20; time += 1) await succeed(store, `new ${time}`);

    expect(await waitOf(store, 'one more')).toBe(0);
  });
});

it('wait twice as long after each further failure, until so long', async () => {
  let now = 0;
  const store = createLocalAttemptStore(rules, () => now);
  await succeed(store, 'home');
  await failTimes(store, 3);
  const waits: number[] = [];
  for (let time = 0; time < 4; time += 1) {
    const wait = await waitOf(store, 'home');
    waits.push(wait);
    now += wait;
    await failTimes(store, 1);
  }
  expect(waits).toEqual([30_000, 60_000, 100_000, 100_000]);
});

describe.skipIf(!(await hasRedisServer()))('with Redis, instances', () => {
  it('share what they know', async () => {
    const { url } = await startRedis();
    const [one, other] = [
      createRedisAttemptStore(await connect(url), rules),
      createRedisAttemptStore(await connect(url), rules),
    ];
    await succeed(one, 'home');
    await failTimes(one, 3, 'attacker');

    expect(await waitOf(other, 'attacker')).toBeGreaterThan(0);
    expect(await other.open({ account: 'ann', place: 'home' })).toEqual({ waitMs: 0, isKnown: true });
  });

  it('leave nothing behind for ever', async () => {
    const redis = await connect((await startRedis()).url);
    const store = createRedisAttemptStore(redis, rules);
    await succeed(store, 'home');
    await failTimes(store, 3, 'attacker');

    const keys = await redis.keys('*');
    expect(keys).toHaveLength(3);
    for (const key of keys) expect(await redis.pttl(key)).toBeGreaterThan(0);
  });

  it('count for themselves while it is away, and know whom they saw', async () => {
    const server = await startRedis();
    const redis = await connect(server.url);
    const store = createRedisAttemptStore(redis, rules);
    await succeed(store, 'home');
    await server.kill();
    await vi.waitFor(() => expect(redis.status).not.toBe('ready'));

    expect(await failTimes(store, 3, 'attacker')).toEqual([0, 0, 0]);
    expect(await waitOf(store, 'attacker')).toBeGreaterThan(29_000);
    await failTimes(store, 20, 'another');
    await failTimes(store, 20, 'a third');
    expect(await waitOf(store, 'a fourth')).toBeGreaterThan(0);
    expect(await waitOf(store, 'home')).toBe(0);
  });

  it('know whom they saw where it has lost its memory', async () => {
    const redis = await connect((await startRedis()).url);
    const store = createRedisAttemptStore(redis, rules);
    await succeed(store, 'home');
    await redis.flushall();
    for (let place = 0; place < 8; place += 1) await failTimes(store, 1, `attacker ${place}`);

    expect(await waitOf(store, 'attacker 9')).toBeGreaterThan(0);
    expect(await waitOf(store, 'home')).toBe(0);
  });

  it('wait for a hung one once, and never longer than a command may take', async () => {
    const redis = await connect((await startRedis()).url);
    const store = createRedisAttemptStore(redis, rules);
    const pid = Number(/process_id:(\d+)/.exec(await redis.info('server'))?.[1]);
    process.kill(pid, 'SIGSTOP');
    try {
      const startedAt = performance.now();
      expect(await failTimes(store, 3, 'attacker')).toEqual([0, 0, 0]);
      expect(performance.now() - startedAt).toBeLessThan(190);
      expect(await waitOf(store, 'attacker')).toBeGreaterThan(0);
    } finally {
      process.kill(pid, 'SIGCONT');
    }
  });
});
