import { seedCart } from '@commerce/cart/seed';
import { seedCatalog } from '@commerce/catalog/seed';
import { seedOrderStock } from '@commerce/catalog/seed-order-stock';
import { systemClock } from '@commerce/kit/clock';
import { type Db, openDatabase } from '@commerce/kit/postgres';
import { seedOrders } from '@commerce/orders/seed';
import { seedPayments } from '@commerce/payment-provider/seed';
import { seedUsers } from '@commerce/users/seed';
import type { LauncherConfig } from './config.ts';
import { type DatabaseName, type DatabaseUrls, databaseNames } from './databases.ts';

/** Statements that insert hundreds of rows on a busy machine. */
const STATEMENT_TIMEOUT_MS = 30_000;

/** Puts the demonstration data in: the products always, the accounts with their carts and orders everywhere but in
 *  production. What is there already stays as it is. */
export async function seedAll(config: LauncherConfig, databaseUrls: DatabaseUrls): Promise<void> {
  const now = systemClock();
  const hasAccounts = config.NODE_ENV !== 'production';
  const seeds: Record<DatabaseName, ((db: Db) => Promise<void>) | null> = {
    users: hasAccounts
      ? async (db) => await seedUsers({ db, now, demoPassword: config.DEMO_PASSWORD })
      : null,
    catalog: async (db) => {
      await seedCatalog({ db, now });
      if (hasAccounts) await seedOrderStock({ db });
    },
    cart: hasAccounts ? async (db) => await seedCart({ db, now }) : null,
    orders: hasAccounts ? async (db) => await seedOrders({ db, now }) : null,
    payments: hasAccounts ? async (db) => await seedPayments({ db, now }) : null,
  };
  await Promise.all(
    databaseNames.map(async (name) => {
      const seed = seeds[name];
      const url = databaseUrls[name];
      if (seed && url !== undefined) await withDatabase(url, seed);
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
