import { seedCart } from '@commerce/cart/seed';
import { seedCatalog } from '@commerce/catalog/seed';
import { seedOrderStock } from '@commerce/catalog/seed-order-stock';
import { type Db, openDatabase } from '@commerce/kit/postgres';
import { seedOrders } from '@commerce/orders/seed';
import { seedUsers } from '@commerce/users/seed';
import { cloneTemplate, migrateTo, type Subgraph, type TestDatabase } from './database.ts';

/** The password of the demonstration accounts in test databases. */
export const DEMO_PASSWORD = 'Demo-Passw0rd!';

const now = new Date('2024-01-01T00:00:00Z');

/** As createTestDatabase, with the demonstration data. */
export async function createSeededDatabase(subgraph: Subgraph): Promise<TestDatabase> {
  return await cloneTemplate({
    name: `${subgraph}_seeded`,
    async fill(url) {
      await migrateTo(subgraph, url);
      const database = openDatabase({
        url,
        applicationName: 'seed',
        poolSize: 2,
        statementTimeoutMs: 30_000,
      });
      try {
        await seed(subgraph, database.db);
      } finally {
        await database.close();
      }
    },
  });
}

async function seed(subgraph: Subgraph, db: Db): Promise<void> {
  if (subgraph === 'catalog') {
    await seedCatalog({ db, now });
    await seedOrderStock({ db });
  }
  if (subgraph === 'cart') await seedCart({ db, now });
  if (subgraph === 'orders') await seedOrders({ db, now });
  if (subgraph === 'users') await seedUsers({ db, now, demoPassword: DEMO_PASSWORD });
}
