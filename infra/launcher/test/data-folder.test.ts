import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { emptyDataFolder, openDataFolder } from '../src/data-folder.ts';
import { identifyProcess } from '../src/process-identity.ts';
import { temporaryFolder } from './temporary-folder.ts';

describe('the data folder', () => {
  it('is created with its parents, closed to others', async () => {
    const root = path.join(await temporaryFolder(), 'a', 'b');
    const folder = await openDataFolder(root);
    expect(folder.root).toBe(root);
    expect((await stat(root)).mode & 0o066).toBe(0);
    await folder.release();
  });

  it('is held by one launcher at a time', async () => {
    const root = await temporaryFolder();
    const folder = await openDataFolder(root);
    await expect(openDataFolder(root)).rejects.toThrow(`already running on ${root} (process ${process.pid})`);
    await folder.release();
    await (await openDataFolder(root)).release();
  });

  it.each([
    ['of a process that is gone', async () => ({ pid: 2 ** 22 + 1, identity: 'gone' })],
    ['of an earlier process with our number', async () => ({ pid: process.pid, identity: 'earlier' })],
    ['of half a line', async () => '{"pid":'],
  ])('is taken over from a lock %s', async (_title, lock) => {
    const root = await temporaryFolder();
    await (await openDataFolder(root)).release();
    await writeFile(path.join(root, 'launcher.lock'), JSON.stringify(await lock()));
    const folder = await openDataFolder(root);
    const { identity } = JSON.parse(await readFile(path.join(root, 'launcher.lock'), 'utf8'));
    expect(identity).toBe(await identifyProcess(process.pid));
    await folder.release();
  });

  it('is never a folder that holds something else', async () => {
    const root = await temporaryFolder();
    await writeFile(path.join(root, 'thesis.txt'), 'mine');
    await expect(openDataFolder(root)).rejects.toThrow('holds other files');
    expect(await readdir(root)).toEqual(['thesis.txt']);
  });
});

describe('a reset', () => {
  it('empties the data folder, hidden files and folders included', async () => {
    const root = await temporaryFolder();
    await (await openDataFolder(root)).release();
    await mkdir(path.join(root, 'postgres', 'data'), { recursive: true });
    await writeFile(path.join(root, '.hidden'), 'x');
    await emptyDataFolder(root);
    expect(await readdir(root)).toEqual([]);
  });

  it('does nothing where there is no folder, or an empty one', async () => {
    const root = await temporaryFolder();
    await emptyDataFolder(path.join(root, 'absent'));
    await emptyDataFolder(root);
    expect(await readdir(root)).toEqual([]);
  });

  it('leaves alone a folder that is not ours', async () => {
    const root = await temporaryFolder();
    await writeFile(path.join(root, 'thesis.txt'), 'mine');
    await expect(emptyDataFolder(root)).rejects.toThrow('nothing was removed');
    expect(await readdir(root)).toEqual(['thesis.txt']);
  });

  it('refuses while the shop runs', async () => {
    const root = await temporaryFolder();
    const folder = await openDataFolder(root);
    await writeFile(path.join(root, 'secrets.json'), '{}');
    await expect(emptyDataFolder(root)).rejects.toThrow('already running');
    expect(await readdir(root)).toContain('secrets.json');
    await folder.release();
  });
});
