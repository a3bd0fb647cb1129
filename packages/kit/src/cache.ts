import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { bury, createOwedInvalidations, TOMBSTONE, TOMBSTONE_TTL_SECONDS } from './owed-invalidations.ts';

/** How many entries the in-process cache keeps where there is no Redis. */
const MAX_LOCAL_ENTRIES = 2_000;
/** A namespace's version outlives every entry made under it (the longest is a day). */
const VERSION_TTL_SECONDS = 7 * 24 * 3600;

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

/** An invalidation that Redis does not take is remembered and made up for: until then its keys are misses.
 *  @param prefix keeps this shop's keys apart from others on the same server */
export function createRedisCacheStore(redis: Redis, prefix = ''): CacheStore {
  const owed = createOwedInvalidations(redis, prefix);
  const name = (key: string) => prefix + key;

  async function invalidate(keys: readonly string[], work: () => Promise<unknown>): Promise<void> {
    owed.settle();
    try {
      await work();
    } catch {
      // Reported once by the client's error event.
      owed.add(keys);
    }
  }

  return {
    async get(keys) {
      if (keys.length === 0) return [];
      const isOwed = keys.map(owed.has);
      owed.settle();
      try {
        const texts = await redis.mget(keys.map(name));
        // Asked again: an invalidation may have been lost, or made up for, while this read was on its way.
        return keys.map((key, index) => (isOwed[index] || owed.has(key) ? null : (texts[index] ?? null)));
      } catch {
        return keys.map(() => null);
      }
    },
    async add(pairs, ttlSeconds) {
      const pipeline = redis.pipeline();
      for (const [key, value] of pairs) {
        if (!owed.has(key)) pipeline.set(name(key), value, 'EX', ttlSeconds, 'NX');
      }
      // A lost write only costs a later read.
      await pipeline.exec().catch(() => null);
    },
    bury: (keys) => invalidate(keys, () => bury(redis, keys.map(name))),
    remove: (keys) =>
      invalidate(keys, async () => {
        if (keys.length > 0) await redis.del(keys.map(name));
      }),
    set: (key, value, ttlSeconds) => invalidate([key], () => redis.setex(name(key), ttlSeconds, value)),
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

/** An entry names its key: one that was copied under another key has the right shape, and is wrong. */
const entrySchema = z.object({ key: z.string(), value: z.unknown() });

function entryOf(key: string, value: unknown): readonly [key: string, text: string] {
  return [key, JSON.stringify({ key, value })];
}

/** A read-through cache of one kind of value.
 *  @param options.schema what a cached value must look like: an entry that does not fit is a miss */
export function createCache<Value>(
  store: CacheStore,
  options: { schema: z.ZodType<Value>; ttlSeconds: number },
): Cache<Value> {
  function revive(key: string, text: string | null): Value | null {
    if (text === null || text === TOMBSTONE) return null;
    try {
      const entry = entrySchema.parse(JSON.parse(text));
      const parsed = options.schema.safeParse(entry.value);
      return parsed.success && entry.key === key ? parsed.data : null;
    } catch {
      return null;
    }
  }

  async function readMany(
    ids: readonly string[],
    keyOf: (id: string) => string,
    load: (missing: readonly string[]) => Promise<readonly (Value | null)[]>,
  ): Promise<(Value | null)[]> {
    const keys = ids.map(keyOf);
    const texts = await store.get(keys);
    const cached = keys.map((key, index) => revive(key, texts[index] ?? null));
    const missing = [...new Set(ids.filter((_, index) => cached[index] == null))];
    if (missing.length === 0) return cached;
    // What is there but unreadable would block its own replacement.
    await store.remove(keys.filter((_, index) => texts[index] && cached[index] == null));
    const loaded = await load(missing);
    const byId = new Map(missing.map((id, index) => [id, loaded[index] ?? null]));
    const fresh = [...byId].filter(([, value]) => value !== null);
    await store.add(
      fresh.map(([id, value]) => entryOf(keyOf(id), value)),
      options.ttlSeconds,
    );
    return ids.map((id, index) => cached[index] ?? byId.get(id) ?? null);
  }

  return {
    async read(key, load) {
      const [text = null] = await store.get([key]);
      const cached = revive(key, text);
      if (cached !== null) return cached;
      if (text) await store.remove([key]);
      const value = await load();
      await store.add([entryOf(key, value)], options.ttlSeconds);
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
