import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type BoundProcess, startBoundProcess } from './bound-process.ts';
import { findFreePort } from './free-port.ts';
import { findPostgresBinaries } from './postgres-binaries.ts';
import {
  asCommand,
  type ClusterTools,
  clearOldServer,
  createServerFolder,
  ensureCluster,
  readPidFile,
  SUPERUSER,
} from './postgres-cluster.ts';
import { openServerLog, readLogTail, type ServerLog } from './postgres-log.ts';
import { choosePostgresUser, type PostgresUser } from './postgres-user.ts';
import { StartError } from './start-error.ts';

export type EmbeddedPostgres = {
  readonly port: number;
  /** The superuser's URL, of the database `postgres` unless another is named. */
  adminUrl(database?: string): string;
  /** Settles when the server has ended, wanted or not. */
  readonly exited: Promise<void>;
  /** Ends open connections and stops; finished transactions are on disk. */
  close(): Promise<void>;
};

export type EmbeddedPostgresOptions = {
  /** Holds cluster, log and library links; created where it is absent. */
  folder: string;
  /** The superuser's password. An existing cluster keeps the one that it was made with. */
  password: string;
  /** False for throw-away databases: much faster, and lost when the machine stops. */
  isDurable: boolean;
  maxConnections: number;
  /** A folder that is removed when the server was closed, or this process was killed. */
  removeOnStop?: string;
  /** Ways to run as root, in a test of those. */
  rootStrategies?: readonly PostgresUser[];
};

/** Starts the packaged Postgres on a free loopback port. It ends with this process, also when that
 *  is killed. Nothing else may hold the folder: the caller sees to that.
 *  @throws StartError with the reason, and nothing left running */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const folder = path.resolve(options.folder);
  const log = await openFolder(folder);
  try {
    const binaries = await findPostgresBinaries(path.join(folder, 'lib'));
    const user = await choosePostgresUser(folder, binaries, options.rootStrategies);
    const tools = { binaries, user, log };
    const cluster = await ensureCluster(folder, options, tools);
    await clearOldServer(cluster);
    const { server, port } = await startOnFreePort(cluster, options, tools);
    return {
      port,
      adminUrl: (database = 'postgres') =>
        `postgres://${SUPERUSER}:${options.password}@127.0.0.1:${port}/${database}`,
      exited: server.exited.then(() => undefined),
      close: async () => await stopServer(server, cluster, tools),
    };
  } finally {
    await log.close();
  }
}

async function openFolder(folder: string): Promise<ServerLog> {
  try {
    await createServerFolder(folder);
    return await openServerLog(path.join(folder, 'server.log'));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new StartError(
      `${folder} cannot be used (${reason}): start as the user to whom it belongs, or choose another DATA_DIR.`,
      { cause },
    );
  }
}

type RunningServer = { server: BoundProcess; port: number };

// Between our letting go of the port and the server's taking it, another program may be faster.
const PORT_TRIES = 3;

async function startOnFreePort(
  cluster: string,
  options: EmbeddedPostgresOptions,
  tools: ClusterTools,
): Promise<RunningServer> {
  for (let attempt = 1; ; attempt += 1) {
    const port = await findFreePort();
    const server = startServer({ cluster, port }, options, tools);
    if (await becomesReady(server, cluster)) return { server, port };
    await server.kill();
    const reason = await readLogTail(tools.log);
    if (attempt === PORT_TRIES || !reason.includes('could not bind')) {
      throw new StartError(`Postgres did not start (${tools.log.file}):\n${reason}`);
    }
  }
}

function startServer(
  { cluster, port }: { cluster: string; port: number },
  options: EmbeddedPostgresOptions,
  { binaries, user, log }: ClusterTools,
): BoundProcess {
  const settings = Object.entries({ ...COMMON, ...(options.isDurable ? DURABLE : THROW_AWAY) });
  return startBoundProcess({
    command: [
      ...asCommand(user, binaries.postgres),
      ...['-D', cluster, '-p', String(port), '-N', String(options.maxConnections)],
      ...settings.flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    // SIGINT is Postgres's fast shutdown: it ends the sessions and writes a checkpoint.
    stopSignal: 'INT',
    output: log.descriptor,
    libraryPath: binaries.libraryPath,
    removeOnStop: options.removeOnStop,
  });
}

const COMMON = {
  listen_addresses: '127.0.0.1',
  // A socket's path may have at most 107 bytes, and the data folder's may be longer.
  unix_socket_directories: '',
  shared_buffers: '64MB',
  work_mem: '8MB',
  // A shop's queries are short; a parallel plan costs more to start than it saves, and its memory
  // comes from /dev/shm, of which a container has 64 MB.
  max_parallel_workers_per_gather: '0',
  max_worker_processes: '2',
  autovacuum_max_workers: '2',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
  log_checkpoints: 'off',
  log_min_messages: 'warning',
} as const;

const DURABLE = { fsync: 'on', synchronous_commit: 'on' } as const;

const THROW_AWAY = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_wal_size: '4GB',
} as const;

// Recovery after a crash replays at most max_wal_size (1 GB), which takes a slow disk a while.
const READY_TIMEOUT_MS = 60_000;

async function becomesReady(server: BoundProcess, cluster: string): Promise<boolean> {
  let hasEnded = false;
  server.exited
    .catch(() => undefined)
    .finally(() => {
      hasEnded = true;
    });
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (!hasEnded && Date.now() < deadline) {
    if ((await readPidFile(cluster))?.isReady) return true;
    await delay(10);
  }
  return false;
}

// The checkpoint of a small shop takes milliseconds. What is not written by then is in the
// write-ahead log and is recovered at the next start.
const STOP_GRACE_MS = 3_000;

async function stopServer(
  server: BoundProcess,
  cluster: string,
  { binaries, user }: ClusterTools,
): Promise<void> {
  if (process.platform === 'win32') {
    // Windows knows no signals: only pg_ctl can ask the server to stop.
    const command = asCommand(user, binaries.pgCtl);
    const stop = ['stop', '-D', cluster, '-m', 'fast', '-w'] as const;
    await startBoundProcess({
      command: [...command, ...stop],
      stopSignal: 'TERM',
      output: 'ignore',
    }).exited;
  }
  await server.stop(STOP_GRACE_MS);
}
