import path from 'node:path';
import { migrateDatabase } from '@commerce/kit/migrate';
import { adoptDemoPayments, hasDemoPayments } from '@commerce/payment-provider/adopt-demo-payments';
import { type DatabaseName, databaseNames } from './databases.ts';
import { StartError } from './start-error.ts';
import { workspaceOf } from './workspaces.ts';

/** Brings the databases up to date, all at once.
 *  @throws StartError where one cannot be migrated, or payments would be lost for want of a `payments` database */
export async function migrateAll(urls: Partial<Record<DatabaseName, string>>): Promise<void> {
  const payments = migrateWhereKnown('payments', urls);
  await Promise.all(
    databaseNames.map(async (name) => {
      if (name === 'payments') return await payments;
      // What the ledger takes over is what this migration removes.
      if (name === 'orders') await adoptPayments(urls, payments);
      await migrateWhereKnown(name, urls);
    }),
  );
}

/** @throws StartError with the database's own words */
export async function migrateOne(name: DatabaseName, url: string): Promise<void> {
  await orStartError(name, async () => {
    await migrateDatabase(url, path.join(workspaceOf(name), 'migrations'));
  });
}

async function migrateWhereKnown(
  name: DatabaseName,
  urls: Partial<Record<DatabaseName, string>>,
): Promise<void> {
  const url = urls[name];
  if (url !== undefined) await migrateOne(name, url);
}

async function adoptPayments(
  { orders, payments }: Partial<Record<DatabaseName, string>>,
  isMigrated: Promise<void>,
): Promise<void> {
  if (orders === undefined) return;
  if (payments === undefined) return await refuseToDropLedger(orders);
  await orStartError('payments', async () => {
    await adoptDemoPayments({ ordersUrl: orders, paymentsUrl: payments, isMigrated });
  });
}

// Without a copy of the ledger nobody could be refunded any more.
async function refuseToDropLedger(url: string): Promise<void> {
  await orStartError('orders', async () => {
    if (!(await hasDemoPayments(url))) return;
    throw new StartError(
      'The orders database still holds the demonstration provider’s payments (schema demo_payments), which migrating would delete. Set PAYMENTS_DATABASE_URL to the database that is to take them over, or empty the tables of that schema if they are not needed.',
    );
  });
}

async function orStartError(name: DatabaseName, migrate: () => Promise<void>): Promise<void> {
  try {
    await migrate();
  } catch (error) {
    if (error instanceof StartError) throw error;
    const reason = rootMessage(error);
    throw new StartError(`The ${name} database cannot be migrated: ${reason}`, { cause: error });
  }
}

// Drizzle wraps the server's answer into one that only repeats the statement.
function rootMessage(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : rootMessage(error.cause);
}
