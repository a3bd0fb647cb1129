import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { LRUCache } from 'lru-cache';
import type { z } from 'zod';

/** How many entries the in-process cache keeps where there is no Redis. */
const MAX_LOCAL_ENTRIES = 2_000;
/** A namespace's version outlives every entry made under it (the longest is a day). */
const VERSION_TTL_SECONDS = 7 * 24 * 3600;

/** Longer than any load takes: a read that began before a write must not store what it saw. */
const TOMBSTONE_TTL_SECONDS = 10;
const TOMBSTONE = '';

/** Text by key with a lifetime. Every failure is a miss. */
export type CacheStore = {
  get(keys: readonly string[]): Promise<(string | null)[]>;
  /** Stores what is not there yet; what is there, a tombstone included, stays. */
  add(entries: readonly (readonly [key: string, value: string])[], ttlSeconds: number): Promise<void>;
  /** Replaces entries by tombstones, which keep late writers out for a while. */
  bury(keys: readonly string[]): Promise<void>;
  remove(keys: readonly string[]): Promise<void>;
  /** Stores whatever is there. */
  set(key: string, value: string, ttlSeconds: number): Promise<void>;
};

/** @param now milliseconds of a clock that is never set back */
export function createLocalCacheStore(now: () => number = () => performance.now()): CacheStore {
  const entries = new LRUCache<string, string>({ max: MAX_LOCAL_ENTRIES, perf: { now }, ttlResolution: 0 });
  return {
    get: async (keys) => keys.map((key) => entries.get(key) ?? null),
    async add(pairs, ttlSeconds) {
      for (const [key, value] of pairs) {
        if (!entries.has(key)) entries.set(key, value, { ttl: ttlSeconds * 1000 });
      }
    },
    async bury(keys) {
      for (const key of keys) entries.set(key, TOMBSTONE, { ttl: TOMBSTONE_TTL_SECONDS * 1000 });
    },
    async remove(keys) {
      for (const key of keys) entries.delete(key);
    },
    async set(key, value, ttlSeconds) {
      entries.set(key, value, { ttl: ttlSeconds * 1000 });
    },
  };
}

/** @param prefix keeps this shop's keys apart from others on the same server */
export function createRedisCacheStore(redis: Redis, prefix = ''): CacheStore {
  const ignoreFailure = async (work: () => Promise<unknown>) => {
    try {
      await work();
    } catch {
      // Reported once by the client's error event; a lost write only costs a later read.
    }
  };
  const name = (key: string) => prefix + key;
  return {
    async get(keys) {
      if (keys.length === 0) return [];
      try {
        return await redis.mget(keys.map(name));
      } catch {
        return keys.map(() => null);
      }
    },
    add: (pairs, ttlSeconds) =>
      ignoreFailure(async () => {
        const pipeline = redis.pipeline();
        for (const [key, value] of pairs) pipeline.set(name(key), value, 'EX', ttlSeconds, 'NX');
        await pipeline.exec();
      }),
    bury: (keys) =>
      ignoreFailure(async () => {
        const pipeline = redis.pipeline();
        for (const key of keys) pipeline.setex(name(key), TOMBSTONE_TTL_SECONDS, TOMBSTONE);
        await pipeline.exec();
      }),
    remove: (keys) =>
      ignoreFailure(async () => {
        if (keys.length > 0) await redis.del(keys.map(name));
      }),
    set: (key, value, ttlSeconds) => ignoreFailure(() => redis.setex(name(key), ttlSeconds, value)),
  };
}

export function openCacheStore(redis: Redis | null): CacheStore {
  return redis ? createRedisCacheStore(redis) : createLocalCacheStore();
}

export type Cache<Value> = {
  read(key: string, load: () => Promise<Value>): Promise<Value>;
  /** Reads many keys; only those not cached are loaded, in one call.
   *  @param load result[i] belongs to missing[i]; null values are not cached
   *  @returns result[i] belongs to ids[i] */
  readMany(
    ids: readonly string[],
    keyOf: (id: string) => string,
    load: (missing: readonly string[]) => Promise<readonly (Value | null)[]>,
  ): Promise<(Value | null)[]>;
  /** To be called after each write of what the keys hold. */
  forget(keys: readonly string[]): Promise<void>;
};

/** A read-through cache of one kind of value.
 *  @param options.schema what a cached value must look like: an entry that does not fit is a miss */
export function createCache<Value>(
  store: CacheStore,
  options: { schema: z.ZodType<Value>; ttlSeconds: number },
): Cache<Value> {
  function revive(text: string | null): Value | null {
    if (text === null || text === TOMBSTONE) return null;
    try {
      const parsed = options.schema.safeParse(JSON.parse(text));
      return parsed.success ? parsed.data : null;
    } catch {
      return null;
    }
  }

  async function readMany(
    ids: readonly string[],
    keyOf: (id: string) => string,
    load: (missing: readonly string[]) => Promise<readonly (Value | null)[]>,
  ): Promise<(Value | null)[]> {
    const texts = await store.get(ids.map(keyOf));
    const cached = texts.map(revive);
    const missing = [...new Set(ids.filter((_, index) => cached[index] == null))];
    if (missing.length === 0) return cached;
    // What is there but unreadable would block its own replacement.
    await store.remove(ids.filter((_, i) => texts[i] && cached[i] == null).map(keyOf));
    const loaded = await load(missing);
    const byId = new Map(missing.map((id, index) => [id, loaded[index] ?? null]));
    const fresh = [...byId].filter(([, value]) => value !== null);
    await store.add(
      fresh.map(([id, value]) => [keyOf(id), JSON.stringify(value)]),
      options.ttlSeconds,
    );
    return ids.map((id, index) => cached[index] ?? byId.get(id) ?? null);
  }

  return {
    async read(key, load) {
      const [text = null] = await store.get([key]);
      const cached = revive(text);
      if (cached !== null) return cached;
      if (text) await store.remove([key]);
      const value = await load();
      await store.add([[key, JSON.stringify(value)]], options.ttlSeconds);
      return value;
    },
    readMany,
    forget: (keys) => store.bury(keys),
  };
}

/** A version that stands in the keys of a group of entries: changing it forgets them all at once. */
export type CacheNamespace = { version(): Promise<string>; invalidate(): Promise<void> };

/** Versions are random rather than counted: a counter that was evicted would start again, and bring
 *  back entries of its former numbers. */
export function createCacheNamespace(
  store: CacheStore,
  name: string,
  newVersion: () => string = randomUUID,
): CacheNamespace {
  const key = `${name}:version`;
  return {
    async version() {
      const [stored] = await store.get([key]);
      if (stored) return stored;
      const fresh = newVersion();
      await store.add([[key, fresh]], VERSION_TTL_SECONDS);
      // Another reader may have been first.
      const [agreed] = await store.get([key]);
      return agreed || fresh;
    },
    invalidate: () => store.set(key, newVersion(), VERSION_TTL_SECONDS),
  };
}
