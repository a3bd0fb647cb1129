import { beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import {
  type CacheStore,
  createCache,
  createCacheNamespace,
  createLocalCacheStore,
  openCacheStore,
} from '../src/cache.ts';

const schema = z.object({ name: z.string() });
const headphones = { name: 'Headphones' };
const speaker = { name: 'Speaker' };

let nowMs: number;
let store: CacheStore;
let cache: ReturnType<typeof createCache<{ name: string }>>;

beforeEach(() => {
  nowMs = 1_000;
  store = createLocalCacheStore(() => nowMs);
  cache = createCache(store, { schema, ttlSeconds: 60 });
});

function later(seconds: number): void {
  nowMs += seconds * 1_000;
}

describe('reading through the cache', () => {
  it('loads once until the time is up', async () => {
    const load = vi.fn(async () => headphones);
    expect(await cache.read('p', load)).toEqual(headphones);
    expect(await cache.read('p', load)).toEqual(headphones);
    expect(load).toHaveBeenCalledTimes(1);
    later(61);
    await cache.read('p', load);
    expect(load).toHaveBeenCalledTimes(2);
  });

  it('passes on a failure and stores nothing', async () => {
    await expect(cache.read('p', async () => Promise.reject(new Error('away')))).rejects.toThrow('away');
    expect(await cache.read('p', async () => headphones)).toEqual(headphones);
  });

  it.each(['{', '"text"', '{"name":"Headphones"}', '{"key":"p","value":{"name":1}}', 'null', '[]'])(
    'takes the poisoned entry %s for a miss and replaces it',
    async (text) => {
      await store.set('p', text, 60);
      const load = vi.fn(async () => headphones);
      expect(await cache.read('p', load)).toEqual(headphones);
      expect(await cache.read('p', load)).toEqual(headphones);
      expect(load).toHaveBeenCalledTimes(1);
    },
  );

  it('drops what the schema does not know', async () => {
    await store.set('p', '{"key":"p","value":{"name":"Headphones","isAdmin":true}}', 60);
    expect(await cache.read('p', async () => speaker)).toEqual(headphones);
  });

  it("takes another key's entry for a miss and replaces it", async () => {
    await cache.read('q', async () => speaker);
    const [misplaced] = await store.get(['q']);
    await store.set('p', misplaced ?? '', 60);
    expect(await cache.read('p', async () => headphones)).toEqual(headphones);
    expect(await cache.read('p', async () => speaker)).toEqual(headphones);
    await store.set('p', misplaced ?? '', 60);
    const many = await cache.readMany(
      ['p'],
      (id) => id,
      async () => [headphones],
    );
    expect(many).toEqual([headphones]);
  });
});

describe('reading many', () => {
  const keyOf = (id: string) => `p:${id}`;

  it('loads in one call what is missing, each once, in order', async () => {
    await cache.read('p:b', async () => speaker);
    const load = vi.fn(async (ids: readonly string[]) => ids.map((id) => (id === 'x' ? null : { name: id })));
    expect(await cache.readMany(['a', 'b', 'x', 'c', 'a'], keyOf, load)).toEqual([
      { name: 'a' },
      speaker,
      null,
      { name: 'c' },
      { name: 'a' },
    ]);
    expect(load.mock.calls).toEqual([[['a', 'x', 'c']]]);
  });

  it('loads nothing where all is there, and asks again for what does not exist', async () => {
    const load = vi.fn(async (ids: readonly string[]) => ids.map((id) => (id === 'x' ? null : { name: id })));
    await cache.readMany(['a', 'x'], keyOf, load);
    await cache.readMany(['a'], keyOf, load);
    await cache.readMany(['a', 'x'], keyOf, load);
    expect(load.mock.calls).toEqual([[['a', 'x']], [['x']]]);
  });

  it('replaces poisoned entries', async () => {
    await store.set('p:a', 'poison', 60);
    const load = vi.fn(async () => [headphones]);
    await cache.readMany(['a'], keyOf, load);
    expect(await cache.readMany(['a'], keyOf, load)).toEqual([headphones]);
    expect(load).toHaveBeenCalledTimes(1);
  });
});

describe('forgetting', () => {
  it('makes the next reader load', async () => {
    await cache.read('p', async () => headphones);
    await cache.forget(['p']);
    expect(await cache.read('p', async () => speaker)).toEqual(speaker);
  });

  it('keeps out a load that began before the write', async () => {
    let finish: ((value: typeof headphones) => void) | undefined;
    const slow = cache.read(
      'p',
      () =>
        new Promise((resolve) => {
          finish = resolve;
        }),
    );
    await vi.waitFor(() => expect(finish).toBeDefined());
    await cache.forget(['p']);
    finish?.(headphones);
    expect(await slow).toEqual(headphones);
    expect(await cache.read('p', async () => speaker)).toEqual(speaker);
  });

  it('caches again after a while', async () => {
    await cache.forget(['p']);
    later(11);
    const load = vi.fn(async () => headphones);
    await cache.read('p', load);
    await cache.read('p', load);
    expect(load).toHaveBeenCalledTimes(1);
  });
});

describe('a namespace', () => {
  it('keeps its version until it is invalidated', async () => {
    const lists = createCacheNamespace(store, 'products');
    const first = await lists.version();
    expect(await createCacheNamespace(store, 'products').version()).toBe(first);
    await lists.invalidate();
    expect(await lists.version()).not.toBe(first);
  });

  it('is apart from others', async () => {
    const products = createCacheNamespace(store, 'products');
    const categories = createCacheNamespace(store, 'categories');
    const before = await categories.version();
    await products.invalidate();
    expect(await categories.version()).toBe(before);
  });

  it('never comes back to a former version, also where the version itself was lost', async () => {
    const lists = createCacheNamespace(store, 'products');
    const seen = new Set<string>();
    for (let round = 0; round < 10; round += 1) {
      const version = await lists.version();
      expect(seen.has(version)).toBe(false);
      seen.add(version);
      if (round % 2) await store.remove(['products:version']);
      else await lists.invalidate();
    }
  });

  it('has one version for readers that find none at once', async () => {
    const lists = createCacheNamespace(store, 'products');
    const versions = await Promise.all(Array.from({ length: 10 }, () => lists.version()));
    expect(new Set(versions).size).toBe(1);
  });
});

it('the store in this process keeps a bounded number of entries', async () => {
  for (let index = 0; index < 3_000; index += 1) await store.set(`k${index}`, 'v', 60);
  const kept = await store.get(Array.from({ length: 3_000 }, (_, index) => `k${index}`));
  expect(kept.filter((value) => value !== null)).toHaveLength(2_000);
});

it('without Redis the store in this process is used', async () => {
  const local = openCacheStore(null);
  await local.add([['a', '1']], 60);
  await local.add([['a', '2']], 60);
  expect(await local.get(['a', 'b'])).toEqual(['1', null]);
});
