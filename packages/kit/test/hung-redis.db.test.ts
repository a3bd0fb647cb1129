import type { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
// By path: the testkit depends on the kit, and a dependency back would be a cycle of workspaces.
import { hasRedisServer, type RedisServer, startRedisServer } from '../../testkit/src/redis-server.ts';
import { createRedisCacheStore } from '../src/cache.ts';
import { createLogger } from '../src/logger.ts';
import { openRedis } from '../src/redis.ts';

describe.skipIf(!(await hasRedisServer()))('a Redis that hangs', () => {
  let server: RedisServer;
  let redis: Redis;
  let pid: number;
  let lines: string[];

  beforeEach(async () => {
    server = await startRedisServer();
    lines = [];
    const destination = { write: (line: string) => void lines.push(line) };
    const opened = openRedis(server.url, createLogger({ service: 'test', level: 'info', destination }));
    if (opened === null) throw new Error('An URL was given');
    redis = opened;
    await isReady();
    pid = Number(/process_id:(\d+)/.exec(await redis.info('server'))?.[1]);
  });
  afterEach(async () => {
    process.kill(pid, 'SIGCONT');
    redis.disconnect();
    await server.close();
  });

  async function isReady(): Promise<void> {
    await vi.waitFor(() => expect(redis.status).toBe('ready'), { timeout: 5_000 });
  }

  async function timed(work: () => Promise<unknown>): Promise<number> {
    const startedAt = performance.now();
    await work().catch(() => undefined);
    return performance.now() - startedAt;
  }

  it('costs one wait, however many commands follow, and is used again when it goes on', async () => {
    const store = createRedisCacheStore(redis);
    process.kill(pid, 'SIGSTOP');
    const first = await timed(async () => {
      for (let step = 0; step < 5; step += 1) {
        await store.get(['a']);
        await store.add([['a', '1']], 60);
      }
    });
    expect(first).toBeLessThan(190);

    // Longer than a new connection's timeouts: its tries must cost no command anything.
    const costs: number[] = [];
    const until = performance.now() + 2_500;
    while (performance.now() < until) {
      costs.push(await timed(async () => await redis.get('a')));
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(costs.length).toBeGreaterThan(50);
    expect(Math.max(...costs)).toBeLessThan(60);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('Redis does not answer; going on without it');

    process.kill(pid, 'SIGCONT');
    await isReady();
    await store.set('a', '2', 60);
    expect(await store.get(['a'])).toEqual(['2']);
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain('Redis is back');
  });

  it('forgets what was written in vain', async () => {
    const store = createRedisCacheStore(redis);
    await store.add([['a', 'old']], 60);
    process.kill(pid, 'SIGSTOP');
    await store.bury(['a']);
    process.kill(pid, 'SIGCONT');
    await isReady();
    await vi.waitFor(async () => expect(await store.get(['a'])).toEqual(['']), { timeout: 5_000 });
  });

  it('is told from a process that was busy itself', async () => {
    const answers = Promise.allSettled([redis.get('a')]);
    // Sent, but not yet read: the timer comes first after this, and the answer lies there.
    await new Promise((resolve) => setImmediate(resolve));
    const until = performance.now() + 150;
    while (performance.now() < until);
    await answers;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(redis.status).toBe('ready');
    expect(lines).toEqual([]);
  });
});
