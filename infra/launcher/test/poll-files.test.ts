import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { pollFiles } from '../src/poll-files.ts';
import { temporaryFolder } from './temporary-folder.ts';

async function watch() {
  const folder = await temporaryFolder();
  const source = path.join(folder, 'src');
  const sdl = path.join(folder, 'schema.graphql');
  await mkdir(path.join(source, 'graphql'), { recursive: true });
  await writeFile(sdl, 'type Query');
  const changes: string[] = [];
  const stop = await pollFiles({ cart: [source, sdl], users: [folder] }, async (names) => {
    changes.push(names.join());
  });
  onTestFinished(stop);
  return { source, sdl, changes };
}

it('reports a new, a changed and a removed file, each under its names', async () => {
  const { source, changes } = await watch();
  const file = path.join(source, 'graphql', 'query.ts');
  const steps = [
    async () => await writeFile(file, '1'),
    async () => await writeFile(file, '22'),
    async () => await rm(file),
  ];
  for (const [index, step] of steps.entries()) {
    await step();
    await vi.waitFor(() => expect(changes).toHaveLength(index + 1), 3_000);
  }
  expect(new Set(changes)).toEqual(new Set(['cart,users']));
});

it('sees a file that an editor saves by renaming another over it', async () => {
  const { sdl, changes } = await watch();
  await writeFile(`${sdl}.new`, 'type Query { cart: Cart }');
  await rename(`${sdl}.new`, sdl);
  await vi.waitFor(() => expect(changes.at(0)).toContain('cart'), 3_000);
});
