import { readdirSync, readFileSync } from 'node:fs';
import { createTestRedis, describeRedis } from '@commerce/testkit/redis';
import { buildSchema, Kind, type OperationDefinitionNode, parse, validate } from 'graphql';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { readPriceList } from '../src/graphql/list-prices.ts';
import { costOf } from '../src/graphql/operation-cost.ts';
import { closeFakes, signToken, startFakes, startTestRouter, type TestRouter } from './support/router.ts';

const read = (file: string) => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
const prices = readPriceList(read('schema/supergraph.graphql'));
const schema = buildSchema(read('schema/api.graphql'));

function cost(text: string, variables: Record<string, unknown> = {}): number {
  const document = parse(text);
  const errors = validate(schema, document);
  if (errors[0]) throw errors[0];
  const operation = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
  if (!operation) throw new Error('No operation');
  return costOf(prices, { document, operation, variables });
}

describe('the cost of an operation', () => {
  it.each([
    ['values are free', '{ __typename }', 0],
    ['an object is one', '{ me { email firstName } }', 1],
    ['an object within is another', '{ product(productId: "a") { price { amount } category { name } } }', 3],
    ['a list is as long as asked for', '{ products(first: 7) { nodes { name } } }', 8],
    ['by either argument', '{ products(limit: 9) { nodes { name } } }', 10],
    ['or as long as it is by itself', '{ products { nodes { name } } }', 21],
    ['null asks for nothing', '{ products(first: null) { nodes { name } } }', 21],
    ['both forms of a page count', '{ products(first: 2) { nodes { name } edges { node { name } } } }', 7],
    ['a page without its items is one', '{ products(first: 100) { pageInfo { hasNextPage } } }', 2],
    ['counting is work', '{ products(first: 100) { totalCount } }', 11],
    [
      'lists multiply',
      '{ products(first: 2) { nodes { category { path { name } } } } }',
      1 + 2 * (1 + 1 + 3),
    ],
    ['what is long has a weight', '{ product(productId: "a") { images } }', 6],
    ['a field may have a weight', '{ searchProducts(query: "a", first: 1) { nodes { name } } }', 12],
    ['a value under another name is one more', '{ a: me { email b: email c: email } }', 3],
    [
      'in lists too',
      '{ products(first: 7) { nodes { name a: name images b: images } } }',
      1 + 7 * (1 + 1 + 5 + 10),
    ],
    ['aliases count each', '{ a: me { email } b: me { email } }', 2],
    [
      'fragments count where they are used',
      '{ a: me { ...F } b: me { ...F } } fragment F on User { cart { itemCount } }',
      4,
    ],
    ['inline fragments count', '{ me { ... { cart { itemCount } } ... on User { cart { version } } } }', 3],
    ['a condition changes nothing', '{ me @skip(if: true) { email } }', 1],
    [
      'a mutation counts what it does',
      'mutation { login(input: { email: "a", password: "b" }) { session { expiresIn } } }',
      22,
    ],
    ['the schema is free', '{ __schema { types { name fields { name } } } }', 0],
  ])('%s', (_, text, expected) => {
    expect(cost(text)).toBe(expected);
  });

  const variable = (declared: string) => `query Q(${declared}) { products(first: $n) { nodes { name } } }`;
  it.each([
    ['its value', '$n: Int', { n: 50 }, 51],
    ['its default', '$n: Int = 30', {}, 31],
    ['its value before its default', '$n: Int = 30', { n: 5 }, 6],
    ['the list’s own size where it is null', '$n: Int = 30', { n: null }, 21],
    ['the list’s own size where it is absent', '$n: Int', {}, 21],
    ['nothing that an object inherits', '$n: Int', JSON.parse('{"__proto__": {"n": 90}}'), 21],
  ])('takes from a variable %s', (_, declared, variables, expected) => {
    expect(cost(variable(declared), variables)).toBe(expected);
  });

  it.each(['constructor', 'toString', '__proto__'])(
    'takes the default of a variable that is called %s',
    (name) => {
      expect(cost(`query Q($${name}: Int = 90) { products(first: $${name}) { nodes { name } } }`)).toBe(91);
    },
  );

  it('takes a list that declares no size for a long one', () => {
    const prices = readPriceList('type Query { things: [Thing!]! } type Thing { name: String! }');
    const document = parse('{ things { name } }');
    const [operation] = document.definitions as [OperationDefinitionNode];
    expect(costOf(prices, { document, operation, variables: {} })).toBe(100);
  });

  it('leaves room for what the shop itself asks', () => {
    const folder = 'router/src/rest/operations/';
    const documents = readdirSync(new URL(`../../${folder}`, import.meta.url)).map((file) =>
      read(folder + file),
    );
    const readme = [...read('README.md').matchAll(/```graphql\n([\s\S]*?)```/g)].map(
      ([, text]) => text ?? '',
    );

    const costs = [...documents, ...readme].map((text) => cost(text, { limit: 100 }));

    expect(costs.length).toBeGreaterThan(12);
    // Half of what is allowed, at the largest page.
    expect(Math.max(...costs)).toBeLessThan(2_500);
  });
});

