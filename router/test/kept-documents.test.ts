import { fileURLToPath } from 'node:url';
import { createLogger } from '@commerce/kit/logger';
import { parse } from 'graphql';
import { describe, expect, it, vi } from 'vitest';
import { createGateway } from '../src/gateway.ts';
import { createCostBudget } from '../src/graphql/cost-budget.ts';
import { createCostGuard } from '../src/graphql/cost-guard.ts';
import { createDocumentStore, KEPT_CHARACTERS } from '../src/graphql/document-store.ts';
import { createOperationLimits } from '../src/graphql/operation-limits.ts';
import { createGraphqlServer } from '../src/graphql/server.ts';
import { createDocumentCache } from '../src/persisted-documents/document-cache.ts';
import { documentHash } from '../src/persisted-documents/document-hash.ts';

// Whatever grows with each document that a client makes up has to end somewhere.

const supergraphFile = fileURLToPath(new URL('../../schema/supergraph.graphql', import.meta.url));
const logger = createLogger({ service: 'router', level: 'silent' });

/** What was put into each store that the router made. */
const stores = vi.hoisted((): string[][] => []);
vi.mock('../src/graphql/document-store.ts', async (load) => {
  const actual = await load<typeof import('../src/graphql/document-store.ts')>();
  return {
    ...actual,
    createDocumentStore() {
      const store = actual.createDocumentStore();
      const keys: string[] = [];
      stores.push(keys);
      return {
        ...store,
        async set(...args: Parameters<typeof store.set>) {
          keys.push(args[0]);
          await store.set(...args);
        },
      };
    },
  };
});

type Store = { set(key: string, value: unknown): Promise<void>; get(key: string): Promise<unknown> };

async function countKept(store: Store, count: number, make: (index: number) => unknown): Promise<number> {
  for (let index = 0; index < count; index += 1) await store.set(`key ${index}`, make(index));
  const kept = await Promise.all(Array.from({ length: count }, (_, index) => store.get(`key ${index}`)));
  return kept.filter((value) => value !== undefined).length;
}

const source = { process: async () => ({ data: {} }), close: async () => {} };
const dataSources = { users: source, catalog: source, cart: source, orders: source };

function createServer() {
  const costs = createCostGuard({ maxCost: 1, spendCost: createCostBudget(null, 1) });
  return createGraphqlServer({
    gateway: createGateway({ supergraphFile, dataSources, logger }),
    persistedDocuments: { resolve: async () => undefined, cache: { get: async () => undefined } as never },
    costs,
    limits: createOperationLimits(),
    isProduction: true,
    logger,
  });
}

describe('what the router keeps of documents', () => {
  it('is 10 MiB of plans at most', async () => {
    const { queryPlanStore } = Object(createGateway({ supergraphFile, dataSources: {}, logger }));
    const plan = { kind: 'QueryPlan', text: 'x'.repeat(1024 * 1024 - 100) };
    expect(await countKept(queryPlanStore, 40, () => plan)).toBe(10);
  });

  it('is so many characters of parsed documents at most', async () => {
    const text = `{ ${'a '.repeat(499)}}`;
    const most = Math.floor(KEPT_CHARACTERS / text.length);
    expect(await countKept(createDocumentStore() as Store, most * 2, () => parse(text))).toBeLessThanOrEqual(
      most,
    );
  });

  it('is in that store', async () => {
    stores.length = 0;
    const server = createServer();
    await server.start();
    const caller = {
      viewer: { kind: 'anonymous', reason: 'missing' },
      clientAddress: '::1',
      requestId: 'id-1',
    } as const;
    await server.executeOperation({ query: '{ __typename }' }, { contextValue: { caller } });
    await server.stop();
    expect(stores.map((keys) => keys.length)).toEqual([1]);
  });
});

describe('the texts that clients registered', () => {
  const safelist = { find: () => undefined, has: () => false } as unknown as Parameters<
    typeof createDocumentCache
  >[0]['safelist'];
  const text = '{ product(productId: "prod_001") { name } }';
  const keyOf = (each: string) => `apq:${documentHash(each)}`;

  async function keep(each: string, mayGrow: boolean): Promise<string | undefined> {
    const cache = createDocumentCache({ redis: null, safelist, mayGrow });
    await cache.set(keyOf(each), each);
    return await cache.get(keyOf(each));
  }

  it('are kept', async () => {
    expect(await keep(text, true)).toBe(text);
  });

  it('are not kept where only a manifest’s documents are answered', async () => {
    expect(await keep(text, false)).toBeUndefined();
  });

  it('are not kept where they are too long', async () => {
    expect(await keep(`${text}${' '.repeat(16_384)}`, true)).toBeUndefined();
  });

  it('are four million characters at most', async () => {
    const cache = createDocumentCache({ redis: null, safelist, mayGrow: true });
    const texts = Array.from({ length: 300 }, (_, index) => `${index} ${'x'.repeat(16_000)}`);
    for (const each of texts) await cache.set(keyOf(each), each);
    const kept = await Promise.all(texts.map((each) => cache.get(keyOf(each))));
    expect(kept.join('').length).toBeLessThanOrEqual(4_000_000);
    expect(kept.at(-1)).toBe(texts.at(-1));
  });
});
