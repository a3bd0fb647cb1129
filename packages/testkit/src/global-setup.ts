import type { TestProject } from 'vitest/node';
import { bindFolder } from './bound-folder.ts';
import { startTestPostgres } from './test-postgres.ts';
import { startTestRedis } from './test-redis.ts';

/** Vitest's global setup: one Postgres and, where it can be had, one Redis for the whole run. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { TEST_POSTGRES_URL, REDIS_URL, REQUIRE_REDIS } = process.env;
  // Vitest's own, which a killed run would leave behind.
  const vitestFolder = bindFolder(project.tmpDir);
  const [postgres, redis] = await Promise.all([
    startTestPostgres(TEST_POSTGRES_URL || undefined),
    startTestRedis({ url: REDIS_URL || undefined, isRequired: REQUIRE_REDIS === '1' }),
  ]);
  const { adminUrl, prefix, scratchFolder } = postgres;
  project.provide('testPostgres', { adminUrl, prefix, scratchFolder });
  project.provide('testRedis', redis.provided);
  return async () => {
    await Promise.all([postgres.close(), redis.close(), vitestFolder.remove()]);
  };
}