describe('the router', () => {
  let fakes: Awaited<ReturnType<typeof startFakes>>;
  let router: TestRouter;
  let frugal: TestRouter;
  const closers: (() => Promise<unknown>)[] = [];
  const token = signToken();

  beforeAll(async () => {
    fakes = await startFakes();
    router = await startTestRouter(fakes);
    frugal = await startTestRouter(fakes, {
      GRAPHQL_MAX_COST: '25',
      GRAPHQL_COST_BUDGET: '25',
      TRUSTED_PROXIES: '1',
    });
  });
  afterEach(async () => {
    for (const close of closers.splice(0)) await close();
  });
  afterAll(async () => {
    await router.close();
    await frugal.close();
    await closeFakes(fakes);
  });

  const from = (address: string) => ({ headers: { 'x-forwarded-for': address }, token });
  const expensive = '{ orders(first: 100) { nodes { user { orders(first: 100) { nodes { orderId } } } } } }';

  it('tells what an operation may cost, and what is left', async () => {
    const first = await frugal.graphql('{ me { email } }', from('10.0.0.1'));
    const second = await frugal.graphql('{ me { cart { itemCount } } }', from('10.0.0.1'));

    expect(first.status).toBe(200);
    expect(first.headers.get('x-graphql-cost')).toBe('1');
    expect(first.headers.get('x-graphql-cost-remaining')).toBe('24');
    expect(second.headers.get('x-graphql-cost')).toBe('2');
    expect(second.headers.get('x-graphql-cost-remaining')).toBe('22');
  });

  it('lets pages of other origins read both', async () => {
    const answer = await router.graphql('{ __typename }', { headers: { origin: 'http://localhost:3000' } });

    expect(answer.headers.get('access-control-expose-headers')).toContain(
      'X-GraphQL-Cost,X-GraphQL-Cost-Remaining',
    );
  });

  it('refuses what costs more than one operation may, and asks no service', async () => {
    fakes.orders.reset();
    const answer = await router.graphql(expensive, { token });

    expect(answer.status).toBe(400);
    expect(answer.body).not.toHaveProperty('data');
    expect(answer.body.errors).toHaveLength(1);
    expect(answer.body.errors[0].extensions).toMatchObject({
      code: 'VAL_001',
      httpStatus: 400,
      details: { cost: 1 + 100 * (1 + 1 + 1 + 100), maximum: 5_000 },
    });
    expect(answer.headers.get('x-graphql-cost')).toBe('10301');
    expect(fakes.orders.callers).toHaveLength(0);
  });

  it('refuses it with 400 whatever the client accepts', async () => {
    const answer = await router.graphql(expensive, { token, headers: { accept: 'application/json' } });

    expect(answer.status).toBe(400);
  });

  it('refuses a client whose budget is spent, and not its neighbour', async () => {
    const page = '{ products(first: 20) { nodes { name } } }';
    await frugal.graphql(page, from('10.0.0.2'));
    const refused = await frugal.graphql(page, from('10.0.0.2'));
    const neighbour = await frugal.graphql(page, from('10.0.0.3'));

    expect(refused.status).toBe(429);
    expect(refused.body).not.toHaveProperty('data');
    expect(refused.body.errors[0]).toMatchObject({
      message: 'Too many requests',
      extensions: { code: 'RATE_001', httpStatus: 429, retryAfterSeconds: expect.any(Number) },
    });
    const seconds = Number(refused.headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(60);
    expect(refused.headers.get('x-graphql-cost-remaining')).toBe('0');
    expect(neighbour.status).toBe(200);
  });

  it('charges nothing for REST, which has a limit of its own', async () => {
    const headers = { 'x-forwarded-for': '10.0.0.4' };
    const statuses = [];
    for (let time = 0; time < 3; time += 1)
      statuses.push((await frugal.rest('GET', '/products?limit=100', { headers })).status);

    expect(statuses).toEqual([200, 200, 200]);
  });

  it.each([
    ['first', '{ products(first: 101) { totalCount } }', {}],
    ['limit', '{ products(limit: 1000000) { totalCount } }', {}],
    ['first', '{ products(first: 0) { totalCount } }', {}],
    ['first', '{ me { orders(first: -1) { totalCount } } }', {}],
    ['first', 'query Q($n: Int) { products(first: $n) { totalCount } }', { n: 101 }],
    ['first', 'query Q($n: Int = 101) { products(first: $n) { totalCount } }', {}],
    ['first', '{ ...F } fragment F on Query { products(first: 101) { totalCount } }', {}],
  ])('refuses a page that is too large or none: %s of %s', async (field, query, variables) => {
    fakes.catalog.reset();
    const answer = await router.graphql(query, { token, variables });

    expect(answer.status).toBe(400);
    expect(answer.body).not.toHaveProperty('data');
    expect(answer.body.errors[0].extensions).toMatchObject({
      code: 'VAL_001',
      details: [{ field, message: 'must be 1 to 100' }],
    });
    expect(fakes.catalog.callers).toHaveLength(0);
  });

  it('still keeps a budget while Redis is away', async () => {
    const alone = await startTestRouter(fakes, {
      GRAPHQL_MAX_COST: '1',
      GRAPHQL_COST_BUDGET: '1',
      REDIS_URL: 'redis://127.0.0.1:9',
    });
    closers.push(alone.close);

    const statuses = [];
    for (let time = 0; time < 2; time += 1)
      statuses.push((await alone.graphql('{ me { email } }', { token })).status);

    expect(statuses).toEqual([200, 429]);
  });

  describeRedis('with Redis', () => {
    it('shares the budget with other routers', async () => {
      const { url } = await createTestRedis();
      const variables = { GRAPHQL_MAX_COST: '100', GRAPHQL_COST_BUDGET: '100', REDIS_URL: url };
      const one = await startTestRouter(fakes, variables);
      const other = await startTestRouter(fakes, variables);
      closers.push(one.close, other.close);
      const left = async (asked: TestRouter) =>
        Number((await asked.graphql('{ me { email } }', { token })).headers.get('x-graphql-cost-remaining'));

      // Until its connection is made, a router counts for itself.
      await vi.waitFor(async () => {
        const before = await left(one);
        expect(await left(other)).toBe(before - 1);
        expect(await left(one)).toBe(before - 2);
      }, 10_000);
    });
  });
});
