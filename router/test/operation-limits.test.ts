import { getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeFakes, signToken, startFakes, startTestRouter, type TestRouter } from './support/router.ts';

let fakes: Awaited<ReturnType<typeof startFakes>>;
let router: TestRouter;
const token = signToken();

beforeAll(async () => {
  fakes = await startFakes();
  router = await startTestRouter(fakes);
});
afterAll(async () => {
  await router.close();
  await closeFakes(fakes);
});

const times = (count: number, make: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => make(index)).join(' ');

/** Each fragment spreads the next twice: what is written grows by a line, what is meant doubles. */
const doubling = (levels: number) =>
  `query{me{...f0}} ${times(levels, (level) => {
    const next = `orders{nodes{user{...f${level + 1}}}}`;
    return `fragment f${level} on User{${level === levels - 1 ? 'email' : `a:${next} b:${next}`}}`;
  })}`;
const flatDoubling = (levels: number) =>
  `query{me{...f0}} ${times(levels, (level) => {
    const next = level === levels - 1 ? 'email' : `...f${level + 1} ...f${level + 1}`;
    return `fragment f${level} on User{${next}}`;
  })}`;
const nested = (levels: number) =>
  `{ me { ${'orders { nodes { user { '.repeat(levels)} email ${'} } }'.repeat(levels)} } }`;

it.each([
  ['lists in lists', `{ product(productId: ${'['.repeat(2_400)}${']'.repeat(2_400)}) { name } }`],
  [
    'objects in objects',
    `{ products(filter: ${'{ a: '.repeat(1_200)} 1 ${'}'.repeat(1_200)}) { totalCount } }`,
  ],
  ['fragments in fragments', `{ ${'... { '.repeat(1_600)} __typename ${'}'.repeat(1_600)} }`],
  ['brackets that are never closed', `{ ${'a('.repeat(2_400)}`],
  [
    // Few enough to be read.
    'fragments that spread one another',
    `{ ...f0 } ${times(500, (index) => `fragment f${index} on Query { ${index === 499 ? '__typename' : `...f${index + 1}`} }`)}`,
  ],
  ['fragments that double', doubling(8)],
  ['fragments that double without a field between', flatDoubling(40)],
  ['many fields', `{ me { ${times(1_100, (index) => ['email', 'userId', 'firstName'][index % 3] ?? '')} } }`],
  ['the same field many times', `{ me { ${times(1_100, () => 'email')} } }`],
  [
    'many fields of inline fragments',
    `{ me { ${times(400, () => '... { ... on User { cart { itemCount } email } }')} } }`,
  ],
  [
    'many fields of several operations',
    times(12, (index) => `query Q${index} { me { ...F } }`) +
      ` fragment F on User { ${times(100, () => 'email')} }`,
  ],
  [
    'a large fragment that nothing uses',
    `{ __typename } fragment F on User { ${times(1_100, () => 'email')} }`,
  ],
  ['many top fields', `{ ${times(101, () => '__typename')} }`],
  ['many aliases', `{ me { ${times(101, (index) => `a${index}: email`)} } }`],
  [
    'many aliases by fragments',
    `{ me { ${times(11, () => '...F')} } } fragment F on User { ${times(10, (index) => `a${index}: email`)} }`,
  ],
  ['many aliases of several operations', times(101, (index) => `query Q${index} { a${index}: __typename }`)],
  ['many directives of a field', `{ __typename ${times(6, () => '@include(if: true)')} }`],
  ['many directives of an operation', `query Q ${times(6, (index) => `@d${index}`)} { __typename }`],
  ['many directives of a fragment', `{ ... ${times(6, () => '@skip(if: false)')} { __typename } }`],
  ['many directives in all', `{ me { ${times(21, () => `email ${times(5, (index) => `@d${index}`)}`)} } }`],
  ['many variables', `query Q(${times(101, (index) => `$v${index}: Int`)}) { __typename }`],
  ['depth', nested(5)],
  [
    'depth by fragments',
    `{ me { ...A } } fragment A on User { orders { nodes { user { ...B } } } }
    fragment B on User { orders { nodes { user { orders { nodes { user { orders { nodes { user { orders { nodes {
    orderId } } } } } } } } } } } }`,
  ],
  ['a long document', `{ me { email(${'a: 1 '.repeat(2_000)}) } }`],
])('refuses %s before it is planned', async (_, query) => {
  const answer = await router.graphql(query, { token });

  expect(answer.status).toBe(400);
  expect(answer.body).not.toHaveProperty('data');
  expect(answer.body.errors).toHaveLength(1);
  expect(answer.body.errors[0].extensions).toMatchObject({ code: 'VAL_001', httpStatus: 400 });
  expect(answer.body.errors[0].message).toMatch(/^An operation may have at most|tokens/);
});

