import { createLogger } from '@commerce/kit/logger';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { closeFakes, startFakes, startTestRouter, type TestRouter } from './support/router.ts';

let fakes: Awaited<ReturnType<typeof startFakes>>;
let router: TestRouter;
const lines: string[] = [];

beforeAll(async () => {
  fakes = await startFakes();
  const destination = { write: (line: string) => void lines.push(line) };
  router = await startTestRouter(fakes, {}, createLogger({ service: 'router', level: 'info', destination }));
});
beforeEach(() => {
  lines.length = 0;
});
afterAll(async () => {
  await router.close();
  await closeFakes(fakes);
});

async function requestLine(): Promise<Record<string, unknown>> {
  return vi.waitFor(() => {
    const found = lines.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'Request');
    expect(found).toHaveLength(1);
    return found[0];
  });
}

it.each([
  ['/products/prod_001', 200, 30, '/api/v1/products/{productId}'],
  ['/products?page=0', 400, 30, '/api/v1/products'],
  ['/nowhere', 404, 30, 'unknown'],
])('logs %s in one line', async (path, status, level, route) => {
  await router.rest('GET', path, { headers: { 'x-request-id': 'id-1' } });

  expect(await requestLine()).toMatchObject({
    level,
    method: 'GET',
    route,
    status,
    durationMs: expect.any(Number),
    requestId: 'id-1',
  });
});

it('keeps out what people take for a path', async () => {
  await router.rest('GET', '/products/sam@example.org?token=S3cret');
  await requestLine();
  await router.rest('GET', '/sam@example.org');

  await vi.waitFor(() => expect(lines).toHaveLength(2));
  expect(lines.join()).not.toMatch(/sam@example|S3cret/);
});

it('warns of failures of our own', async () => {
  fakes.catalog.override({
    Query: {
      product: () => {
        throw new Error('a bug');
      },
    },
  });
  await router.rest('GET', '/products/prod_001');

  expect(await requestLine()).toMatchObject({ level: 40, status: 500 });
});
