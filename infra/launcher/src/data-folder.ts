import { mkdir, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { identifyProcess } from './process-identity.ts';
import { StartError } from './start-error.ts';

/** The shop's own folder: databases, secrets, mail. One running launcher holds it at a time. */
export type DataFolder = {
  /** Absolute. */
  readonly root: string;
  readonly secretsFile: string;
  readonly postgresFolder: string;
  release(): Promise<void>;
};

// Tells our folder from somebody's home folder that DATA_DIR was set to by mistake: `npm run reset`
// empties only a folder that has it.
const MARKER = 'commerce-data.json';
const LOCK = 'launcher.lock';

const lockContent = z.object({ pid: z.int(), identity: z.string() });

/** Creates the folder where it is absent and holds it for this process.
 *  @throws StartError when another launcher runs on it, or when it holds something else's files */
export async function openDataFolder(directory: string): Promise<DataFolder> {
  const root = path.resolve(directory);
  await createFolder(root);
  const lockFile = path.join(root, LOCK);
  await acquireLock(lockFile, root);
  return {
    root,
    secretsFile: path.join(root, 'secrets.json'),
    postgresFolder: path.join(root, 'postgres'),
    release: async () => await rm(lockFile, { force: true }),
  };
}

/** Empties a data folder; one that does not exist is empty.
 *  @throws StartError as openDataFolder does */
export async function emptyDataFolder(directory: string): Promise<void> {
  const root = path.resolve(directory);
  const entries = await listFolder(root);
  if (entries === null || entries.length === 0) return;
  if (!entries.includes(MARKER)) {
    throw new StartError(
      `${root} is not a data folder of the shop (it has no ${MARKER}): nothing was removed.`,
    );
  }
  const folder = await openDataFolder(root);
  // The marker and the lock go last: what is left of an interrupted reset can be reset again.
  const last = [LOCK, MARKER];
  for (const entry of [...entries.filter((name) => !last.includes(name)), ...last]) {
    await rm(path.join(folder.root, entry), { recursive: true, force: true });
  }
}

async function createFolder(root: string): Promise<void> {
  const entries = await listFolder(root);
  if (entries?.includes(MARKER)) return;
  if (entries !== null && entries.length > 0) {
    throw new StartError(
      `${root} holds other files and is not a data folder of the shop: set DATA_DIR to a new or empty folder.`,
    );
  }
  // Started by root, the server runs as another user, who must be able to pass through.
  const mode = process.getuid?.() === 0 ? 0o711 : 0o700;
  await mkdir(root, { recursive: true, mode }).catch((cause: unknown) => {
    throw new StartError(`The data folder ${root} cannot be created: ${messageOf(cause)}`, { cause });
  });
  const content = `${JSON.stringify({ contents: 'data of the commerce launcher', layout: 1 })}\n`;
  await writeFile(path.join(root, MARKER), content).catch((cause: unknown) => {
    throw new StartError(`The data folder ${root} is not writable: ${messageOf(cause)}`, { cause });
  });
}

async function listFolder(root: string): Promise<string[] | null> {
  try {
    return await readdir(root);
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return null;
    throw new StartError(`The data folder ${root} cannot be read: ${messageOf(cause)}`, { cause });
  }
}

async function acquireLock(lockFile: string, root: string): Promise<void> {
  const identity = await identifyProcess(process.pid);
  const content = JSON.stringify({ pid: process.pid, identity: identity ?? '' });
  for (const attempt of [1, 2]) {
    try {
      const file = await open(lockFile, 'wx', 0o600);
      await file.writeFile(content).finally(() => file.close());
      return;
    } catch (cause) {
      const isTaken = cause instanceof Error && 'code' in cause && cause.code === 'EEXIST';
      if (!isTaken) {
        throw new StartError(`The data folder ${root} is not writable: ${messageOf(cause)}`, { cause });
      }
      const holder = await findHolder(lockFile);
      if (holder !== null || attempt === 2) {
        const who = holder === null ? 'another process' : `process ${holder}`;
        throw new StartError(`The shop is already running on ${root} (${who}): stop it first.`);
      }
      // Left by a launcher that was killed.
      await rm(lockFile, { force: true });
    }
  }
}

async function findHolder(lockFile: string): Promise<number | null> {
  const text = await readFile(lockFile, 'utf8').catch(() => '');
  const lock = lockContent.safeParse(parseJson(text));
  if (!lock.success) return null;
  const { pid, identity } = lock.data;
  return (await identifyProcess(pid)) === identity ? pid : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
