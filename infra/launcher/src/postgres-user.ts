import { execFile } from 'node:child_process';
import { lchown, lstat, readdir } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { StartError } from './start-error.ts';

const run = promisify(execFile);

/** How to run Postgres as an ordinary user: the command to put before, none where that is us. */
export type PostgresUser = { name: string; prefix: readonly string[]; uid: number | undefined };

// `nobody` on every current distribution. initdb looks its user up, so the number must have a name.
const NOBODY = 65534;

// Postgres refuses to run as root. In order of preference:
// 1. A user namespace in which root carries another number: files stay root's, and folders that
//    only root may enter (/root) stay open. Containers commonly forbid it.
// 2. The user nobody, who keeps the one capability to pass through root's folders.
// 3. The user nobody, where the container was not given that capability either.
export const rootStrategies: readonly [PostgresUser, PostgresUser, PostgresUser] = [
  {
    name: 'namespace',
    prefix: ['unshare', '--user', `--map-user=${NOBODY}`, '--'],
    uid: 0,
  },
  {
    name: 'nobody with dac_override',
    prefix: [
      ...['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups'],
      ...['--inh-caps=+dac_override', '--ambient-caps=+dac_override', '--'],
    ],
    uid: NOBODY,
  },
  { name: 'nobody', prefix: ['chroot', `--userspec=${NOBODY}:${NOBODY}`, '/'], uid: NOBODY },
];

/** Finds out how Postgres can be run on this folder, and gives the folder to that user.
 *  @param strategies those of root, unless a test wants fewer
 *  @throws StartError when there is no way */
export async function choosePostgresUser(
  folder: string,
  postgres: string,
  strategies: readonly PostgresUser[] = rootStrategies,
): Promise<PostgresUser> {
  if (process.getuid?.() !== 0) return { name: 'own', prefix: [], uid: undefined };
  const failures: string[] = [];
  for (const user of strategies) {
    if (user.uid !== undefined) await giveFolder(folder, user.uid);
    const failure = await probe(user, folder, postgres);
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

async function probe(user: PostgresUser, folder: string, postgres: string): Promise<string | null> {
  const [command, ...args] = user.prefix;
  if (command === undefined) return null;
  const script = 'cd "$1" && test -w . && test -x "$2" && id -un';
  try {
    await run(command, [...args, 'sh', '-c', script, 'probe', folder, postgres]);
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
