import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';

/** Any fixed number: all instances of a service that start at once must ask for the same lock. */
const MIGRATION_LOCK = 7_246_001;

/** Brings a database up to date; instances that start at once wait for the first.
 *  @param folder path of a drizzle-kit migrations folder */
export async function migrateDatabase(url: string, folder: string): Promise<void> {
  const client = postgres(url, { max: 1, onnotice: () => {}, connect_timeout: 5 });
  try {
    await client`select pg_advisory_lock(${MIGRATION_LOCK})`;
    await migrate(drizzle(client), { migrationsFolder: folder });
  } finally {
    // Ends the session, and with it the lock.
    await client.end({ timeout: 5 });
  }
}
