import { Redis } from 'ioredis';
import type { TestRedis } from './provided.ts';
import { hasRedisServer, startRedisServer } from './redis-server.ts';

export type TestRedisServer = { provided: TestRedis; close(): Promise<void> };

/** The Redis of one test run: REDIS_URL where given, else `redis-server` from PATH, else none.
 *  @throws Error where there is none and REQUIRE_REDIS=1 */
export async function startTestRedis(env: {
  url: string | undefined;
  isRequired: boolean;
}): Promise<TestRedisServer> {
  if (env.url !== undefined) {
    const databases = await countDatabases(env.url);
    return { provided: { kind: 'server', url: env.url, databases }, close: async () => {} };
  }
  if (await hasRedisServer()) {
    const { url, databases, close } = await startRedisServer();
    return { provided: { kind: 'server', url, databases }, close };
  }
  const reason = 'REDIS_URL is not set and redis-server is not on PATH';
  if (env.isRequired) throw new Error(`REQUIRE_REDIS=1, but ${reason}`);
  return { provided: { kind: 'absent', reason }, close: async () => {} };
}

async function countDatabases(url: string): Promise<number> {
  const redis = new Redis(url, { retryStrategy: () => null });
  try {
    const [, count] = (await redis.config('GET', 'databases')) as [string, string];
    return Number(count);
  } finally {
    redis.disconnect();
  }
}
