import type { PersistedQueryOptions } from '@apollo/server';
import type { Redis } from 'ioredis';
import { LRUCache } from 'lru-cache';
import { LONGEST_KEPT } from '../graphql/document-store.ts';
import { documentHash } from './document-hash.ts';
import type { Safelist } from './safelist.ts';

type DocumentCache = NonNullable<PersistedQueryOptions['cache']>;

/** In one router, where there is no Redis and while it is away. */
const KEPT_CHARACTERS = 4_000_000;
/** Since a document was last asked for. Clients register it again in passing. */
const TTL_SECONDS = 3_600;

const hashKey = /^apq:[0-9a-f]{64}$/;

/** Where Apollo keeps automatic persisted queries, and finds those of a manifest: shared by all routers where there is
 *  a Redis. Nothing here fails: what cannot be read is not there. Apollo hands over only documents that passed all
 *  limits and validation.
 *  @param deps.mayGrow false keeps nothing that a client sends */
export function createDocumentCache(deps: {
  redis: Redis | null;
  safelist: Safelist;
  mayGrow: boolean;
}): DocumentCache {
  const { redis, safelist, mayGrow } = deps;
  const local = new LRUCache<string, string>({
    maxSize: KEPT_CHARACTERS,
    sizeCalculation: (text) => text.length,
    ttl: TTL_SECONDS * 1_000,
    updateAgeOnGet: true,
  });

  async function findShared(key: string): Promise<string | undefined> {
    try {
      const text = await redis?.getex(key, 'EX', TTL_SECONDS);
      // Whoever writes into Redis must not be able to change what a client asked for.
      if (typeof text !== 'string' || `apq:${documentHash(text)}` !== key) return undefined;
      local.set(key, text);
      return text;
    } catch {
      return undefined;
    }
  }

  return {
    async get(key) {
      const listed = safelist.find(key.replace(/^apq:/, ''));
      if (listed !== undefined || !mayGrow || !hashKey.test(key)) return listed;
      return local.get(key) ?? (await findShared(key));
    },
    async set(key, text) {
      if (!mayGrow || text.length > LONGEST_KEPT) return;
      local.set(key, text);
      await redis?.set(key, text, 'EX', TTL_SECONDS).catch(() => undefined);
    },
    async delete(key) {
      local.delete(key);
    },
  };
}
