import { ConfigError } from './config.ts';
import type { Logger } from './logger.ts';

/** A service that answers at `url` (an origin such as http://127.0.0.1:4001) until closed. */
export type RunningService = { url: string; close(): Promise<void> };

/** The whole of a drain: after it, whatever still hangs is cut. */
const DRAIN_TIMEOUT_MS = 4_500;

/** A service's process: starts, says where, and drains on SIGINT or SIGTERM.
 *  A faulty configuration ends it with exit code 1 and all faults listed. */
export async function runService(name: string, start: () => Promise<RunningService>): Promise<void> {
  try {
    const service = await start();
    process.stdout.write(`${name} listens at ${service.url}\n`);
    drainOnSignal(service);
  } catch (error) {
    const text =
      error instanceof ConfigError ? error.message : String(error instanceof Error ? error.stack : error);
    process.stderr.write(`${name} cannot start: ${text}\n`);
    process.exit(1);
  }
}

function drainOnSignal(service: RunningService): void {
  let isDraining = false;
  const drain = () => {
    if (isDraining) process.exit(1);
    isDraining = true;
    setTimeout(() => process.exit(1), DRAIN_TIMEOUT_MS).unref();
    service.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGINT', drain);
  process.on('SIGTERM', drain);
}

/** Closes resources in the order given; one that fails does not keep the others open. */
export async function closeAll(
  logger: Logger,
  closers: readonly (() => Promise<unknown> | undefined)[],
): Promise<void> {
  for (const close of closers) {
    try {
      await close();
    } catch (error) {
      logger.warn({ err: error instanceof Error ? error.message : 'unknown' }, 'Closing failed');
    }
  }
}
