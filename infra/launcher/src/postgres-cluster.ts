import { chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startBoundProcess } from './bound-process.ts';
import { POSTGRES_MAJOR, type PostgresBinaries } from './postgres-binaries.ts';
import { readLogTail, type ServerLog } from './postgres-log.ts';
import type { PostgresUser } from './postgres-user.ts';
import { isPostgres } from './process-identity.ts';
import { StartError } from './start-error.ts';

export const SUPERUSER = 'postgres';

export type ClusterOptions = {
  password: string;
  isDurable: boolean;
  removeOnStop?: string | undefined;
};

export type ClusterTools = { binaries: PostgresBinaries; user: PostgresUser; log: ServerLog };

/** Makes the database cluster where there is none.
 *  @param folder the cluster is its subfolder `data`
 *  @returns the cluster's folder
 *  @throws StartError when an existing one is of another Postgres version */
export async function ensureCluster(
  folder: string,
  options: ClusterOptions,
  tools: ClusterTools,
): Promise<string> {
  const cluster = path.join(folder, 'data');
  const version = await readFile(path.join(cluster, 'PG_VERSION'), 'utf8').catch(() => null);
  if (version === null) await createCluster(cluster, options, tools);
  else if (version.trim() !== POSTGRES_MAJOR) {
    throw new StartError(
      `${cluster} was written by Postgres ${version.trim()}, and this is Postgres ${POSTGRES_MAJOR}: ` +
        'set DATA_DIR to another folder, or empty this one with npm run reset.',
    );
  }
  return cluster;
}

async function createCluster(
  cluster: string,
  options: ClusterOptions,
  { binaries, user, log }: ClusterTools,
): Promise<void> {
  const draft = `${cluster}.new`;
  const passwordFile = `${cluster}.password`;
  await rm(draft, { recursive: true, force: true });
  await writeFile(passwordFile, options.password, { mode: 0o600 });
  if (user.uid !== undefined) await chown(passwordFile, user.uid, user.uid);
  try {
    const { code } = await startBoundProcess({
      command: [
        ...asCommand(user, binaries.initdb),
        ...['-D', draft, '--username', SUPERUSER, '--pwfile', passwordFile],
        ...['--auth', 'scram-sha-256', '--encoding', 'UTF8', '--locale', 'C', '--no-instructions'],
        ...(options.isDurable ? ['--data-checksums'] : ['--no-sync']),
      ],
      stopSignal: 'TERM',
      output: log.descriptor,
      libraryPath: binaries.libraryPath,
      removeOnStop: options.removeOnStop,
    }).exited;
    if (code !== 0) {
      throw new StartError(`The database cluster was not created:\n${await readLogTail(log)}`);
    }
    // Only now is it a cluster: one that a killed start left half made is begun anew.
    await rename(draft, cluster);
  } finally {
    await rm(passwordFile, { force: true });
  }
}

/** The command line that runs a binary as the given user. */
export function asCommand(user: PostgresUser, binary: string): [string, ...string[]] {
  const [first, ...rest] = user.prefix;
  return first === undefined ? [binary] : [first, ...rest, binary];
}

// A server whose launcher was killed is shutting down by itself; checkpoints on a slow disk take
// seconds. After that it is asked again, which only helps where nothing supervises it (Windows).
const OWN_SHUTDOWN_MS = 3_000;
const REQUESTED_SHUTDOWN_MS = 15_000;

/** Sees to it that no server runs on the cluster any more and that no stale postmaster.pid keeps
 *  a new one from starting. The caller holds the data folder, so a server that runs is an orphan.
 *  @throws StartError when it does not stop */
export async function clearOldServer(cluster: string): Promise<void> {
  const pidFile = path.join(cluster, 'postmaster.pid');
  const startedAt = Date.now();
  let isAsked = false;
  for (;;) {
    const pid = Number((await readPidFile(cluster))?.pid ?? Number.NaN);
    if (!Number.isInteger(pid)) return;
    // After a crash the number may belong to any other program by now. Postgres would believe in
    // a running server and refuse to start.
    if (!(await isPostgres(pid))) return await rm(pidFile, { force: true });
    const waitedMs = Date.now() - startedAt;
    if (waitedMs > OWN_SHUTDOWN_MS && !isAsked) {
      isAsked = true;
      process.kill(pid, 'SIGINT');
    }
    if (waitedMs > OWN_SHUTDOWN_MS + REQUESTED_SHUTDOWN_MS) {
      throw new StartError(`A Postgres server (process ${pid}) still runs on ${cluster}: stop it.`);
    }
    await delay(50);
  }
}

/** What a server says of itself in postmaster.pid.
 *  @returns null when the file is absent */
export async function readPidFile(cluster: string): Promise<{ pid: number; isReady: boolean } | null> {
  const text = await readFile(path.join(cluster, 'postmaster.pid'), 'utf8').catch(() => null);
  if (text === null) return null;
  const lines = text.split('\n');
  return { pid: Number.parseInt(lines[0] ?? '', 10), isReady: lines[7]?.trim() === 'ready' };
}

/** Creates the folder that holds cluster and log, readable by its owner only. */
export async function createServerFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
}
