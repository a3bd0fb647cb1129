import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));

async function sources(): Promise<string[]> {
  const subgraphs = await readdir(path.join(root, 'subgraphs'));
  const folders = [...subgraphs.map((name) => `subgraphs/${name}/src`), 'router/src', 'packages/kit/src'];
  const files = await Promise.all(
    folders.map(async (folder) =>
      (await readdir(path.join(root, folder), { recursive: true })).map((file) => path.join(folder, file)),
    ),
  );
  return files.flat().filter((file) => file.endsWith('.ts'));
}

// A connection that is lost during a transaction of postgres.js 3.4.9 ends the process, and what is left of the
// transaction may run inside the next one. What belongs together is one statement.
it('no service opens a transaction', async () => {
  const files = await sources();
  expect(files.length).toBeGreaterThan(50);
  const texts = await Promise.all(
    files.map(async (file) => ({ file, text: await readFile(path.join(root, file), 'utf8') })),
  );
  const opening = texts.filter(({ text }) => /\.(transaction|begin)\s*(<[^>]*>)?\(/.test(text));
  expect(opening.map(({ file }) => file)).toEqual([]);
});
