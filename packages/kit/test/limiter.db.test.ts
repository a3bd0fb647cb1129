import type { Redis } from 'ioredis';
import { afterEach, describe, expect, it, vi } from 'vitest';
// By path: the testkit depends on the kit, and a dependency back would be a cycle of workspaces.
import { hasRedisServer, type RedisServer, startRedisServer } from '../../testkit/src/redis-server.ts';
import { type Limiter, openLimiter } from '../src/limiter.ts';
import { createLogger } from '../src/logger.ts';
import { openRedis } from '../src/redis.ts';

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

async function startRedis(): Promise<RedisServer> {
  const server = await startRedisServer();
  opened.push(server);
  return server;
}

const open = (redis: Redis | null, windowSeconds = 60) =>
  openLimiter({ redis, name: 'test', limit: 3, windowSeconds });

async function spend(limiter: Limiter, times: number, key = 'a'): Promise<boolean[]> {
  const allowed: boolean[] = [];
  for (let time = 0; time < times; time += 1) allowed.push((await limiter.spend(key)).isAllowed);
  return allowed;
}

describe('a limit in this process', () => {
  it('counts down, refuses, and tells when to come again', async () => {
    const limiter = open(null);

    const states = [await limiter.spend('a'), await limiter.spend('a'), await limiter.spend('a')];

    expect(states.map(({ remaining }) => remaining)).toEqual([2, 1, 0]);
    const refused = await limiter.spend('a');
    expect(refused).toEqual({
      isAllowed: false,
      limit: 3,
      remaining: 0,
      windowSeconds: 60,
      resetSeconds: 60,
    });
    expect((await limiter.spend('b')).isAllowed).toBe(true);
  });

  it('can be looked at without counting', async () => {
    const limiter = open(null);

    expect(await limiter.look('a')).toMatchObject({ isAllowed: true, remaining: 3 });
    await spend(limiter, 2);
    for (let time = 0; time < 5; time += 1)
      expect(await limiter.look('a')).toMatchObject({ isAllowed: true, remaining: 1 });
    await limiter.spend('a');
    expect(await limiter.look('a')).toMatchObject({ isAllowed: false, remaining: 0 });
  });

  it('ends with its window', async () => {
    const limiter = open(null, 1);

    expect(await spend(limiter, 4)).toEqual([true, true, true, false]);
    await vi.waitFor(async () => expect((await limiter.spend('a')).isAllowed).toBe(true), 3_000);
  });
});

describe.skipIf(!(await hasRedisServer()))('a limit in Redis', () => {
  it('is one for all who know its name', async () => {
    const { url } = await startRedis();
    const [one, other] = [open(await connect(url)), open(await connect(url))];

    expect(await spend(one, 2)).toEqual([true, true]);
    expect(await spend(other, 2)).toEqual([true, false]);
    expect(await spend(one, 1)).toEqual([false]);
  });

  it('does not ask Redis again about whom it refused', async () => {
    const redis = await connect((await startRedis()).url);
    const limiter = open(redis);
    await spend(limiter, 4);
    const commands = async () =>
      Number(/total_commands_processed:(\d+)/.exec(await redis.info('stats'))?.[1]);
    const before = await commands();

    await spend(limiter, 50);

    expect((await commands()) - before).toBe(1);
  });

  it('still refuses after Redis lost its memory, and limits others anew', async () => {
    const redis = await connect((await startRedis()).url);
    const limiter = open(redis);
    await spend(limiter, 4, 'refused');
    await redis.flushall();
    await redis.script('FLUSH');

    expect(await spend(limiter, 1, 'refused')).toEqual([false]);
    expect(await spend(limiter, 4, 'other')).toEqual([true, true, true, false]);
  });

  it('counts in this process while Redis is away', async () => {
    const server = await startRedis();
    const redis = await connect(server.url);
    const limiter = open(redis);
    await server.kill();
    await vi.waitFor(() => expect(redis.status).not.toBe('ready'));

    expect(await spend(limiter, 5)).toEqual([true, true, true, false, false]);
    expect(await limiter.look('a')).toMatchObject({ isAllowed: false });
  });

  it('counts in this process where Redis hangs, after one wait', async () => {
    const redis = await connect((await startRedis()).url);
    const limiter = open(redis);
    const pid = Number(/process_id:(\d+)/.exec(await redis.info('server'))?.[1]);
    process.kill(pid, 'SIGSTOP');
    try {
      const startedAt = performance.now();
      expect(await spend(limiter, 5)).toEqual([true, true, true, false, false]);
      expect(performance.now() - startedAt).toBeLessThan(190);
    } finally {
      process.kill(pid, 'SIGCONT');
    }
  });
});
