import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { inject } from 'vitest';
// By path: the launcher depends on the kit, and a dependency back would be a cycle of workspaces.
import { type BoundProcess, startBoundProcess } from '../../../infra/launcher/src/bound-process.ts';
import { startEmbeddedPostgres } from '../../../infra/launcher/src/embedded-postgres.ts';
import { findFreePort } from '../../../infra/launcher/src/free-port.ts';
import { findPostgresBinaries } from '../../../infra/launcher/src/postgres-binaries.ts';
import { asCommand, readPidFile, SUPERUSER } from '../../../infra/launcher/src/postgres-cluster.ts';
import { choosePostgresUser } from '../../../infra/launcher/src/postgres-user.ts';

const PASSWORD = 'a password of the test 0123456789';
const READY_TIMEOUT_MS = 20_000;

export type RestartablePostgres = {
  url: string;
  /** On the port that it had before; returns when it takes connections. */
  start(): Promise<void>;
  /** Ends the sessions and writes a checkpoint. */
  stop(): Promise<void>;
  /** Kills a session's process: the server then ends all others too, recovers and goes on. */
  crash(): Promise<void>;
  /** SIGSTOP for the server and all its sessions, or SIGCONT. */
  signalAll(signal: 'SIGSTOP' | 'SIGCONT'): Promise<void>;
};

/** A Postgres of the caller's own, to be lost and found; it ends with this process at the latest. */
export async function startRestartablePostgres(maxConnections: number): Promise<RestartablePostgres> {
  const folder = path.join(inject('testPostgres').scratchFolder, `postgres_${randomUUID()}`);
  const maker = await startEmbeddedPostgres({ folder, password: PASSWORD, isDurable: false, maxConnections });
  await maker.close();
  const cluster = path.join(folder, 'data');
  const binaries = await findPostgresBinaries(path.join(folder, 'lib'));
  const user = await choosePostgresUser(folder, binaries);
  const port = await findFreePort();
  let server: BoundProcess | null = null;

  async function isReady(): Promise<void> {
    const until = Date.now() + READY_TIMEOUT_MS;
    while (!(await readPidFile(cluster))?.isReady) {
      if (Date.now() > until) throw new Error('Postgres did not start');
      await delay(5);
    }
  }

  /** The postmaster's process and those of its children. */
  async function processes(): Promise<[number, ...number[]]> {
    const postmaster = (await readPidFile(cluster))?.pid ?? Number.NaN;
    const list = execFileSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' });
    const pairs = list.split('\n').map((line) => line.trim().split(/\s+/).map(Number));
    return [postmaster, ...pairs.filter(([, parent]) => parent === postmaster).map(([pid = 0]) => pid)];
  }

  async function start(): Promise<void> {
    server = startBoundProcess({
      command: [
        ...asCommand(user, binaries.postgres),
        ...['-D', cluster, '-p', String(port), '-N', String(maxConnections), '-h', '127.0.0.1'],
        ...['-c', 'unix_socket_directories=', '-c', 'fsync=off', '-c', 'superuser_reserved_connections=1'],
        ...['-c', 'max_wal_senders=0', '-c', 'wal_level=minimal'],
      ],
      stopSignal: 'INT',
      output: 'ignore',
      libraryPath: binaries.libraryPath,
    });
    await isReady();
  }

  await start();
  return {
    url: `postgres://${SUPERUSER}:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}/postgres`,
    start,
    stop: async () => await server?.stop(10_000),
    async crash() {
      const [, child = Number.NaN] = await processes();
      process.kill(child, 'SIGKILL');
    },
    async signalAll(signal) {
      for (const pid of await processes()) process.kill(pid, signal);
    },
  };
}
