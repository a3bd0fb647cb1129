import { AppError } from '@commerce/kit/errors';
import { auditServer } from 'graphql-http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { closeFakes, signToken, startFakes, startTestRouter, type TestRouter } from './support/router.ts';

let fakes: Awaited<ReturnType<typeof startFakes>>;
let router: TestRouter;
let production: TestRouter;
const token = signToken();

beforeAll(async () => {
  fakes = await startFakes();
  router = await startTestRouter(fakes);
  production = await startTestRouter(fakes, { NODE_ENV: 'production' });
});
beforeEach(() => {
  for (const fake of Object.values(fakes)) fake.reset();
});
afterAll(async () => {
  await router.close();
  await production.close();
  await closeFakes(fakes);
});

const login = 'mutation LogIn($input: LoginInput!) { login(input: $input) { session { accessToken } } }';

it('joins what several subgraphs know', async () => {
  const answer = await router.graphql(
    '{ cart { items { quantity product { name } } } order(orderId: "ord_1") { user { email } } }',
    {
      token,
    },
  );

  expect(answer.status).toBe(200);
  expect(answer.body).toEqual({
    data: {
      cart: { items: [{ quantity: 2, product: { name: 'Wireless Headphones' } }] },
      order: { user: { email: 'user@example.com' } },
    },
  });
});

it('keeps to the GraphQL-over-HTTP specification', async () => {
  const results = await auditServer({
    url: `${router.url}/graphql`,
    // Prevention of forged requests wants what a browser would have to ask for first.
    fetchFn: (url: string, init: RequestInit = {}) => {
      const preflight = { 'apollo-require-preflight': '1' };
      return fetch(
        url,
        init.method === 'POST' ? init : { ...init, headers: { ...init.headers, ...preflight } },
      );
    },
  });

  expect(results.length).toBeGreaterThan(50);
  expect(
    results.filter(({ status }) => status !== 'ok').map(({ id, name, status }) => ({ id, name, status })),
  ).toEqual([]);
});

