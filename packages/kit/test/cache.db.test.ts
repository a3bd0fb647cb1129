import type { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { z } from 'zod';
// By path: the testkit depends on the kit, and a dependency back would be a cycle of workspaces.
import { createTestRedis, describeRedis } from '../../testkit/src/redis.ts';
import { startRedisServer } from '../../testkit/src/redis-server.ts';
import {
  type CacheStore,
  createCache,
  createCacheNamespace,
  createRedisCacheStore,
  openCacheStore,
} from '../src/cache.ts';
import { createLogger } from '../src/logger.ts';
import { openRedis } from '../src/redis.ts';

const logger = createLogger({ service: 'test', level: 'silent' });
const schema = z.object({ name: z.string() });
const headphones = { name: 'Headphones' };

async function connect(url: string): Promise<Redis> {
  const redis = openRedis(url, logger);
  if (redis === null) throw new Error('An URL was given');
  await vi.waitFor(() => expect(redis.status).toBe('ready'), { timeout: 5_000 });
  return redis;
}

describeRedis('the cache in Redis', () => {
  let redis: Redis;
  let store: CacheStore;

  beforeAll(async () => {
    redis = await connect((await createTestRedis()).url);
    store = createRedisCacheStore(redis, 'shop:');
  });
  afterAll(() => redis.disconnect());

  it('is used where there is a client', async () => {
    await openCacheStore(redis).set('bare', '1', 60);
    expect(await redis.get('bare')).toBe('1');
  });

  it('keeps entries under its prefix, for their time', async () => {
    await store.add(
      [
        ['a', '1'],
        ['b', '2'],
      ],
      60,
    );
    expect(await store.get(['a', 'x', 'b'])).toEqual(['1', null, '2']);
    expect(await redis.get('shop:a')).toBe('1');
    expect(await redis.ttl('shop:a')).toBeGreaterThan(55);
    expect(await redis.ttl('shop:a')).toBeLessThanOrEqual(60);
  });

  it('adds nothing over what is there, and sets anything', async () => {
    await store.add([['c', '1']], 60);
    await store.add([['c', '2']], 60);
    expect(await store.get(['c'])).toEqual(['1']);
    await store.set('c', '3', 60);
    expect(await store.get(['c'])).toEqual(['3']);
    await store.remove(['c']);
    expect(await store.get(['c'])).toEqual([null]);
  });

  it('takes no keys for nothing to do', async () => {
    expect(await store.get([])).toEqual([]);
    await store.remove([]);
    await store.bury([]);
    await store.add([], 60);
  });

  it('keeps out a load that began before a write', async () => {
    const cache = createCache(store, { schema, ttlSeconds: 60 });
    const stale = await cache.read('p', async () => {
      await cache.forget(['p']);
      return headphones;
    });
    expect(stale).toEqual(headphones);
    expect(await cache.read('p', async () => ({ name: 'New' }))).toEqual({ name: 'New' });
    expect(await redis.ttl('shop:p')).toBeLessThanOrEqual(10);
  });

  it('reads once what many ask for in turn, and takes poison for a miss', async () => {
    const cache = createCache(store, { schema, ttlSeconds: 60 });
    await redis.set('shop:q', '{"name":5}');
    const load = vi.fn(async () => headphones);
    expect(await cache.read('q', load)).toEqual(headphones);
    expect(await cache.read('q', load)).toEqual(headphones);
    expect(load).toHaveBeenCalledTimes(1);
  });

  it('takes an entry of another type for a miss', async () => {
    await redis.lpush('shop:list', 'x');
    expect(await store.get(['list', 'a'])).toEqual([null, '1']);
  });

  it('invalidates a namespace for all instances', async () => {
    const here = createCacheNamespace(store, 'products');
    const there = createCacheNamespace(createRedisCacheStore(redis, 'shop:'), 'products');
    const before = await here.version();
    expect(await there.version()).toBe(before);
    await there.invalidate();
    expect(await here.version()).not.toBe(before);
    expect(await redis.ttl('shop:products:version')).toBeGreaterThan(24 * 3_600);
  });
});

describeRedis('a Redis that goes away', () => {
  it('fails nothing and costs little time, and is used again when it is back', async () => {
    const server = await startRedisServer();
    const redis = await connect(server.url);
    const store = createRedisCacheStore(redis);
    const cache = createCache(store, { schema, ttlSeconds: 60 });
    const namespace = createCacheNamespace(store, 'products');
    await server.kill();

    const startedAt = performance.now();
    expect(await cache.read('p', async () => headphones)).toEqual(headphones);
    expect(
      await cache.readMany(
        ['p'],
        (id) => id,
        async () => [headphones],
      ),
    ).toEqual([headphones]);
    await cache.forget(['p']);
    await namespace.invalidate();
    expect(await namespace.version()).not.toBe(await namespace.version());
    expect(performance.now() - startedAt).toBeLessThan(2_000);

    const back = await startRedisServer(Number(new URL(server.url).port));
    await vi.waitFor(
      async () => {
        await store.set('alive', '1', 60);
        expect(await store.get(['alive'])).toEqual(['1']);
      },
      { timeout: 10_000, interval: 100 },
    );
    redis.disconnect();
    await back.close();
  });
});
