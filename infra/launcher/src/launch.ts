import type { Environment, LauncherConfig } from './config.ts';
import { createConsoleDestination } from './console-log.ts';
import { checkListenAddress } from './listen-address.ts';
import { migrateAll, prepareData } from './prepare-data.ts';
import type { Shop } from './service-environment.ts';
import type { Shutdown } from './shutdown.ts';

export type LaunchOptions = {
  env: Environment;
  config: LauncherConfig;
  /** Each service as a process of its own that is reloaded when its sources change. */
  isWatching: boolean;
  shutdown: Shutdown;
  /** Called when the embedded Postgres has ended, wanted or not. */
  onPostgresEnd: () => void;
};

/** Starts the whole shop: Postgres, databases, migrations, demonstration data, services.
 *  @returns the router's origin */
export async function launch(options: LaunchOptions): Promise<string> {
  const { env, config, shutdown } = options;
  await checkListenAddress(config.HOST, config.PORT);
  // The modules load while Postgres starts in its own process.
  const preparing = prepareData(config, shutdown);
  const loading = options.isWatching ? loadWatch(shutdown) : loadServices(config, shutdown);
  const [data, start] = await Promise.all([preparing, loading]);
  data.postgres?.exited.then(options.onPostgresEnd, options.onPostgresEnd);
  const { databaseUrls, secrets } = data;
  const [{ seedAll }] = await Promise.all([import('./seed-data.ts'), migrateAll(databaseUrls)]);
  await seedAll(config, databaseUrls);
  return await start({ env, config, secrets, databaseUrls });
}

type StartShop = (shop: Shop) => Promise<string>;

async function loadServices(config: LauncherConfig, shutdown: Shutdown): Promise<StartShop> {
  // Patches modules as they are loaded, so it must come before those that it patches.
  if (config.OTEL_EXPORTER_OTLP_ENDPOINT !== undefined) await import('@commerce/kit/telemetry');
  const { startServices } = await import('./services.ts');
  const destination = createConsoleDestination(process.stdout);
  return async (shop) => (await startServices({ shop, destination, shutdown })).url;
}

async function loadWatch(shutdown: Shutdown): Promise<StartShop> {
  const { startWatched } = await import('./watch.ts');
  return async (shop) => await startWatched(shop, shutdown);
}
