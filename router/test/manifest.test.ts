import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSchema } from 'graphql';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { readClientDocuments } from '../src/persisted-documents/client-documents.ts';
import { documentHash } from '../src/persisted-documents/document-hash.ts';
import { makeManifest } from '../src/persisted-documents/make-manifest.ts';
import { closeFakes, startFakes, startTestRouter } from './support/router.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
let scratch: string;
let folder: string;

beforeAll(async () => {
  scratch = await mkdtemp(path.join(tmpdir(), 'client-'));
});
beforeEach(async () => {
  folder = await mkdtemp(path.join(scratch, 'app-'));
});
afterAll(async () => {
  await rm(scratch, { recursive: true, force: true });
});

async function put(files: Record<string, string>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}

function run(...options: string[]): { status: number | null; out: string; file: string } {
  const script = 'router/src/persisted-documents/write-manifest.ts';
  const file = `${folder}.json`;
  const made = spawnSync(
    process.execPath,
    ['--conditions=source', '--import', 'tsx', script, folder, file, ...options],
    { cwd: root, encoding: 'utf8' },
  );
  return { status: made.status, out: made.stdout + made.stderr, file };
}

async function make(options = { hasTypenames: false }) {
  const schema = buildSchema(await readFile(new URL('../../schema/api.graphql', import.meta.url), 'utf8'));
  return makeManifest(await readClientDocuments(folder), { schema, ...options });
}

const client = {
  'queries/Product.graphql': 'query Product($id: ID!) { product(productId: $id) { ...Card } }',
  'card.tsx': `import { gql } from '@apollo/client';
    export const card = gql\`fragment Card on Product { name price { ...Price } }\`;
    export const price = gql\`fragment Price on Money { amount }\`;`,
  'me.ts': `import gql from 'graphql-tag';
    import { card } from './card';
    export const me = gql\`query Me { me { firstName cart { items { product { ...Card } } } } } \${card}\`;`,
  'node_modules/other/x.graphql': '{ nothing }',
};

it('is made of files and of literals in code, each operation with its fragments', async () => {
  await put(client);

  const { status, file } = run();
  const manifest = JSON.parse(await readFile(file, 'utf8'));

  expect(status).toBe(0);
  expect(manifest).toMatchObject({ format: 'apollo-persisted-query-manifest', version: 1 });
  const [me, product] = manifest.operations;
  expect(manifest.operations).toHaveLength(2);
  expect(me).toMatchObject({ name: 'Me', type: 'query', id: documentHash(me.body) });
  expect(product.body).toMatch(/^query Product[\s\S]*fragment Card on Product[\s\S]*fragment Price on Money/);
});

it('asks for type names where the client does', async () => {
  await put({ 'Me.graphql': 'query Me { me { email cart { itemCount } } }' });

  const { manifest } = await make({ hasTypenames: true });

  expect(manifest.operations[0]?.body.replaceAll(/\s+/g, ' ')).toBe(
    'query Me { me { email cart { itemCount __typename } __typename } }',
  );
});

it('is what a router starts with', async () => {
  await put(client);
  const { file } = run();
  const fakes = await startFakes();
  const router = await startTestRouter(fakes, {
    PERSISTED_DOCUMENTS: 'only',
    PERSISTED_DOCUMENTS_MANIFEST: file,
  });
  const { operations } = JSON.parse(await readFile(file, 'utf8'));

  const answer = await router.fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      extensions: { persistedQuery: { version: 1, sha256Hash: operations[1].id } },
      variables: { id: 'prod_001' },
    }),
  });
  await router.close();
  await closeFakes(fakes);

  expect(answer.body).toEqual({
    data: { product: { name: 'Wireless Headphones', price: { amount: '99.99' } } },
  });
});

it.each([
  ['a field that is not public', { 'a.graphql': 'query A { nothing }' }, 'a.graphql: Cannot query field'],
  ['a fragment that is nowhere', { 'a.graphql': 'query A { me { ...B } }' }, 'Unknown fragment'],
  ['an operation without a name', { 'a.graphql': '{ __typename }' }, 'has no name'],
  [
    'one name for two operations',
    { 'a.graphql': 'query A { __typename }', 'b.graphql': 'query A { me { email } }' },
    'b.graphql: A is another one in a.graphql',
  ],
  [
    'an operation over a limit',
    {
      'a.graphql': `query A { ${Array.from({ length: 101 }, (_, index) => `a${index}: __typename`).join(' ')} }`,
    },
    'at most',
  ],
  ['a type', { 'a.graphql': 'type A { a: Int }' }, 'only operations'],
])('is not made of %s', async (_, files, message) => {
  await put(files);

  const { faults } = await make();

  expect(faults).toEqual([expect.stringContaining(message)]);
});

it.each([
  ['a fault', { 'a.graphql': 'query A { nothing }' }, 'a.graphql: Cannot query field'],
  ['what is malformed', { 'a.graphql': 'query {' }, 'a.graphql: Syntax Error'],
])('is not written where there is %s', async (_, files, message) => {
  await put(files);

  const { status, out, file } = run();

  expect(status).toBe(1);
  expect(out).toContain(message);
  await expect(readFile(file)).rejects.toThrow('ENOENT');
});
