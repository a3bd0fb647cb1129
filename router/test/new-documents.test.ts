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

  it('counts what is written between the fields', async () => {
    const padded = () => `{ __typename } # ${'x'.repeat(3_000)} ${Math.random()}`;
    const statuses = [];
    for (let time = 0; time < 3; time += 1) statuses.push((await send(padded(), '10.3.0.1')).status);
    expect(statuses).toEqual([200, 200, 429]);
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

describe('large documents', () => {
  const large = () => `query Q${Math.random().toString(36).slice(2)} { me { ${'email '.repeat(60)} } }`;

  it('of all clients are let through one by one, and small ones at once', async () => {
    const admit = createDocumentAdmission(createOperationLimits(), 200);
    const startedAt = performance.now();
    const times: number[] = [];
    const finished = async (admitted: Promise<void>) => {
      await admitted;
      return performance.now() - startedAt;
    };

    const waiting = [1, 2, 3].map((client) => finished(admit(`client ${client}`, large())));
    const small = await finished(admit('another client', newDocument()));
    times.push(...(await Promise.all(waiting)));

    expect(small).toBeLessThan(240);
    expect(times[1]).toBeGreaterThanOrEqual(240);
    expect(times[2]).toBeGreaterThanOrEqual(490);
  });

  it('wait five at a time for one client', async () => {
    const admit = createDocumentAdmission(createOperationLimits(), 10_000);
    const outcomes = await Promise.allSettled(Array.from({ length: 9 }, () => admit('client', large())));
    expect(outcomes.map(({ status }) => status)).toEqual([
      ...Array.from({ length: 6 }, () => 'fulfilled'),
      ...Array.from({ length: 3 }, () => 'rejected'),
    ]);
    await expect(admit('client', large())).resolves.toBeUndefined();
  });

  it('are refused where too many wait', async () => {
    vi.useFakeTimers();
    const admit = createDocumentAdmission(createOperationLimits(), 200);
    const outcomes: unknown[] = [];
    for (let client = 0; client < 30; client += 1)
      void admit(`client ${client}`, large()).then(
        () => outcomes.push('admitted'),
        (error: { code: string; retryAfterSeconds: number }) =>
          outcomes.push([error.code, error.retryAfterSeconds]),
      );
    await vi.advanceTimersByTimeAsync(10_000);
    vi.useRealTimers();

    expect(outcomes).toHaveLength(30);
    expect(outcomes.filter((outcome) => outcome !== 'admitted')).toEqual(
      Array.from({ length: 9 }, () => ['SYS_002', 5]),
    );
  });
});

it('remembers no document that is so long that a few would push out the others', async () => {
  const limits = createOperationLimits();
  const store = createDocumentStore();
  const padded = (index: number) => `{ a } # ${index} ${'x'.repeat(99_000)}`;
  limits.remember('{ a }');
  await store.set('short', parse('{ a }'));
  for (let index = 0; index < 10; index += 1) {
    limits.remember(padded(index));
    await store.set(padded(index), parse(padded(index)));
  }
  expect(limits.isKnown('{ a }')).toBe(true);
  expect(limits.isKnown(padded(9))).toBe(false);
  expect(await store.get('short')).toBeDefined();
  expect(await store.get(padded(9))).toBeUndefined();
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
