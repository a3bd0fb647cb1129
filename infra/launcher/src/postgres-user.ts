import { execFile } from 'node:child_process';
import { lchown, lstat, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { PostgresBinaries } from './postgres-binaries.ts';
import { StartError } from './start-error.ts';

const run = promisify(execFile);

/** How to run Postgres as an ordinary user: the command to put before, none where that is us. */
export type PostgresUser = { name: string; prefix: readonly string[]; uid: number | undefined };

// `nobody` on every current distribution. initdb looks its user up, so the number must have a name.
const NOBODY = 65534;

/** A user namespace in which root carries another number: files stay root's, and folders that only
 *  root may enter (/root) stay open. Containers commonly forbid it. */
export const asNamespace: PostgresUser = {
  name: 'root in a user namespace',
  prefix: ['unshare', '--user', `--map-user=${NOBODY}`, '--'],
  uid: 0,
};

/** Another user, who keeps the one capability to pass through root's folders. */
export function asUser(uid: number): PostgresUser {
  const identity = [`--reuid=${uid}`, `--regid=${uid}`, '--clear-groups'];
  const capability = ['--inh-caps=+dac_override', '--ambient-caps=+dac_override'];
  return { name: `user ${uid}`, prefix: ['setpriv', ...identity, ...capability, '--'], uid };
}

/** The user nobody, where a container has not even that capability. */
export const asPlainNobody: PostgresUser = {
  name: 'nobody',
  prefix: ['chroot', `--userspec=${NOBODY}:${NOBODY}`, '/'],
  uid: NOBODY,
};

/** Finds out how Postgres can be run on this folder, and gives the folder to that user.
 *  @param strategies the ways to run as root, in order of preference, where a test has its own
 *  @throws StartError when there is no way */
export async function choosePostgresUser(
  folder: string,
  binaries: PostgresBinaries,
  strategies?: readonly PostgresUser[],
): Promise<PostgresUser> {
  if (process.getuid?.() !== 0) return { name: 'own', prefix: [], uid: undefined };
  const failures: string[] = [];
  for (const user of strategies ?? (await rootStrategies(folder, binaries))) {
    if (user.uid !== undefined) await giveFolder(folder, user.uid);
    const failure = await probe(user, folder, binaries);
    if (failure === null) return user;
    failures.push(`  as ${user.name}: ${failure}`);
  }
  throw new StartError(
    [
      'Postgres refuses to run as root, and no other user could be used:',
      ...failures,
      'Start as an ordinary user, or set the four *_DATABASE_URL variables.',
    ].join('\n'),
  );
}

// After sudo, data folder or checkout are those of an ordinary user, who wants to come back to them.
async function rootStrategies(folder: string, binaries: PostgresBinaries): Promise<readonly PostgresUser[]> {
  const ownerOf = async (file: string) => (await stat(file)).uid;
  const dataOwner = await ownerOf(path.dirname(folder));
  const packageOwner = await ownerOf(binaries.postgres);
  const strategies = [
    ...(dataOwner === 0 ? [] : [asUser(dataOwner)]),
    asNamespace,
    ...(packageOwner === 0 ? [] : [asUser(packageOwner)]),
    asUser(NOBODY),
    asPlainNobody,
  ];
  // The way of the last start first: it needs no change of ownership. Sorting is stable.
  const current = await ownerOf(folder);
  return strategies.sort((a, b) => Number(b.uid === current) - Number(a.uid === current));
}

// initdb finds its user's name, itself and the server by the same means as the real run will:
// access(2), for one, knows nothing of capabilities.
const PROBE = `
if [ -n "$3" ]; then export LD_LIBRARY_PATH="$3"; fi
cd "$1" && test -w . && exec "$2" --show -D "$1/data"
`;

async function probe(
  user: PostgresUser,
  folder: string,
  { initdb, libraryPath = '' }: PostgresBinaries,
): Promise<string | null> {
  const [command = '', ...args] = user.prefix;
  try {
    await run(command, [...args, 'sh', '-c', PROBE, 'probe', folder, initdb, libraryPath]);
    return null;
  } catch (error) {
    return error instanceof Error ? (error.message.trim().split('\n').at(-1) ?? '') : String(error);
  }
}

// Ownership changes only when the way of running does: with another container, or after sudo.
async function giveFolder(folder: string, uid: number): Promise<void> {
  if ((await lstat(folder)).uid === uid) return;
  const entries = await readdir(folder, { recursive: true });
  for (const entry of [...entries.map((name) => path.join(folder, name)), folder]) {
    await lchown(entry, uid, uid);
  }
}