describe('errors', () => {
  it.each([
    ['AUTH_001', 401],
    ['AUTH_002', 401],
    ['AUTH_003', 401],
    ['AUTH_004', 403],
    ['VAL_001', 400],
    ['VAL_002', 400],
    ['RES_001', 404],
    ['RES_002', 409],
    ['BUS_001', 400],
    ['BUS_002', 400],
    ['BUS_003', 400],
    ['RATE_001', 429],
    ['SYS_002', 503],
  ] as const)('of a subgraph keep their code %s', async (code, httpStatus) => {
    const resolve = () => {
      throw new AppError(code, 'What happened', { details: { a: 1 }, retryAfterSeconds: 7 });
    };
    fakes.users.override({ Mutation: { login: resolve } });

    const answer = await router.graphql(login, {
      variables: { input: { email: 'a', password: 'b' } },
      headers: { 'x-request-id': 'id-1' },
    });

    expect(answer.status).toBe(code === 'RATE_001' ? 429 : 200);
    expect(answer.body).toEqual({
      data: { login: null },
      errors: [
        {
          message: 'What happened',
          path: ['login'],
          extensions: { code, httpStatus, details: { a: 1 }, retryAfterSeconds: 7, requestId: 'id-1' },
        },
      ],
    });
  });

  it('that are bugs are SYS_001 and tell nothing', async () => {
    const product = () => {
      throw new Error('connect ECONNREFUSED 10.0.0.1:5432 password=hunter2');
    };
    fakes.catalog.override({ Query: { product } });

    const answer = await router.graphql('{ product(productId: "prod_001") { name } }');

    expect(answer.body.errors).toEqual([
      {
        message: 'An unexpected error occurred',
        path: ['product'],
        extensions: { code: 'SYS_001', httpStatus: 500, requestId: expect.any(String) },
      },
    ]);
    expect(answer.text).not.toContain('hunter2');
  });

  it.each([
    ['syntax', '{', 'VAL_001'],
    ['an unknown field', '{ nothing }', 'VAL_001'],
    ['a missing argument', '{ product { name } }', 'VAL_002'],
    ['a wrong argument', '{ product(productId: {a: 1}) { name } }', 'VAL_001'],
    ['no operation', 'fragment F on Product { name }', 'VAL_001'],
    ['two operations and no name', 'query A { __typename } query B { __typename }', 'VAL_001'],
  ])('of the document are told: %s', async (_, query, code) => {
    const answer = await router.graphql(query);

    expect(answer.status).toBe(400);
    expect(answer.body).not.toHaveProperty('data');
    expect(answer.body.errors[0].extensions).toMatchObject({ code, httpStatus: 400 });
    expect(answer.body.errors[0].extensions.requestId).toBe(answer.headers.get('x-request-id'));
  });

  it.each([
    [{ email: 'a@b.c', password: null }, 'VAL_002', 'password', 'is required'],
    [{ email: 'a@b.c' }, 'VAL_002', 'password', 'is required'],
    [{ email: 7, password: 'hunter2' }, 'VAL_001', 'email', 'must be of type String'],
    [{ email: 'a', password: 'hunter2', more: 'hunter2' }, 'VAL_001', 'more', 'is not known'],
    [null, 'VAL_002', 'input', 'is required'],
    ['hunter2', 'VAL_001', 'input', 'must be of type LoginInput'],
  ])('of variables name the field and never the value: %j', async (input, code, field, message) => {
    const answer = await router.graphql(login, { variables: { input } });

    expect(answer.status).toBe(400);
    expect(answer.body.errors[0].extensions).toMatchObject({ code, details: [{ field, message }] });
    expect(answer.text).not.toContain('hunter2');
  });

  const unstorable = 'holds characters that cannot be stored';

  it.each([
    ['NUL', { email: 'a@b.c', password: 'hunter2\0' }, 'password'],
    ['half of a surrogate pair', { email: '\ud800', password: 'hunter2' }, 'email'],
  ])('of variables are told of %s in text, whatever a subgraph would make of it', async (_, input, field) => {
    const answer = await router.graphql(login, { variables: { input } });

    expect(answer.status).toBe(400);
    expect(answer.body.errors[0].extensions).toMatchObject({
      code: 'VAL_001',
      details: [{ field, message: unstorable }],
    });
  });

  it('of variables are told of a number that is infinite, which JSON would hand on as null', async () => {
    const query = 'query P($f: ProductFilter) { products(filter: $f) { totalCount } }';
    const response = await router.fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: `{"query":${JSON.stringify(query)},"variables":{"f":{"minPrice":-1e309}}}`,
    });

    expect(response.status).toBe(400);
    expect(response.body).toMatchObject({
      errors: [
        { extensions: { code: 'VAL_001', details: [{ field: 'minPrice', message: 'is out of range' }] } },
      ],
    });
  });

  it.each([String.raw`"prod_001\u0000"`, String.raw`"\u{00}"`])(
    'of the document are told of NUL in a string: %s',
    async (literal) => {
      const answer = await router.graphql(`{ product(productId: ${literal}) { name } }`);

      expect(answer.status).toBe(400);
      expect(answer.body.errors[0]).toMatchObject({
        message: expect.stringContaining(unstorable),
        extensions: { code: 'VAL_001', httpStatus: 400 },
      });
    },
  );

  it.each(['1e309', '-1e309', '1'.repeat(400)])(
    'of the document are told of a number that is infinite: %s',
    async (literal) => {
      const answer = await router.graphql(`{ products(filter: { minPrice: ${literal} }) { totalCount } }`);

      expect(answer.status).toBe(400);
      expect(answer.body.errors[0]).toMatchObject({
        message: 'A number in the document is out of range',
        extensions: { code: 'VAL_001', httpStatus: 400 },
      });
    },
  );

  it('are none where a document only writes of NUL', async () => {
    const answer = await router.graphql(String.raw`{ product(productId: "\\u0000") { name } }`);

    expect(answer.body).not.toHaveProperty('errors');
  });

  it('of a subgraph’s own scalars never repeat the value', async () => {
    const query = 'query P($f: ProductFilter) { products(filter: $f) { totalCount } }';
    const answer = await router.graphql(query, { variables: { f: { minPrice: 'hunter2' } } });

    expect(answer.body.errors[0].extensions.code).toBe('VAL_001');
    expect(answer.body.errors[0].extensions.details).toEqual([
      { field: 'minPrice', message: expect.stringContaining('A Decimal is a number') },
    ]);
    expect(answer.text).not.toContain('hunter2');
  });

  it('of many places in a document are a short answer', async () => {
    const answer = await router.graphql(
      `{ ${Array.from({ length: 100 }, (_, index) => `no${index}`).join(' ')} }`,
    );

    expect(answer.status).toBe(400);
    // graphql-js adds one that says that it stopped.
    expect(answer.body.errors).toHaveLength(21);
  });
});

