import type { Redis } from 'ioredis';

/** Longer than any load takes: a read that began before a write must not store what it saw. */
export const TOMBSTONE_TTL_SECONDS = 10;
export const TOMBSTONE = '';

/** Past this many keys whole families of keys are given up: what is remembered stays small. */
const MAX_OWED_KEYS = 1_000;
/** Between two tries to make up where Redis answers but refuses. */
const RETRY_DELAY_MS = 1_000;
const SCAN_COUNT = 1_000;

/** Invalidations that Redis did not take: what it holds under their keys must not be believed. */
export type OwedInvalidations = {
  /** Whether what Redis holds under this key may be out of date. */
  has(key: string): boolean;
  add(keys: readonly string[]): void;
  /** Starts to make up for all of them where Redis can be reached; waits for nothing, never fails. */
  settle(): void;
};

/** Remembers lost invalidations of this process and makes up for them when Redis is back. A process that
 *  ends before loses them: the entries then live on until their time is up. */
export function createOwedInvalidations(redis: Redis, prefix: string): OwedInvalidations {
  // The number tells a debt that was made while its predecessor was being paid from that one.
  const keys = new Map<string, number>();
  const families = new Map<string, number>();
  let turn = 0;
  let isSettling = false;
  let retryAt = 0;

  async function makeUp(): Promise<void> {
    const owedKeys = [...keys];
    await bury(
      redis,
      owedKeys.map(([key]) => prefix + key),
    );
    forgetPaid(keys, owedKeys);
    for (const owed of [...families]) {
      await buryFamily(redis, prefix + owed[0]);
      forgetPaid(families, [owed]);
    }
  }

  function settle(): void {
    const isNothingOwed = keys.size === 0 && families.size === 0;
    if (isNothingOwed || isSettling || redis.status !== 'ready' || performance.now() < retryAt) return;
    isSettling = true;
    makeUp()
      .catch(() => {
        retryAt = performance.now() + RETRY_DELAY_MS;
      })
      .finally(() => {
        isSettling = false;
      });
  }

  redis.on('ready', () => {
    retryAt = 0;
    settle();
  });
  return {
    has: (key) => keys.has(key) || families.has(familyOf(key)),
    add(lost) {
      turn += 1;
      for (const key of lost) keys.set(key, turn);
      if (keys.size <= MAX_OWED_KEYS) return;
      for (const key of keys.keys()) families.set(familyOf(key), turn);
      keys.clear();
    },
    settle,
  };
}

/** Replaces entries by tombstones, which keep late writers out for a while.
 *  @param names keys with their prefix
 *  @throws Error unless Redis took all of them */
export async function bury(redis: Redis, names: readonly string[]): Promise<void> {
  const pipeline = redis.pipeline();
  for (const name of names) pipeline.setex(name, TOMBSTONE_TTL_SECONDS, TOMBSTONE);
  // A pipeline does not throw: each command has an outcome of its own.
  for (const [error] of (await pipeline.exec()) ?? []) {
    if (error) throw error;
  }
}

/** The keys are few in kind (`product:`, `products:`, `user:`), however many entries there are. */
function familyOf(key: string): string {
  const end = key.indexOf(':');
  return end === -1 ? key : key.slice(0, end + 1);
}

async function buryFamily(redis: Redis, family: string): Promise<void> {
  const literal = family.replace(/[\\*?[\]]/g, '\\$&');
  const pattern = family.endsWith(':') ? `${literal}*` : literal;
  let cursor = '0';
  do {
    const [next, names] = await redis.scan(cursor, 'MATCH', pattern, 'COUNT', SCAN_COUNT);
    await bury(redis, names);
    cursor = next;
  } while (cursor !== '0');
}

function forgetPaid(owed: Map<string, number>, paid: readonly (readonly [string, number])[]): void {
  for (const [name, turn] of paid) if (owed.get(name) === turn) owed.delete(name);
}
