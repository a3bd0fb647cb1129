import type { Redis } from 'ioredis';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { z } from 'zod';
// By path: the testkit depends on the kit, and a dependency back would be a cycle of workspaces.
import { createTestRedis, describeRedis } from '../../testkit/src/redis.ts';
import { startRedisServer } from '../../testkit/src/redis-server.ts';
import { createCache, createCacheNamespace, createRedisCacheStore } from '../src/cache.ts';
import { createLogger } from '../src/logger.ts';
import { openRedis } from '../src/redis.ts';
import { startTcpProxy } from './tcp-proxy.ts';

const logger = createLogger({ service: 'test', level: 'silent' });
const schema = z.string();

describeRedis('an invalidation that Redis did not hear of', () => {
  let proxy: Awaited<ReturnType<typeof startTcpProxy>>;
  let redis: Redis;
  /** Another instance, whose way to Redis is never cut. */
  let other: Redis;
  const closers: (() => unknown)[] = [];

  beforeEach(async () => {
    const { url } = await createTestRedis();
    proxy = await startTcpProxy(new URL(url));
    redis = await connect(proxy.url);
    other = await connect(url);
    closers.push(proxy.cut);
  });
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close();
  });

  async function connect(url: string): Promise<Redis> {
    const client = openRedis(url, logger);
    if (client === null) throw new Error('An URL was given');
    closers.push(() => client.disconnect());
    await isReady(client);
    return client;
  }

  async function isReady(client: Redis): Promise<void> {
    await vi.waitFor(() => expect(client.status).toBe('ready'), { timeout: 5_000, interval: 5 });
  }

  const openCaches = (client: Redis) => {
    const store = createRedisCacheStore(client, 'shop:');
    return {
      store,
      cache: createCache(store, { schema, ttlSeconds: 3_600 }),
      lists: createCacheNamespace(store, 'products'),
    };
  };
  const failing = async () => await Promise.reject(new Error('must come from the cache'));

  it('is made up for when Redis is back, for all instances', async () => {
    const here = openCaches(redis);
    const there = openCaches(other);
    for (const key of ['p', 'q']) await here.cache.read(key, async () => 'old');
    await proxy.cut();
    await here.cache.forget(['p']);
    expect(await here.cache.read('p', async () => 'new')).toBe('new');
    await proxy.mend();
    await vi.waitFor(async () => expect(await other.get('shop:p')).toBe(''), { timeout: 5_000 });
    expect(await here.cache.read('p', async () => 'new')).toBe('new');
    expect(await there.cache.read('p', async () => 'new')).toBe('new');
    expect(await here.cache.read('q', failing)).toBe('old');
  });

  it('is made up for before the first read after it', async () => {
    const here = openCaches(redis);
    await here.cache.read('p', async () => 'old');
    await proxy.cut();
    await here.cache.forget(['p']);
    await proxy.mend();
    const deadline = Date.now() + 5_000;
    let isBack = false;
    while (!isBack && Date.now() < deadline) {
      expect(await here.cache.read('p', async () => 'new')).toBe('new');
      isBack = (await other.get('shop:p')) === '';
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(isBack).toBe(true);
  });

  it('changes the version of a namespace, never to one that was used before', async () => {
    const here = openCaches(redis);
    const there = openCaches(other);
    const before = await here.lists.version();
    await proxy.cut();
    await here.lists.invalidate();
    expect(await here.lists.version()).not.toBe(before);
    await proxy.mend();
    await vi.waitFor(async () => expect(await there.lists.version()).not.toBe(before), { timeout: 5_000 });
    expect(await here.lists.version()).not.toBe(before);
  });

  it('is made up for where they were too many to remember', async () => {
    const here = openCaches(redis);
    const there = openCaches(other);
    await here.cache.read('product:1', async () => 'old');
    await here.cache.read('user:1', async () => 'old');
    const before = await here.lists.version();
    await proxy.cut();
    await here.cache.forget(['product:1']);
    await here.cache.forget(Array.from({ length: 1_500 }, (_, index) => `product:x${index}`));
    await here.lists.invalidate();
    expect(await here.cache.read('product:1', async () => 'new')).toBe('new');
    await proxy.mend();
    await vi.waitFor(async () => expect(await other.get('shop:product:1')).toBe(''), { timeout: 5_000 });
    expect(await there.cache.read('product:1', async () => 'new')).toBe('new');
    expect(await here.cache.read('product:1', async () => 'new')).toBe('new');
    await vi.waitFor(async () => expect(await there.lists.version()).not.toBe(before), { timeout: 5_000 });
  });

  it('is made up for where Redis refused it', async () => {
    const server = await startRedisServer();
    closers.push(server.close);
    const client = await connect(server.url);
    const here = openCaches(client);
    await here.cache.read('p', async () => 'old');
    await client.call('ACL', 'SETUSER', 'default', '-setex');
    await here.cache.forget(['p']);
    expect(await here.cache.read('p', async () => 'new')).toBe('new');
    await client.call('ACL', 'SETUSER', 'default', '+setex');
    await vi.waitFor(
      async () => {
        expect(await here.cache.read('p', async () => 'new')).toBe('new');
        expect(await client.get('shop:p')).toBe('');
      },
      { timeout: 5_000, interval: 50 },
    );
  });
});
