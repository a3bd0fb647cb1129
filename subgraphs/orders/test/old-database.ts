import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { migrateDatabase } from '@commerce/kit/migrate';
import { cloneTemplate, type TestDatabase } from '@commerce/testkit/database';

/** A database of orders as it was after its first migrations. */
export async function cloneOldDatabase(migrations: number): Promise<TestDatabase> {
  return await cloneTemplate({
    name: `orders_after_${migrations}_migrations`,
    fill: (url) => migrateToOld(url, migrations),
  });
}

async function migrateToOld(url: string, migrations: number): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'orders-migrations-'));
  try {
    await cp(fileURLToPath(new URL('../migrations', import.meta.url)), folder, { recursive: true });
    const journal = path.join(folder, 'meta', '_journal.json');
    const { entries, ...rest } = JSON.parse(await readFile(journal, 'utf8'));
    await writeFile(journal, JSON.stringify({ ...rest, entries: entries.slice(0, migrations) }));
    await migrateDatabase(url, folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}
