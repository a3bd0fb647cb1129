import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createTestRedis, describeRedis } from '@commerce/testkit/redis';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  type Answer,
  closeFakes,
  signToken,
  startFakes,
  startTestRouter,
  type TestRouter,
} from './support/router.ts';

let fakes: Awaited<ReturnType<typeof startFakes>>;
let folder: string;
/** Of the whole file: starting one takes a second. */
let router: TestRouter;
const closers: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  fakes = await startFakes();
  folder = await mkdtemp(path.join(tmpdir(), 'manifest-'));
  router = await startTestRouter(fakes);
});
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});
afterAll(async () => {
  await router.close();
  await closeFakes(fakes);
  await rm(folder, { recursive: true, force: true });
});

async function start(variables: Record<string, string> = {}): Promise<TestRouter> {
  const router = await startTestRouter(fakes, variables);
  closers.push(router.close);
  return router;
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const hashOf = (text: string) => ({ persistedQuery: { version: 1, sha256Hash: sha256(text) } });

function post(router: TestRouter, body: object): Promise<Answer> {
  return router.fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${signToken()}` },
    body: JSON.stringify(body),
  });
}

const product = 'query ProductName { product(productId: "prod_001") { name } }';
const isProduct = { data: { product: { name: 'Wireless Headphones' } } };
const isUnknown = {
  errors: [{ message: 'PersistedQueryNotFound', extensions: { code: 'RES_001', httpStatus: 404 } }],
};

describe('automatic persisted queries', () => {
  it('are asked for by their hash once they were sent with it', async () => {
    const query = product.replace('ProductName', 'First');
    const unknown = await post(router, { extensions: hashOf(query) });
    const registered = await post(router, { query, extensions: hashOf(query) });
    const known = await post(router, { extensions: hashOf(query) });

    expect(unknown.status).toBe(200);
    expect(unknown.body).toMatchObject(isUnknown);
    expect(registered.body).toEqual(isProduct);
    expect(known.body).toEqual(isProduct);
  });

  it('answer a GET, which a cache could keep apart', async () => {
    await post(router, { query: product, extensions: hashOf(product) });

    const search = new URLSearchParams({ extensions: JSON.stringify(hashOf(product)) });
    const answer = await router.fetch(`/graphql?${search}`, { headers: { 'apollo-require-preflight': '1' } });

    expect(answer.body).toEqual(isProduct);
  });

  it.each([
    ['the hash of another text', { version: 1, sha256Hash: sha256('{ __typename }') }],
    ['another version', { version: 2, sha256Hash: sha256(product) }],
    ['a hash that is no text', { version: 1, sha256Hash: { length: 64 } }],
    ['no hash', { version: 1 }],
    ['a hash of any length', { version: 1, sha256Hash: 'a'.repeat(50_000) }],
    ['text instead', 'hunter2'],
  ])('are refused with %s', async (_, persistedQuery) => {
    const answer = await post(router, { query: product, extensions: { persistedQuery } });

    expect(answer.status).toBe(400);
    expect(answer.body.errors[0].extensions).toMatchObject({ code: 'VAL_001', httpStatus: 400 });
  });

  it.each([
    ['over a limit', `{ ${Array.from({ length: 101 }, (_, index) => `a${index}: __typename`).join(' ')} }`],
    ['invalid', '{ nothing }'],
    ['malformed', '{'],
    ['long', `${product} #${'x'.repeat(20_000)}`],
  ])('do not keep a document that is %s', async (_, query) => {
    await post(router, { query, extensions: hashOf(query) });
    const answer = await post(router, { extensions: hashOf(query) });

    expect(answer.body).toMatchObject(isUnknown);
  });

  it('are of no use to who is over a limit of variables', async () => {
    await post(router, { query: product, extensions: hashOf(product) });

    const variables = Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`v${index}`, 1]));
    const answer = await post(router, { extensions: hashOf(product), variables });

    expect(answer.status).toBe(400);
  });

  it('work while Redis is away', async () => {
    const alone = await start({ REDIS_URL: 'redis://127.0.0.1:9' });

    await post(alone, { query: product, extensions: hashOf(product) });

    expect((await post(alone, { extensions: hashOf(product) })).body).toEqual(isProduct);
  });
});

describeRedis('with Redis', () => {
  it('routers share what they know, and believe nobody who writes into it', async () => {
    const { url } = await createTestRedis();
    const [one, other] = await Promise.all([start({ REDIS_URL: url }), start({ REDIS_URL: url })]);
    const redis = new Redis(url);
    closers.push(async () => redis.disconnect());
    const key = `apq:${sha256(product)}`;

    await vi.waitFor(async () => {
      await post(one, { query: product, extensions: hashOf(product) });
      expect(await redis.get(key)).toBe(product);
    }, 10_000);
    await vi.waitFor(async () => {
      expect((await post(other, { extensions: hashOf(product) })).body).toEqual(isProduct);
    }, 10_000);
    const ttl = await redis.ttl(key);
    await redis.set(`apq:${sha256('another')}`, '{ me { email } }');
    const planted = await post(other, {
      extensions: { persistedQuery: { version: 1, sha256Hash: sha256('another') } },
    });

    expect(ttl).toBeGreaterThan(3_500);
    expect(planted.body).toMatchObject(isUnknown);
  });
});

