import { createHash } from 'node:crypto';
import { createTestRedis, describeRedis } from '@commerce/testkit/redis';
import { parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createDocumentStore } from '../src/graphql/document-store.ts';
import { createDocumentAdmission } from '../src/graphql/new-documents.ts';
import { createOperationLimits } from '../src/graphql/operation-limits.ts';
import { closeFakes, startFakes, startTestRouter, type TestRouter } from './support/router.ts';

let fakes: Awaited<ReturnType<typeof startFakes>>;
let router: TestRouter;

beforeAll(async () => {
  fakes = await startFakes();
  router = await startTestRouter(fakes, { GRAPHQL_PLANNING_BUDGET: '120', TRUSTED_PROXIES: '1' });
});
afterAll(async () => {
  await router.close();
  await closeFakes(fakes);
});

let made = 0;
/** A document that nobody sent before. */
const newDocument = (fields = 40) => {
  made += 1;
  return `query Q${made} { ${Array.from({ length: fields }, () => '__typename').join(' ')} }`;
};
const send = (query: string, address: string) =>
  router.graphql(query, { headers: { 'x-forwarded-for': address } });

describe('a client with too many new documents', () => {
  it('is refused the next one, and nothing that was seen before', async () => {
    const [known, ...others] = Array.from({ length: 3 }, () => newDocument());
    for (const query of [known, ...others]) expect((await send(query ?? '', '10.1.0.1')).status).toBe(200);

    const refused = await send(newDocument(), '10.1.0.1');
    const again = await send(known ?? '', '10.1.0.1');
    const neighbour = await send(newDocument(), '10.1.0.2');

    expect(refused.status).toBe(429);
    expect(refused.body.errors[0].extensions).toMatchObject({ code: 'RATE_001', httpStatus: 429 });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(again.status).toBe(200);
    expect(neighbour.status).toBe(200);
  });

  it.each([
    ['refused', () => `{ ${Array.from({ length: 101 }, () => `__typename`).join(' ')} } # ${Math.random()}`],
    ['malformed', () => `{ # ${Math.random()}`],
    ['invalid, even the same one', () => `{ ${Array.from({ length: 50 }, () => 'nothing').join(' ')} }`],
  ])('counts those that are %s', async (kind, make) => {
    const address = `10.2.0.${kind.length}`;

    const statuses = [];
    for (let time = 0; time < 4; time += 1) statuses.push((await send(make(), address)).status);

    expect(statuses).toEqual([400, 400, 400, 429]);
  });

  it('is refused before its text is read', async () => {
    const limits = createOperationLimits();
    const measure = vi.fn(limits.measure);
    const admit = createDocumentAdmission({ ...limits, measure }, 50);
    await admit('client', newDocument(50));

    await expect(admit('client', newDocument(50))).rejects.toThrow('Too many requests');

    expect(measure).toHaveBeenCalledTimes(1);
  });
});

it('takes from all clients together only so many large documents, and small ones at any time', async () => {
  const admit = createDocumentAdmission(createOperationLimits(), 200);
  const large = () => `query Q${Math.random().toString(36).slice(2)} { me { ${'email '.repeat(199)} } }`;
  const outcomes = [];
  for (let client = 0; client < 3; client += 1)
    outcomes.push(await admit(`client ${client}`, large()).catch((error: { code: string }) => error.code));

  await admit('another client', newDocument());

  expect(outcomes).toEqual([undefined, undefined, 'SYS_002']);
});

it('remembers valid documents, up to a size', () => {
  const limits = createOperationLimits();
  const texts = Array.from({ length: 50 }, (_, index) => `# ${index}${'x'.repeat(10_000)}`);
  for (const text of texts) limits.remember(text);

  expect(limits.isKnown(texts.at(-1) ?? '')).toBe(true);
  expect(texts.filter(limits.isKnown).length).toBeLessThan(30);
});

it('keeps parsed documents up to the same size', async () => {
  const store = createDocumentStore();
  const keys = Array.from({ length: 50 }, (_, index) => `key ${index}`);
  for (const key of keys) await store.set(key, parse(`{ a #${'x'.repeat(10_000)}\n}`));

  const kept = await Promise.all(keys.map((key) => store.get(key)));

  expect(kept.at(-1)).toBeDefined();
  expect(kept.filter(Boolean).length).toBeLessThan(30);
});

describeRedis('with Redis', () => {
  it('counts what another router keeps and this one has not seen', async () => {
    const { url } = await createTestRedis();
    const one = await startTestRouter(fakes, { REDIS_URL: url });
    const other = await startTestRouter(fakes, { REDIS_URL: url, GRAPHQL_PLANNING_BUDGET: '30' });
    const query = newDocument();
    const sha256Hash = createHash('sha256').update(query).digest('hex');
    const post = (asked: TestRouter, body: object) =>
      asked.fetch('/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ...body, extensions: { persistedQuery: { version: 1, sha256Hash } } }),
      });
    try {
      await vi.waitFor(async () => {
        await post(one, { query });
        expect((await post(other, {})).body).toHaveProperty('data');
      }, 10_000);

      expect((await other.graphql(newDocument())).status).toBe(429);
    } finally {
      await one.close();
      await other.close();
    }
  });
});
