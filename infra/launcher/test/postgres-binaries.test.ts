import { cp, lstat, readdir, rm, stat, symlink } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { startBoundProcess } from '../src/bound-process.ts';
import { findPostgresBinaries } from '../src/postgres-binaries.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** The package as npm unpacks it where install scripts are off: without the libraries' links. */
async function copyWithoutLinks(): Promise<{ root: string; linkFolder: string }> {
  const installed = path.dirname(path.dirname((await findPostgresBinaries('')).postgres));
  const folder = await temporaryFolder();
  const root = path.join(folder, 'package');
  const filter = async (file: string) => !(await lstat(file)).isSymbolicLink();
  for (const part of ['bin', 'lib', 'pg-symlinks.json']) {
    const target = path.join(root, 'native', part);
    await cp(path.join(installed, part), target, { recursive: true, filter });
  }
  return { root, linkFolder: path.join(folder, 'lib') };
}

async function exitCodeOf(binary: string, libraryPath: string | undefined): Promise<number | null> {
  const command = [binary, '--version'] as const;
  const options = { stopSignal: 'TERM', output: 'ignore', libraryPath } as const;
  return (await startBoundProcess({ command, ...options }).exited).code;
}

describe.skipIf(process.platform !== 'linux')('the packaged binaries', () => {
  it('run as they are where the package has its links', async () => {
    const linkFolder = path.join(await temporaryFolder(), 'lib');
    const { postgres, libraryPath } = await findPostgresBinaries(linkFolder);
    if (libraryPath === undefined) await expect(stat(linkFolder)).rejects.toThrow('ENOENT');
    expect(await exitCodeOf(postgres, libraryPath)).toBe(0);
  });

  it('run by links of ours where it has none, and the package stays untouched', async () => {
    const { root, linkFolder } = await copyWithoutLinks();
    const before = await readdir(path.join(root, 'native', 'lib'));
    const { postgres, initdb, libraryPath } = await findPostgresBinaries(linkFolder, root);
    expect(await exitCodeOf(postgres, undefined)).not.toBe(0);
    expect(await exitCodeOf(postgres, libraryPath)).toBe(0);
    expect(await exitCodeOf(initdb, libraryPath)).toBe(0);
    expect(await readdir(path.join(root, 'native', 'lib'))).toEqual(before);
  });

  it('run also after the checkout was moved away from the old links', async () => {
    const { root, linkFolder } = await copyWithoutLinks();
    await findPostgresBinaries(linkFolder, root);
    const stale = path.join(linkFolder, 'libicuuc.so.60');
    await rm(stale);
    await symlink('/moved/away/libicuuc.so.60.2', stale);
    const { postgres, libraryPath } = await findPostgresBinaries(linkFolder, root);
    expect(await exitCodeOf(postgres, libraryPath)).toBe(0);
  });
});
