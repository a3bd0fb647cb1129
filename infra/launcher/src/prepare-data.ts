import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { migrateDatabase } from '@commerce/kit/migrate';
import type { LauncherConfig } from './config.ts';
import { openDataFolder } from './data-folder.ts';
import { ensureDatabases, type Subgraph, subgraphs } from './databases.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.ts';
import { loadSecrets, type Secrets } from './secrets.ts';
import { databaseVariable } from './service-environment.ts';
import type { Shutdown } from './shutdown.ts';
import { StartError } from './start-error.ts';

export type PreparedData = {
  secrets: Secrets;
  databaseUrls: Record<Subgraph, string>;
  /** Null where every subgraph has a database of its own elsewhere. */
  postgres: EmbeddedPostgres | null;
};

/** Four pools of ten, the launcher's own, and room for somebody's psql. */
const MAX_CONNECTIONS = 80;

/** Takes the data folder and starts Postgres on it, with the databases that are not elsewhere. */
export async function prepareData(config: LauncherConfig, shutdown: Shutdown): Promise<PreparedData> {
  const folder = await openDataFolder(config.DATA_DIR);
  await shutdown.add(folder.release);
  const secrets = await loadSecrets(folder.secretsFile);
  const embedded = subgraphs.filter((name) => config[databaseVariable(name)] === undefined);
  if (embedded.length === 0) {
    return { secrets, databaseUrls: mergeUrls(config, {}), postgres: null };
  }
  const postgres = await startEmbeddedPostgres({
    folder: folder.postgresFolder,
    password: secrets.postgresPassword,
    isDurable: true,
    maxConnections: MAX_CONNECTIONS,
  });
  await shutdown.add(postgres.close);
  const urls = await ensureDatabases(postgres, embedded, secrets.rolePasswords);
  return { secrets, databaseUrls: mergeUrls(config, urls), postgres };
}

/** Brings every database up to date. */
export async function migrateAll(databaseUrls: Readonly<Record<Subgraph, string>>): Promise<void> {
  await Promise.all(subgraphs.map((name) => migrateOne(name, databaseUrls[name])));
}

/** @throws StartError with the database's own words */
export async function migrateOne(name: Subgraph, url: string): Promise<void> {
  try {
    await migrateDatabase(url, path.join(subgraphFolder(name), 'migrations'));
  } catch (error) {
    const reason = rootMessage(error);
    throw new StartError(`The ${name} database cannot be migrated: ${reason}`, { cause: error });
  }
}

// Drizzle wraps the server's answer into one that only repeats the statement.
function rootMessage(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : rootMessage(error.cause);
}

/** A subgraph's workspace; the launcher's src and dist are equally far from it. */
export function subgraphFolder(name: Subgraph): string {
  return fileURLToPath(new URL(`../../../subgraphs/${name}`, import.meta.url));
}

function mergeUrls(
  config: LauncherConfig,
  embedded: Partial<Record<Subgraph, string>>,
): Record<Subgraph, string> {
  const urlOf = (name: Subgraph): string => {
    const url = config[databaseVariable(name)] ?? embedded[name];
    if (url === undefined) throw new Error(`The ${name} subgraph has no database`);
    return url;
  };
  return {
    users: urlOf('users'),
    catalog: urlOf('catalog'),
    cart: urlOf('cart'),
    orders: urlOf('orders'),
  };
}
