import { ConfigError } from '@commerce/kit/config';
import { formatBanner } from './banner.ts';
import { loadLauncherConfig } from './config.ts';
import { launch } from './launch.ts';
import { findParent } from './process-identity.ts';
import { serviceSchemas } from './service-configs.ts';
import { placeholderEnvironment } from './service-environment.ts';
import { createShutdown } from './shutdown.ts';
import { StartError } from './start-error.ts';

/** All of a stop, however much hangs: the process ends by then, and what is bound to it with it. */
const STOP_TIMEOUT_MS = 4_700;

/** npm passes a terminal's Ctrl-C on, which has reached us already: one keystroke, two signals. */
const SAME_KEYSTROKE_MS = 500;

const env = process.env;
const isWatching = process.argv.includes('--watch');
const shutdown = createShutdown((problem) => process.stderr.write(`Closing failed: ${String(problem)}\n`));
let stopRequestedAt: number | null = null;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
if (env.npm_lifecycle_event !== undefined) void stopWithNpm();

try {
  const config = loadLauncherConfig(env, { schemas: serviceSchemas, made: placeholderEnvironment() });
  const url = await launch({ env, config, isWatching, shutdown, onNotice, onPostgresEnd });
  const startedInMs = performance.now();
  process.stdout.write(formatBanner(config, { url, startedInMs, isWatching }));
} catch (error) {
  if (stopRequestedAt === null) await fail(error);
}

function onSignal(): void {
  const isRepeated = stopRequestedAt !== null && Date.now() - stopRequestedAt > SAME_KEYSTROKE_MS;
  if (isRepeated) process.exit(1);
  if (stopRequestedAt !== null) return;
  process.stdout.write('\n  Stopping ...\n');
  void stop(0);
}

async function stop(exitCode: number): Promise<void> {
  stopRequestedAt = Date.now();
  setTimeout(() => process.exit(1), STOP_TIMEOUT_MS).unref();
  await shutdown.run();
  process.exit(exitCode);
}

async function fail(error: unknown): Promise<void> {
  process.stderr.write(`\n${describe(error)}\n\n`);
  await stop(1);
}

function onNotice(text: string): void {
  if (stopRequestedAt === null) process.stderr.write(`${text}\n`);
}

function onPostgresEnd(): void {
  if (stopRequestedAt !== null) return;
  void fail(
    new StartError('The embedded Postgres has ended; its log is in the data folder, postgres/server.log.'),
  );
}

function describe(error: unknown): string {
  if (error instanceof ConfigError || error instanceof StartError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

// The shell between npm and us does not pass signals on: a killed npm would leave the shop running.
async function stopWithNpm(): Promise<void> {
  const identify = async () => `${process.ppid} ${await findParent(process.ppid)}`;
  const shellAndNpm = await identify();
  setInterval(async () => {
    if ((await identify()) !== shellAndNpm) onSignal();
  }, 500).unref();
}
