import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type BoundProcess, startBoundProcess } from './bound-process.ts';
import type { Environment } from './config.ts';
import { type DatabaseName, type Subgraph, subgraphs } from './databases.ts';
import { findFreePort } from './free-port.ts';
import { migrateOne } from './migrate-databases.ts';
import type { PaymentProcess } from './payment-process.ts';
import { pollFiles } from './poll-files.ts';
import { originOf, type Shop, serviceEnvironment } from './service-environment.ts';
import { type ServiceName, serviceNames } from './service-names.ts';
import type { Shutdown } from './shutdown.ts';
import { repository, workspaceOf } from './workspaces.ts';

const STOP_GRACE_MS = 1_200;

/** Starts each service as a process of its own from its sources, and again whenever they change.
 *  @param shutdown ends the processes and the watching
 *  @returns the router's origin, once it answers */
export async function startWatched(
  shop: Shop,
  provider: PaymentProcess | null,
  shutdown: Shutdown,
): Promise<string> {
  const origins = await chooseOrigins();
  const services = new Map<WatchedName, Service>(
    serviceNames.map((name) => [name, createService(name, environmentOf(name, shop, origins))]),
  );
  await shutdown.add(async () => {
    // The router first: it must not answer while what is behind it goes away.
    await services.get('router')?.stop();
    await Promise.all(serviceNames.map((name) => services.get(name)?.stop()));
  });
  const stopPolling = await pollFiles(watchedFiles(), async (changed) => {
    await reload(changed, shop, services);
  });
  await shutdown.add(async () => stopPolling());
  for (const service of services.values()) service.start();
  // It runs already, and whoever started it ends it after the services.
  if (provider !== null) services.set('payments', provider);
  const origin = originOf(shop.config.HOST, shop.config.PORT);
  await waitUntilHealthy(origin);
  return origin;
}

// Five processes compile their sources at once: a slow machine takes a while.
const HEALTHY_TIMEOUT_MS = 60_000;

async function waitUntilHealthy(origin: string): Promise<void> {
  const deadline = Date.now() + HEALTHY_TIMEOUT_MS;
  while (Date.now() < deadline) {
    const answer = await fetch(`${origin}/ready`).catch(() => null);
    if (answer?.ok) return;
    await delay(100);
  }
  say('Not every service has started; what went wrong is above');
}

type Service = { start(): void; stop(): Promise<void> };
type WatchedName = ServiceName | 'payments';

function createService(name: ServiceName, env: Environment): Service {
  let current: BoundProcess | null = null;
  return {
    start() {
      const started = startBoundProcess({
        command: [process.execPath, '--conditions=source', ...preloadsOf(env), 'src/main.ts'],
        cwd: folderOf(name),
        env: { OTEL_SERVICE_NAME: name, ...env },
        stopSignal: 'TERM',
        output: 'inherit',
      });
      current = started;
      void started.exited.then(({ code }) => {
        const isWanted = current !== started;
        if (!isWanted) say(`${name} ended with exit code ${code}; it starts again after the next change`);
      });
    },
    async stop() {
      const running = current;
      current = null;
      await running?.stop(STOP_GRACE_MS);
    },
  };
}

// Telemetry patches modules as they load: it comes before the service.
function preloadsOf(env: Environment): string[] {
  const telemetry = ['--import', '@commerce/kit/telemetry'];
  return ['--import', 'tsx', ...(env.OTEL_EXPORTER_OTLP_ENDPOINT ? telemetry : [])];
}

async function reload(
  changed: readonly string[],
  shop: Shop,
  services: ReadonlyMap<WatchedName, Service>,
): Promise<void> {
  if (changed.includes('schema')) await compose();
  const affected = [...services.keys()].filter((name) => changed.includes('kit') || changed.includes(name));
  if (affected.length > 0) say(`${changed.join(', ')} changed: restarting ${affected.join(', ')}`);
  await Promise.all(affected.map((name) => restart(name, shop, services.get(name))));
}

async function restart(name: WatchedName, shop: Shop, service: Service | undefined): Promise<void> {
  await service?.stop();
  try {
    const url = name === 'router' ? undefined : shop.databaseUrls[name];
    if (name !== 'router' && url !== undefined) await migrateOne(name, url);
    service?.start();
  } catch (error) {
    say(`${name} cannot be migrated: ${error instanceof Error ? error.message : String(error)}`);
  }
}

// The router takes the composed schema over by itself when its file changes.
async function compose(): Promise<void> {
  const command = [process.execPath, '--import', 'tsx', 'schema/compose.ts'] as const;
  const run = startBoundProcess({ command, cwd: repository, stopSignal: 'TERM', output: 'inherit' });
  const { code } = await run.exited;
  if (code !== 0) say('The subgraphs do not compose: the router goes on with the last schema');
}

function watchedFiles(): Record<string, string[]> {
  const inRepository = (...names: string[]) => path.join(repository, ...names);
  const sdl = subgraphs.map((name) => path.join(workspaceOf(name), 'schema.graphql'));
  const partsOf = (name: DatabaseName, ...parts: string[]) =>
    parts.map((part) => path.join(workspaceOf(name), part));
  return {
    kit: [inRepository('packages', 'kit', 'src')],
    router: [inRepository('router', 'src')],
    schema: sdl,
    payments: partsOf('payments', 'src', 'migrations'),
    ...Object.fromEntries(
      subgraphs.map((name) => [name, partsOf(name, 'src', 'schema.graphql', 'migrations')]),
    ),
  };
}

function folderOf(name: ServiceName): string {
  return name === 'router' ? path.join(repository, 'router') : workspaceOf(name);
}

async function chooseOrigins(): Promise<Record<Subgraph, string>> {
  const choose = async () => `http://127.0.0.1:${await findFreePort()}`;
  const [users, catalog, cart, orders] = [await choose(), await choose(), await choose(), await choose()];
  return { users, catalog, cart, orders };
}

function environmentOf(name: ServiceName, shop: Shop, origins: Record<Subgraph, string>): Environment {
  const { HOST, PORT } = shop.config;
  if (name === 'router') return serviceEnvironment(name, shop, { host: HOST, port: PORT, origins });
  const port = Number(new URL(origins[name]).port);
  return serviceEnvironment(name, shop, { host: '127.0.0.1', port, origins });
}

function say(text: string): void {
  process.stdout.write(`dev     ${text}\n`);
}