describe('requests that are no operations', () => {
  const send = (body: string, headers: Record<string, string> = { 'content-type': 'application/json' }) =>
    router.fetch('/graphql', { method: 'POST', headers, body });

  it.each([
    ['malformed JSON', '{"query', undefined, 400],
    ['a batch', '[{"query":"{ __typename }"},{"query":"{ __typename }"}]', undefined, 400],
    ['no query', '{"variables":{}}', undefined, 400],
    ['too large', `{"query":"{ __typename } #${'x'.repeat(200_000)}"}`, undefined, 413],
    [
      'nested too deeply',
      `{"query":"{ __typename }","variables":{"a":${'['.repeat(500)}${']'.repeat(500)}}}`,
      undefined,
      400,
    ],
    ['a form', 'query={__typename}', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['text', '{"query":"{ __typename }"}', { 'content-type': 'text/plain' }, 415],
    [
      'multipart',
      'x',
      { 'content-type': 'multipart/form-data; boundary=x', 'apollo-require-preflight': '1' },
      415,
    ],
  ])('are refused: %s', async (_, body, headers, status) => {
    const answer = await send(body, headers as Record<string, string> | undefined);

    expect(answer.status).toBe(status);
    expect(answer.body.errors[0].extensions).toMatchObject({ code: 'VAL_001', httpStatus: status });
    expect(answer.body.errors[0].extensions.requestId).toBe(answer.headers.get('x-request-id'));
  });

  it('refuses a page of another site that sends a plain GET', async () => {
    const answer = await router.fetch('/graphql?query={__typename}');

    expect(answer.status).toBe(400);
    expect(answer.body.errors[0].message).toContain('Cross-Site Request Forgery');
  });

  it('answers queries by GET, never mutations', async () => {
    const headers = { 'apollo-require-preflight': '1', accept: 'text/html, application/json' };
    const query = await router.fetch('/graphql?query={__typename}', { headers });
    const mutation = await router.fetch('/graphql?query=mutation{__typename}', { headers });

    expect(query.body).toEqual({ data: { __typename: 'Query' } });
    expect(mutation.status).toBe(405);
    expect(mutation.headers.get('allow')).toBe('POST');
  });

  it.each(['PUT', 'DELETE', 'PATCH', 'HEAD'])('refuses %s, whoever sends it', async (method) => {
    const answer = await router.fetch('/graphql', { method });

    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe('GET, POST, OPTIONS');
    if (method === 'HEAD') return;
    expect(answer.body.errors[0].extensions).toMatchObject({ code: 'VAL_001', httpStatus: 405 });
    expect(answer.body.errors[0].extensions.requestId).toBe(answer.headers.get('x-request-id'));
  });

  it('tells by OPTIONS what is allowed', async () => {
    const answer = await router.fetch('/graphql', { method: 'OPTIONS' });

    expect(answer.status).toBe(204);
    expect(answer.headers.get('allow')).toBe('GET, POST, OPTIONS');
  });
});

it.each(['constructor', 'toString'])(
  'takes a variable that is called %s for one like others',
  async (name) => {
    const answer = await router.graphql(
      `query Q($${name}: Int) { products(first: $${name}) { totalCount } }`,
    );

    expect(answer.status).toBe(200);
    expect(answer.body.data.products.totalCount).toBe(41);
  },
);

it('is kept in no cache', async () => {
  const answer = await router.graphql('{ __typename }');

  expect(answer.headers.get('cache-control')).toBe('no-store');
});

it.each([
  'accountState(userId: "usr_1") { role }',
  'productOffers(productIds: []) { name }',
  '_service { sdl }',
  '_entities(representations: []) { __typename }',
])('has no public field %s', async (field) => {
  const answer = await router.graphql(`{ ${field} }`);

  expect(answer.status).toBe(400);
  expect(answer.body.errors[0].message).toContain('Cannot query field');
});

describe('the schema', () => {
  it('can be asked for outside production, with suggestions', async () => {
    const schema = await router.graphql('{ __schema { queryType { name } } }');
    const typo = await router.graphql('{ prodct(productId: "x") { name } }');

    expect(schema.body.data.__schema.queryType.name).toBe('Query');
    expect(typo.body.errors[0].message).toContain('Did you mean');
  });

  it('stays unknown in production, without suggestions', async () => {
    const schema = await production.graphql('{ __schema { queryType { name } } }');
    const typo = await production.graphql('{ prodct(productId: "x") { name } }');
    const value = await production.graphql('query Q($s: ProductSort) { products(sort: $s) { totalCount } }', {
      variables: { s: { field: 'PRIC' } },
    });

    expect(schema.status).toBe(400);
    for (const answer of [schema, typo, value]) expect(answer.text).not.toContain('Did you mean');
    expect(value.body.errors[0].extensions.details).toEqual([
      { field: 'field', message: 'must be a value of ProductSortField' },
    ]);
  });
});
