import { closeSync, openSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type BoundProcess, startBoundProcess } from '@commerce/launcher/bound-process';
import { findFreePort } from '@commerce/launcher/free-port';
import { paymentEnvironment, type Shop, serviceEnvironment } from '@commerce/launcher/service-environment';
import { type ServiceName, serviceNames } from '@commerce/launcher/service-names';
import { repository, workspaceOf } from '@commerce/launcher/workspaces';
import { createPaymentFaults, type PaymentFaults } from './payment-faults.ts';
import {
  createSupergraphFixture,
  type SupergraphFixture,
  type SupergraphOptions,
} from './supergraph-fixture.ts';

/** The services, and the demonstration payment provider. */
export type ProcessName = ServiceName | 'payments';

export type ProcessSupergraph = Pick<SupergraphFixture, 'databaseUrls' | 'jwtSecret' | 'mailFolder'> & {
  /** The router's origin. */
  url: string;
  /** Origins of all processes, for /health, /ready and /metrics. */
  origins: Readonly<Record<ProcessName, string>>;
  /** The demonstration payment provider. */
  payments: { url: string; secret: string; faults: PaymentFaults };
  /** The service's process number, to read its memory for example. */
  pid(name: ProcessName): Promise<number>;
  /** Ends a service as a crash would. */
  kill(name: ProcessName): Promise<void>;
  /** Stops a service in order: it drains. */
  stop(name: ProcessName): Promise<void>;
  /** Makes a service hang: its connections stay open and nothing answers. */
  pause(name: ProcessName): void;
  resume(name: ProcessName): void;
  /** Starts a killed or stopped service again, at the same address; it is ready when this settles. */
  restart(name: ProcessName): Promise<void>;
  close(): Promise<void>;
};

const STOP_GRACE_MS = 5_000;
const READY_TIMEOUT_MS = 60_000;

/** The shop as it is distributed: the router, each subgraph and the payment provider as a process of its own, from its
 *  build, over seeded databases of its own. Ends with this process at the latest. */
export async function startProcessSupergraph(options: SupergraphOptions = {}): Promise<ProcessSupergraph> {
  const fixture = await createSupergraphFixture(options);
  const { databaseUrls, jwtSecret, mailFolder } = fixture;
  const origins = await chooseOrigins();
  const access = { url: origins.payments, secret: fixture.paymentProviderSecret };
  const payments = { ...access, faults: createPaymentFaults(access) };
  const shop = { ...fixture.shop, paymentProviderUrl: origins.payments };
  const { stopAll, ...processes } = createProcesses({ shop, origins, logFolder: options.logFolder });
  const close = async () => {
    await stopAll();
    await fixture.remove();
  };
  try {
    await Promise.all([...serviceNames, 'payments' as const].map(processes.restart));
    await waitUntil(`${origins.router}/ready`, () => true);
  } catch (error) {
    await close();
    throw error;
  }
  return { url: origins.router, origins, payments, databaseUrls, jwtSecret, mailFolder, ...processes, close };
}

type Processes = Pick<ProcessSupergraph, 'pid' | 'kill' | 'stop' | 'pause' | 'resume' | 'restart'> & {
  stopAll(): Promise<void>;
};

type Setting = { shop: Shop; origins: Record<ProcessName, string>; logFolder: string | undefined };

function createProcesses(setting: Setting): Processes {
  const { origins } = setting;
  const running = new Map<ProcessName, BoundProcess>();
  const processOf = (name: ProcessName): BoundProcess => {
    const found = running.get(name);
    if (found === undefined) throw new Error(`${name} is not running`);
    return found;
  };
  return {
    pid: async (name) => await processOf(name).pid,
    kill: async (name) => await processOf(name).kill(),
    stop: async (name) => await processOf(name).stop(STOP_GRACE_MS),
    pause: (name) => processOf(name).signal('SIGSTOP'),
    resume: (name) => processOf(name).signal('SIGCONT'),
    async restart(name) {
      const started = startService(name, setting);
      running.set(name, started);
      let isRunning = true;
      void started.exited.then(() => {
        isRunning = false;
      });
      await waitUntil(`${origins[name]}/health`, () => isRunning);
    },
    async stopAll() {
      await Promise.all([...running.values()].map((service) => service.stop(STOP_GRACE_MS)));
    },
  };
}

function startService(name: ProcessName, { shop, origins, logFolder }: Setting): BoundProcess {
  const { hostname, port } = new URL(origins[name]);
  const listener = { host: hostname, port: Number(port) };
  const env =
    name === 'payments'
      ? paymentEnvironment(shop, listener)
      : serviceEnvironment(name, shop, { ...listener, origins });
  const isTraced = name !== 'payments' && shop.config.OTEL_EXPORTER_OTLP_ENDPOINT !== undefined;
  const log = logFolder === undefined ? null : openSync(path.join(logFolder, `${name}.log`), 'a');
  const started = startBoundProcess({
    command: [process.execPath, ...(isTraced ? ['--import', '@commerce/kit/telemetry'] : []), 'dist/main.js'],
    cwd: name === 'router' ? path.join(repository, 'router') : workspaceOf(name),
    env: { OTEL_SERVICE_NAME: name, ...env, PATH: process.env.PATH },
    stopSignal: 'TERM',
    output: log ?? 'inherit',
  });
  // The child has its own.
  if (log !== null) closeSync(log);
  return started;
}

async function waitUntil(url: string, isRunning: () => boolean): Promise<void> {
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (isRunning() && Date.now() < deadline) {
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok) return;
    await delay(25);
  }
  throw new Error(`${url} does not answer (was everything built?)`);
}

async function chooseOrigins(): Promise<Record<ProcessName, string>> {
  const choose = async () => `http://127.0.0.1:${await findFreePort()}`;
  return {
    users: await choose(),
    catalog: await choose(),
    cart: await choose(),
    orders: await choose(),
    payments: await choose(),
    router: await choose(),
  };
}
