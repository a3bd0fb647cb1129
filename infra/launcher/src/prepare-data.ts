import type { LauncherConfig } from './config.ts';
import { openDataFolder } from './data-folder.ts';
import {
  type DatabaseName,
  type DatabaseUrls,
  databaseNames,
  ensureDatabases,
  type Subgraph,
} from './databases.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.ts';
import { loadSecrets, type Secrets } from './secrets.ts';
import { databaseVariable } from './service-environment.ts';
import type { Shutdown } from './shutdown.ts';

export type PreparedData = {
  secrets: Secrets;
  databaseUrls: DatabaseUrls;
  /** Null where all databases are elsewhere. */
  postgres: EmbeddedPostgres | null;
};

/** Four pools of ten, the payment provider's, the job queues', the launcher's own, and room for somebody's psql. */
const MAX_CONNECTIONS = 100;

/** Takes the data folder and starts Postgres on it, with the databases that are not elsewhere. */
export async function prepareData(config: LauncherConfig, shutdown: Shutdown): Promise<PreparedData> {
  const folder = await openDataFolder(config.DATA_DIR);
  await shutdown.add(folder.release);
  const secrets = await loadSecrets(folder.secretsFile);
  const embedded = databaseNames.filter(
    (name) => config[databaseVariable(name)] === undefined && isDatabaseWanted(name, config),
  );
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

/** Whether the demonstration payment provider is to be started here. */
export function isProviderOurs(config: LauncherConfig): boolean {
  return config.PAYMENT_PROVIDER === 'demo' && config.PAYMENT_PROVIDER_URL === undefined;
}

// An older orders database holds the payments' ledger, which needs a place to go whoever takes payments now.
function isDatabaseWanted(name: DatabaseName, config: LauncherConfig): boolean {
  return name !== 'payments' || isProviderOurs(config) || config.ORDERS_DATABASE_URL === undefined;
}

function mergeUrls(config: LauncherConfig, embedded: Partial<Record<DatabaseName, string>>): DatabaseUrls {
  const urlOf = (name: Subgraph): string => {
    const url = config[databaseVariable(name)] ?? embedded[name];
    if (url === undefined) throw new Error(`The ${name} subgraph has no database`);
    return url;
  };
  const payments = config.PAYMENTS_DATABASE_URL ?? embedded.payments;
  return {
    ...(payments === undefined ? {} : { payments }),
    users: urlOf('users'),
    catalog: urlOf('catalog'),
    cart: urlOf('cart'),
    orders: urlOf('orders'),
  };
}
