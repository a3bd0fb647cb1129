import { Redis } from 'ioredis';
import { describe, inject } from 'vitest';

/** `describe` for tests that need Redis; where there is none they are reported as skipped, with the
 *  reason in their title. */
export function describeRedis(title: string, define: () => void): void {
  const redis = inject('testRedis');
  if (redis.kind === 'server') describe(title, define);
  else describe.skip(`${title} (skipped: ${redis.reason})`, define);
}

/** A Redis database of the caller's own, empty. To be called from within `describeRedis`.
 *  @returns its URL, for services and clients alike */
export async function createTestRedis(): Promise<{ url: string }> {
  const server = inject('testRedis');
  if (server.kind === 'absent') throw new Error(server.reason);
  const counter = new Redis(server.url);
  try {
    // Database 0 only counts. A server with few databases gives them out in turn.
    const turn = await counter.incr('commerce-test-databases');
    const index = 1 + (turn % (server.databases - 1));
    await counter.select(index);
    await counter.flushdb();
    const url = new URL(server.url);
    url.pathname = `/${index}`;
    return { url: url.href };
  } finally {
    counter.disconnect();
  }
}
