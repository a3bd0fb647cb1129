import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { startBoundProcess } from '@commerce/launcher/bound-process';
import { findFreePort } from '@commerce/launcher/free-port';
import { Redis } from 'ioredis';

const run = promisify(execFile);

export type RedisServer = {
  url: string;
  databases: number;
  /** Ends it in order. */
  close(): Promise<void>;
  /** Ends it as a crash would. */
  kill(): Promise<void>;
};

const DATABASES = 256;
const START_TIMEOUT_MS = 10_000;

/** Whether `redis-server` can be started here. */
export async function hasRedisServer(): Promise<boolean> {
  return await run('redis-server', ['--version']).then(
    () => true,
    () => false,
  );
}

/** Starts a Redis of the caller's own, in memory only; it ends with this process at the latest.
 *  @param port one that was used before, to bring a killed server back; else a free one */
export async function startRedisServer(port?: number): Promise<RedisServer> {
  const chosen = port ?? (await findFreePort());
  const server = startBoundProcess({
    command: [
      ...(['redis-server', '--port', String(chosen), '--bind', '127.0.0.1'] as const),
      ...['--save', '', '--appendonly', 'no', '--databases', String(DATABASES)],
    ],
    cwd: tmpdir(),
    stopSignal: 'TERM',
    output: 'ignore',
  });
  const url = `redis://127.0.0.1:${chosen}`;
  try {
    await waitUntilReady(url);
  } catch (cause) {
    await server.kill();
    throw new Error(`redis-server did not start on port ${chosen}`, { cause });
  }
  const close = async () => await server.stop(2_000);
  return { url, databases: DATABASES, close, kill: server.kill };
}

async function waitUntilReady(url: string): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    const redis = new Redis(url, { lazyConnect: true, retryStrategy: () => null });
    redis.on('error', () => undefined);
    try {
      await redis.connect();
      await redis.ping();
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await delay(20);
    } finally {
      redis.disconnect();
    }
  }
}
