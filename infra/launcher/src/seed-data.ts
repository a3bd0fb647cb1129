import { seedCart } from '@commerce/cart/seed';
import { seedCatalog } from '@commerce/catalog/seed';
import { seedOrderStock } from '@commerce/catalog/seed-order-stock';
import { systemClock } from '@commerce/kit/clock';
import { type Db, openDatabase } from '@commerce/kit/postgres';
import { seedOrders } from '@commerce/orders/seed';
import { seedUsers } from '@commerce/users/seed';
import type { LauncherConfig } from './config.ts';
import { type Subgraph, subgraphs } from './databases.ts';

/** Statements that insert hundreds of rows on a busy machine. */
const STATEMENT_TIMEOUT_MS = 30_000;

/** Puts the demonstration data in: the products always, the accounts with their carts and orders everywhere but in
 *  production. What is there already stays as it is. */
export async function seedAll(
  config: LauncherConfig,
  databaseUrls: Readonly<Record<Subgraph, string>>,
): Promise<void> {
  const now = systemClock();
  const hasAccounts = config.NODE_ENV !== 'production';
  const seeds: Record<Subgraph, ((db: Db) => Promise<void>) | null> = {
    users: hasAccounts
      ? async (db) => await seedUsers({ db, now, demoPassword: config.DEMO_PASSWORD })
      : null,
    catalog: async (db) => {
      await seedCatalog({ db, now });
      if (hasAccounts) await seedOrderStock({ db });
    },
    cart: hasAccounts ? async (db) => await seedCart({ db, now }) : null,
    orders: hasAccounts ? async (db) => await seedOrders({ db, now }) : null,
  };
  await Promise.all(
    subgraphs.map(async (name) => {
      const seed = seeds[name];
      if (seed) await withDatabase(databaseUrls[name], seed);
    }),
  );
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
