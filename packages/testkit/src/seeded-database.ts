import { seedCart } from '@commerce/cart/seed';
import { seedCatalog } from '@commerce/catalog/seed';
import { seedOrderStock } from '@commerce/catalog/seed-order-stock';
import { type Db, openDatabase } from '@commerce/kit/postgres';
import { seedOrders } from '@commerce/orders/seed';
import { seedPayments } from '@commerce/payment-provider/seed';
import { seedUsers } from '@commerce/users/seed';
import { cloneTemplate, type DatabaseName, migrateTo, type TestDatabase } from './database.ts';

/** The password of the demonstration accounts in test databases. */
export const DEMO_PASSWORD = 'Demo-Passw0rd!';

const now = new Date('2024-01-01T00:00:00Z');

/** As createTestDatabase, with the demonstration data. */
export async function createSeededDatabase(name: DatabaseName): Promise<TestDatabase> {
  return await cloneTemplate({
    name: `${name}_seeded`,
    async fill(url) {
      await migrateTo(name, url);
      const database = openDatabase({
        url,
        applicationName: 'seed',
        poolSize: 2,
        statementTimeoutMs: 30_000,
      });
      try {
        await seed(name, database.db);
      } finally {
        await database.close();
      }
    },
  });
}

async function seed(name: DatabaseName, db: Db): Promise<void> {
  if (name === 'catalog') {
    await seedCatalog({ db, now });
    await seedOrderStock({ db });
  }
  if (name === 'cart') await seedCart({ db, now });
  if (name === 'orders') await seedOrders({ db, now });
  if (name === 'payments') await seedPayments({ db, now });
  if (name === 'users') await seedUsers({ db, now, demoPassword: DEMO_PASSWORD });
}