describe('a safelist', () => {
  const operation = { id: 'product-name', name: 'ProductName', type: 'query', body: product };

  async function write(manifest: unknown): Promise<string> {
    const file = path.join(folder, `${Math.random().toString(36).slice(2)}.json`);
    await writeFile(file, JSON.stringify(manifest));
    return file;
  }

  let strict: TestRouter;
  beforeAll(async () => {
    const manifest = { format: 'apollo-persisted-query-manifest', version: 1, operations: [operation] };
    const file = await write(manifest);
    strict = await startTestRouter(fakes, {
      PERSISTED_DOCUMENTS: 'only',
      PERSISTED_DOCUMENTS_MANIFEST: file,
    });
  });
  afterAll(async () => {
    await strict.close();
  });

  it.each([
    ['id', { extensions: { persistedQuery: { version: 1, sha256Hash: 'product-name' } } }],
    ['hash', { extensions: hashOf(product) }],
    ['text', { query: product }],
    ['text and hash', { query: product, extensions: hashOf(product) }],
    ['text with other blanks', { query: `# a comment\n${product.replaceAll(' ', '\n  ')}` }],
  ])('answers its documents by %s', async (_, body) => {
    const answer = await post(strict, body);

    expect(answer.status).toBe(200);
    expect(answer.body).toEqual(isProduct);
  });

  it.each([
    ['another text', { query: '{ __typename }' }],
    ['more than one of its texts', { query: `${product} query Other { __typename }` }],
    ['another hash', { extensions: hashOf('{ __typename }') }],
    ['another text with its hash', { query: '{ __typename }', extensions: hashOf('{ __typename }') }],
    ['a document that is malformed', { query: '{' }],
    ['introspection', { query: '{ __schema { queryType { name } } }' }],
  ])('refuses %s', async (_, body) => {
    const answer = await post(strict, body);

    expect(answer.status).toBe(400);
    expect(answer.body).not.toHaveProperty('data');
    expect(answer.body.errors).toEqual([
      {
        message: 'Only documents of the manifest are answered here, and this is none of them',
        extensions: { code: 'VAL_001', httpStatus: 400, requestId: expect.any(String) },
      },
    ]);
  });

  it('refuses another text in a URL', async () => {
    const answer = await strict.fetch('/graphql?query={__typename}', {
      headers: { 'apollo-require-preflight': '1' },
    });

    expect(answer.status).toBe(400);
    expect(answer.body.errors[0].message).toContain('manifest');
  });

  it('always has the REST layer’s documents', async () => {
    const query = await readFile(new URL('../src/rest/operations/Profile.graphql', import.meta.url), 'utf8');

    const rest = await strict.rest('GET', '/products/prod_001');
    const graphql = await post(strict, { query });

    expect(rest.status).toBe(200);
    expect(graphql.status).toBe(200);
    expect(graphql.body.data.me.email).toBe('user@example.com');
  });

  it('is answered by id in the other mode as well', async () => {
    const file = await write({
      format: 'apollo-persisted-query-manifest',
      version: 1,
      operations: [operation],
    });
    const lenient = await start({ PERSISTED_DOCUMENTS_MANIFEST: file });

    const listed = await post(lenient, {
      extensions: { persistedQuery: { version: 1, sha256Hash: 'product-name' } },
    });
    const other = await post(lenient, { query: '{ __typename }' });

    expect(listed.body).toEqual(isProduct);
    expect(other.status).toBe(200);
  });

  const deep = `{ me { ${'orders { nodes { user { '.repeat(5)} email ${'} } }'.repeat(5)} } }`;
  it.each([
    ['is of another format', { format: 'relay', version: 1, operations: [] }],
    ['is of another version', { format: 'apollo-persisted-query-manifest', version: 2, operations: [] }],
    [
      'holds what is over a limit',
      {
        format: 'apollo-persisted-query-manifest',
        version: 1,
        operations: [{ id: 'deep', name: 'Deep', type: 'query', body: deep }],
      },
    ],
  ])('that %s stops the start', async (_, manifest) => {
    const file = await write(manifest);

    await expect(start({ PERSISTED_DOCUMENTS_MANIFEST: file })).rejects.toThrow(file);
  });

  it('that is not there stops the start', async () => {
    await expect(start({ PERSISTED_DOCUMENTS: 'only' })).rejects.toThrow('PERSISTED_DOCUMENTS_MANIFEST');
    await expect(start({ PERSISTED_DOCUMENTS_MANIFEST: '/nowhere.json' })).rejects.toThrow('/nowhere.json');
  });
});
