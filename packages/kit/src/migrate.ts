import { setTimeout as delay } from 'node:timers/promises';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';

/** Any fixed number: all instances of a service that start at once must ask for the same lock. */
const MIGRATION_LOCK = 7_246_001;

/** A change of a table waits for its readers, and all others wait behind it: instances that serve meanwhile wait for a
 *  lock no longer than they can. */
const LOCK_TIMEOUT = '250ms';
const BREATHER_MS = 500;
const MAX_TRIES = 120;
const LOCK_NOT_AVAILABLE = '55P03';

/** Brings a database up to date; instances that start at once wait for the first.
 *  @param folder path of a drizzle-kit migrations folder */
export async function migrateDatabase(url: string, folder: string): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await migrateOnce(url, folder);
      return;
    } catch (error) {
      if (!isLockTimeout(error) || tries === MAX_TRIES) throw error;
      await delay(BREATHER_MS);
    }
  }
}

async function migrateOnce(url: string, folder: string): Promise<void> {
  const client = postgres(url, { max: 1, onnotice: () => {}, connect_timeout: 5 });
  try {
    await client`select pg_advisory_lock(${MIGRATION_LOCK})`;
    await client`select set_config('lock_timeout', ${LOCK_TIMEOUT}, false)`;
    await migrate(drizzle(client), { migrationsFolder: folder });
  } finally {
    // Ends the session, and with it the lock.
    await client.end({ timeout: 5 });
  }
}

function isLockTimeout(error: unknown): boolean {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  return cause instanceof postgres.PostgresError && cause.code === LOCK_NOT_AVAILABLE;
}
