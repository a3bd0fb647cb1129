import { open } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type BoundProcess, startBoundProcess } from './bound-process.ts';
import type { Environment } from './config.ts';
import { findFreePort } from './free-port.ts';
import { StartError } from './start-error.ts';
import { workspaceOf } from './workspaces.ts';

/** The demonstration payment provider as a process of its own: it ends with this process, and is started again
 *  when it ends before. */
export type PaymentProcess = {
  url: string;
  /** Settles when it answers.
   *  @throws StartError when it does not for long */
  isHealthy(): Promise<void>;
  /** Starts it again after `stop`, at the same address. */
  start(): void;
  stop(): Promise<void>;
};

export type PaymentProcessOptions = {
  /** Its variables, given where it is to listen. */
  environmentAt(listener: { host: string; port: number }): Environment;
  /** What it writes goes here; null for this process's own output. */
  logFile: string | null;
  /** From its sources instead of its build. */
  isFromSource: boolean;
  /** Called when it has ended unasked. */
  onNotice(text: string): void;
};

/** Every operation is one statement: what is cut off here is repeated by whoever asked for it. */
const STOP_GRACE_MS = 500;
const RESTART_MS = 500;
const HEALTHY_TIMEOUT_MS = 30_000;
const HOST = '127.0.0.1';

/** Starts the provider on a free loopback port. Its database may still be in the making: it connects when it is
 *  first asked for something. */
export async function startPaymentProcess(options: PaymentProcessOptions): Promise<PaymentProcess> {
  const port = await findFreePort();
  const env = options.environmentAt({ host: HOST, port });
  const log = options.logFile === null ? null : await open(options.logFile, 'w', 0o600);
  const url = `http://${HOST}:${port}`;
  let current: BoundProcess | null = null;

  function start(): void {
    const started = startProvider({ env, isFromSource: options.isFromSource, output: log?.fd ?? 'inherit' });
    current = started;
    started.exited
      .then(({ code, signal }) => `exit code ${code ?? signal}`)
      .catch((error: unknown) => String(error))
      .then(async (how) => {
        if (current !== started) return;
        options.onNotice(`The payment provider has ended (${how}) and is started again${logNote(options)}.`);
        await delay(RESTART_MS);
        if (current === started) start();
      });
  }

  start();
  return {
    url,
    start,
    isHealthy: async () => await waitUntilHealthy(url, logNote(options)),
    async stop() {
      const running = current;
      current = null;
      await running?.stop(STOP_GRACE_MS);
    },
  };
}

function startProvider(run: {
  env: Environment;
  isFromSource: boolean;
  output: number | 'inherit';
}): BoundProcess {
  const folder = workspaceOf('payments');
  const program = run.isFromSource
    ? ['--conditions=source', '--import', 'tsx', path.join(folder, 'src', 'main.ts')]
    : [path.join(folder, 'dist', 'main.js')];
  return startBoundProcess({
    command: [process.execPath, ...program],
    cwd: folder,
    env: run.env,
    stopSignal: 'TERM',
    output: run.output,
  });
}

async function waitUntilHealthy(url: string, note: string): Promise<void> {
  const deadline = Date.now() + HEALTHY_TIMEOUT_MS;
  while (Date.now() < deadline) {
    const answer = await fetch(`${url}/health`).catch(() => null);
    if (answer?.ok) return;
    await delay(20);
  }
  throw new StartError(`The payment provider does not answer${note}.`);
}

function logNote({ logFile }: PaymentProcessOptions): string {
  return logFile === null ? '' : `; its log is ${logFile}`;
}
