import path from 'node:path';
import type { Environment, LauncherConfig } from './config.ts';
import { createConsoleDestination } from './console-log.ts';
import { checkListenAddress } from './listen-address.ts';
import { migrateAll } from './migrate-databases.ts';
import { type PaymentProcess, startPaymentProcess } from './payment-process.ts';
import { isProviderOurs, type PreparedData, prepareData } from './prepare-data.ts';
import { paymentEnvironment, type Shop } from './service-environment.ts';
import type { Shutdown } from './shutdown.ts';

export type LaunchOptions = {
  env: Environment;
  config: LauncherConfig;
  /** Each service as a process of its own that is reloaded when its sources change. */
  isWatching: boolean;
  shutdown: Shutdown;
  /** Called with what a person at the console should know. */
  onNotice: (text: string) => void;
  /** Called when the embedded Postgres has ended, wanted or not. */
  onPostgresEnd: () => void;
};

/** Starts the whole shop: Postgres, databases, migrations, demonstration data, payment provider, services.
 *  @returns the router's origin */
export async function launch(options: LaunchOptions): Promise<string> {
  const { env, config, shutdown } = options;
  await checkListenAddress(config.HOST, config.PORT);
  // The modules load while Postgres and the payment provider start in their own processes.
  const preparing = prepareData(config, shutdown);
  const paying = preparing.then(async (data) => await startProvider(options, data));
  const loading = options.isWatching ? loadWatch(shutdown) : loadServices(config, shutdown);
  const [data, provider, start] = await Promise.all([preparing, paying, loading]);
  data.postgres?.exited.then(options.onPostgresEnd, options.onPostgresEnd);
  const { databaseUrls, secrets } = data;
  const [{ seedAll }] = await Promise.all([import('./seed-data.ts'), migrateAll(databaseUrls)]);
  await seedAll(config, databaseUrls);
  const paymentProviderUrl = provider?.url ?? config.PAYMENT_PROVIDER_URL ?? null;
  const [origin] = await Promise.all([
    start({ env, config, secrets, databaseUrls, paymentProviderUrl }, provider),
    provider?.isHealthy(),
  ]);
  return origin;
}

/** @returns null where payments are taken elsewhere */
async function startProvider(options: LaunchOptions, data: PreparedData): Promise<PaymentProcess | null> {
  const { env, config, shutdown, isWatching, onNotice } = options;
  if (!isProviderOurs(config)) return null;
  const { secrets, databaseUrls } = data;
  const provider = await startPaymentProcess({
    environmentAt: (listener) => paymentEnvironment({ env, config, secrets, databaseUrls }, listener),
    logFile: isWatching ? null : path.join(config.DATA_DIR, 'payment-provider.log'),
    isFromSource: isWatching,
    onNotice,
  });
  await shutdown.add(provider.stop);
  return provider;
}

type StartShop = (shop: Shop, provider: PaymentProcess | null) => Promise<string>;

async function loadServices(config: LauncherConfig, shutdown: Shutdown): Promise<StartShop> {
  // Patches modules as they are loaded, so it must come before those that it patches.
  if (config.OTEL_EXPORTER_OTLP_ENDPOINT !== undefined) await import('@commerce/kit/telemetry');
  const { startServices } = await import('./services.ts');
  const destination = createConsoleDestination(process.stdout);
  return async (shop) => (await startServices({ shop, destination, shutdown })).url;
}

async function loadWatch(shutdown: Shutdown): Promise<StartShop> {
  const { startWatched } = await import('./watch.ts');
  return async (shop, provider) => await startWatched(shop, provider, shutdown);
}
