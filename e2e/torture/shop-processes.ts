import { open } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type BoundProcess, startBoundProcess } from '@commerce/launcher/bound-process';
import type { Environment } from '@commerce/launcher/config';

export type ShopProcess = {
  /** Settles when it answers; at once where it runs already. */
  start(): Promise<void>;
  /** SIGKILL, as a crash. */
  kill(): Promise<void>;
  /** SIGTERM: it drains. */
  stop(): Promise<void>;
  hang(): void;
  goOn(): void;
  isRunning(): boolean;
  /** Whether it has answered since it was started. */
  isReady(): boolean;
  /** How often it ended without being asked to. */
  deaths(): number;
};

export type ShopProcessOptions = {
  name: string;
  /** The script, and the folder that it runs in. */
  script: string;
  folder: string;
  env: Environment;
  /** Where it answers to /health. */
  origin: string;
  logFolder: string;
  /** Whether an end that nobody asked for was arranged all the same. */
  isExpectedToEnd?: () => boolean;
};

const READY_TIMEOUT_MS = 30_000;
const STOP_GRACE_MS = 5_000;

/** One service of the shop, to be killed and started again at the same address. */
export function createShopProcess(options: ShopProcessOptions): ShopProcess {
  const { name, origin, isExpectedToEnd = () => false } = options;
  let running: BoundProcess | null = null;
  let starting: Promise<void> | null = null;
  let isAskedToEnd = false;
  let deaths = 0;

  async function launch(): Promise<void> {
    const log = await open(path.join(options.logFolder, `${name}.log`), 'a');
    const started = startBoundProcess({
      command: [process.execPath, options.script],
      cwd: options.folder,
      env: { ...options.env, PATH: process.env.PATH },
      stopSignal: 'TERM',
      output: log.fd,
    });
    await log.close();
    running = started;
    isAskedToEnd = false;
    started.exited.then(({ code, signal }) => {
      if (running === started) running = null;
      if (isAskedToEnd || isExpectedToEnd()) return;
      deaths += 1;
      process.stdout.write(`${name} ended by itself (${code ?? signal})\n`);
    }, undefined);
    await becomeReady(started);
  }

  async function becomeReady(started: BoundProcess): Promise<void> {
    const deadline = Date.now() + READY_TIMEOUT_MS;
    while (running === started) {
      const signal = AbortSignal.timeout(2_000);
      const answer = await fetch(`${origin}/health`, { signal }).catch(() => null);
      await answer?.body?.cancel();
      if (answer?.ok) return;
      if (Date.now() > deadline) throw new Error(`${name} does not answer`);
      await delay(20);
    }
  }

  return {
    async start() {
      if (running !== null && starting === null) return;
      starting ??= launch().finally(() => {
        starting = null;
      });
      await starting;
    },
    async kill() {
      isAskedToEnd = true;
      await running?.kill();
    },
    async stop() {
      isAskedToEnd = true;
      await running?.stop(STOP_GRACE_MS);
    },
    hang: () => running?.signal('SIGSTOP'),
    goOn: () => running?.signal('SIGCONT'),
    isRunning: () => running !== null,
    isReady: () => running !== null && starting === null,
    deaths: () => deaths,
  };
}
