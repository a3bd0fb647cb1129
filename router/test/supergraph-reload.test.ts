import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger } from '@commerce/kit/logger';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { closeFakes, startFakes, startTestRouter, type TestRouter } from './support/router.ts';

let fakes: Awaited<ReturnType<typeof startFakes>>;
let router: TestRouter;
const lines: string[] = [];
const folder = mkdtempSync(join(tmpdir(), 'supergraph-'));
const file = join(folder, 'supergraph.graphql');
const original = readFileSync(new URL('../../schema/supergraph.graphql', import.meta.url), 'utf8');

beforeAll(async () => {
  writeFileSync(file, original);
  fakes = await startFakes();
  const logger = createLogger({
    service: 'router',
    level: 'info',
    destination: { write: (line) => lines.push(line) },
  });
  router = await startTestRouter(fakes, { SUPERGRAPH_FILE: file }, logger);
});
afterAll(async () => {
  await router.close();
  await closeFakes(fakes);
  rmSync(folder, { recursive: true });
});

/** As deployments do it: whole at once. */
function replaceFile(text: string): void {
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
}

const hasDescription = async () => {
  const answer = await router.graphql('{ __type(name: "Product") { description } }');
  return answer.body.data.__type.description;
};

it('keeps the last good schema while the file is broken', async () => {
  replaceFile(original.slice(0, original.length / 2));
  await vi.waitFor(() => expect(lines.join('')).toContain('Cannot load the changed supergraph'), 10_000);

  expect(await hasDescription()).toBe('Something that can be bought.');
});

it('refuses a supergraph with a subgraph that it does not know', async () => {
  lines.length = 0;
  replaceFile(original.replace('name: "cart"', 'name: "basket"'));
  await vi.waitFor(() => expect(lines.join('')).toContain('not configured: basket'), 10_000);

  const answer = await router.graphql('{ product(productId: "prod_001") { name } }');
  expect(answer.body.data.product.name).toBe('Wireless Headphones');
});

it('takes a changed supergraph over', async () => {
  replaceFile(original.replaceAll('Something that can be bought.', 'Goods.'));

  await vi.waitFor(async () => expect(await hasDescription()).toBe('Goods.'), 10_000);
  const answer = await router.graphql('{ product(productId: "prod_001") { name } }');
  expect(answer.body.data.product.name).toBe('Wireless Headphones');
});

it('does not start without a supergraph', async () => {
  await expect(startTestRouter(fakes, { SUPERGRAPH_FILE: join(folder, 'none') })).rejects.toThrow('ENOENT');
});