it('refuses them in a URL, and again when they are asked again', async () => {
  const path = `/graphql?query=${encodeURIComponent(doubling(8))}`;
  const headers = { 'apollo-require-preflight': '1' };

  for (let time = 0; time < 2; time += 1) {
    const answer = await router.fetch(path, { headers });
    expect(answer.status).toBe(400);
    expect(answer.body.errors[0].message).toContain('at most');
  }
});

it('leaves fragments that contain themselves to the validation', async () => {
  const answer = await router.graphql(
    '{ me { ...A } } fragment A on User { email ...B } fragment B on User { email ...A }',
  );

  expect(answer.status).toBe(400);
  expect(answer.body.errors[0].message).toContain('within itself');
});

it.each([
  ['the whole introspection', getIntrospectionQuery({ inputValueDeprecation: true })],
  [
    'a page',
    '{ me { email cart { items { product { name } } } orders { nodes { items { product { name } } } } } }',
  ],
  ['a depth that is allowed', nested(4).replaceAll('orders', 'orders(first: 1)')],
  ['many fields', `{ me { ${times(450, (index) => ['email', 'userId', 'firstName'][index % 3] ?? '')} } }`],
  ['a good deal of aliases', `{ me { ${times(100, (index) => `a${index}: email`)} } }`],
  ['directives', `{ me { ${times(50, () => 'email @include(if: true) @skip(if: false)')} } }`],
  [
    'fragments that are shared',
    `{ me { ...F } a: me { ...F } } fragment F on User { email orders { totalCount } }`,
  ],
])('lets pass %s', async (_, query) => {
  const answer = await router.graphql(query, { token });

  expect(answer.status).toBe(200);
  expect(answer.body).not.toHaveProperty('errors');
});

describe('variables', () => {
  const typename = '{ __typename }';
  const variablesOf = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, i) => [`v${i}`, 1]));
  const refused = (message: string) => ({
    message,
    extensions: expect.objectContaining({ code: 'VAL_001' }),
  });

  it.each([
    ['too many of them', variablesOf(101), 'An operation may have at most 100 variables'],
    [
      'too many values in one',
      { a: { b: Array.from({ length: 2_000 }, () => 'x') } },
      'An operation may have at most 2000 values in its variables',
    ],
    [
      'too many values in lists of lists',
      { a: Array.from({ length: 50 }, () => Array.from({ length: 50 }, () => 1)) },
      'An operation may have at most 2000 values in its variables',
    ],
  ])('are refused where there are %s', async (_, variables, message) => {
    const answer = await router.graphql(typename, { variables });

    expect(answer.status).toBe(400);
    expect(answer.body.errors).toEqual([refused(message)]);
  });

  it('are refused in a URL as well', async () => {
    const search = new URLSearchParams({ query: typename, variables: JSON.stringify(variablesOf(101)) });
    const answer = await router.fetch(`/graphql?${search}`, { headers: { 'apollo-require-preflight': '1' } });

    expect(answer.status).toBe(400);
    expect(answer.body.errors[0].message).toContain('at most 100 variables');
  });

  it('that are invalid by the thousand are not answered one by one', async () => {
    const query = 'query Q($brands: [String!]) { products(filter: { brands: $brands }) { totalCount } }';
    const answer = await router.graphql(query, {
      variables: { brands: Array.from({ length: 1_900 }, (_, index) => index) },
    });

    expect(answer.status).toBe(400);
    expect(answer.body.errors).toHaveLength(1);
    expect(answer.body.errors[0].extensions.details).toHaveLength(20);
  });

  it('may be many within reason', async () => {
    const answer = await router.graphql(typename, { variables: variablesOf(100) });

    expect(answer.status).toBe(200);
  });
});

it('refuses a batch of operations in one request', async () => {
  const answer = await router.fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify([{ query: '{ __typename }' }, { query: '{ __typename }' }]),
  });

  expect(answer.status).toBe(400);
  expect(answer.body.errors[0].extensions).toMatchObject({ code: 'VAL_001' });
});
