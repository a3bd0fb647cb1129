import { seedCatalog } from '@commerce/catalog/seed';
import { systemClock } from '@commerce/kit/clock';
import { type Db, openDatabase } from '@commerce/kit/postgres';
import { seedUsers } from '@commerce/users/seed';
import type { LauncherConfig } from './config.ts';
import type { Subgraph } from './databases.ts';

/** Statements that insert hundreds of rows on a busy machine. */
const STATEMENT_TIMEOUT_MS = 30_000;

/** Puts the demonstration data in: the products always, the accounts everywhere but in production.
 *  What is there already stays as it is. */
export async function seedAll(
  config: LauncherConfig,
  databaseUrls: Readonly<Record<Subgraph, string>>,
): Promise<void> {
  const now = systemClock();
  await Promise.all([
    withDatabase(databaseUrls.catalog, async (db) => await seedCatalog({ db, now })),
    config.NODE_ENV === 'production'
      ? undefined
      : withDatabase(databaseUrls.users, async (db) => {
          await seedUsers({ db, now, demoPassword: config.DEMO_PASSWORD });
        }),
  ]);
}

async function withDatabase(url: string, use: (db: Db) => Promise<unknown>): Promise<void> {
  const database = openDatabase({
    url,
    applicationName: 'seed',
    poolSize: 2,
    statementTimeoutMs: STATEMENT_TIMEOUT_MS,
  });
  try {
    await use(database.db);
  } finally {
    await database.close();
  }
}
