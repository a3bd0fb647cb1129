import { ApolloServer } from '@apollo/server';
import { GraphQLError } from 'graphql';
import { beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../src/errors.ts';
import { createErrorLog, describeError, formatSubgraphError } from '../src/graphql-errors.ts';
import { createLogger } from '../src/logger.ts';
import { scalarResolvers } from '../src/scalars.ts';

const canary = 'S3cret-Canary';
let lines: string[];
let thrown: () => unknown;
let server: ApolloServer;

const typeDefs = `
  scalar Decimal
  scalar DateTime
  enum Kind { HOME WORK }
  input Line { quantity: Int! }
  input Input { password: String! price: Decimal at: DateTime kind: Kind flag: Boolean lines: [Line!] }
  type Query { run(input: Input, id: ID, flag: Boolean, count: Int, price: Decimal): String price: Decimal }`;

beforeEach(() => {
  lines = [];
  thrown = () => 'fine';
  const logger = createLogger({
    service: 'test',
    level: 'info',
    destination: { write: (line: string) => void lines.push(line) },
  });
  server = new ApolloServer({
    typeDefs,
    resolvers: { ...scalarResolvers, Query: { run: () => thrown(), price: () => 9.99 } },
    formatError: formatSubgraphError,
    plugins: [createErrorLog(logger)],
    includeStacktraceInErrorResponses: true,
  });
});

async function ask(query: string, variables: Record<string, unknown> = {}) {
  const { body } = await server.executeOperation({ query, variables });
  if (body.kind !== 'single') throw new Error('An answer in parts');
  const [error] = body.singleResult.errors ?? [];
  return JSON.parse(JSON.stringify(error ?? null));
}

async function askThrowing(error: unknown) {
  thrown = () => {
    throw error;
  };
  return await ask('{ run }');
}

// Each took minutes once: the time grew with the square of the length.
describe('a fault whose value is as long as a body', () => {
  const LENGTH = 100_000;

  it.each([
    ['looks like the place of a fault', (n: number) => ` at "${'a'.repeat(n)}`],
    ['looks like the places of many', (n: number) => ' at "a.a'.repeat(n / 8)],
    ['looks like many places that end', (n: number) => ' at "a.a"; '.repeat(n / 11)],
    ['says over and over what cannot be', (n: number) => 'a cannot represent '.repeat(n / 19)],
    ['ends like a reason', (n: number) => '; a cannot represent a value'.repeat(n / 28)],
    ['holds what begins like a reason', (n: number) => `; ${' cannot represent '.repeat(n / 12)}`],
    ['holds quotes', (n: number) => '" does not exist in "a'.repeat(n / 22)],
  ])(
    'is told at once where it %s',
    async (_, make) => {
      const key = make(LENGTH);
      const query =
        'query ($price: Decimal, $input: Input, $count: Int) { run(price: $price, input: $input, count: $count) }';
      const answers = await Promise.all([
        ask(query, { price: { [key]: 1 } }),
        ask(query, { input: { password: { [key]: key } } }),
        ask(query, { count: key }),
        ask(query, { input: { password: 'a', kind: key } }),
        ask(`{ run(count: ${JSON.stringify(key)}) }`),
        ask(`{ run(input: ${JSON.stringify(key)}) }`),
        ask(`{ run(input: { password: "a", price: ${JSON.stringify(key)} }) }`),
      ]);
      for (const answer of answers) {
        expect(answer.extensions.code).toBe('VAL_001');
        expect(JSON.stringify(answer).length).toBeLessThan(1_000);
      }
    },
    5_000,
  );
});

describe('what a resolver throws', () => {
  it('is told with code, status and details where it is an AppError', async () => {
    const error = new AppError('BUS_001', 'Only 2 left', { details: { available: 2 }, retryAfterSeconds: 3 });
    expect(await askThrowing(error)).toEqual({
      message: 'Only 2 left',
      path: ['run'],
      locations: [{ line: 1, column: 3 }],
      extensions: { code: 'BUS_001', httpStatus: 400, details: { available: 2 }, retryAfterSeconds: 3 },
    });
    expect(lines).toEqual([]);
  });

  it.each([
    ['an Error', () => new Error(canary)],
    ['a text', () => canary],
    ['an AppError in disguise', () => ({ code: 'AUTH_001', message: canary })],
    [
      'a GraphQLError with a code of nobody',
      () => new GraphQLError(canary, { extensions: { code: 'MINE', canary } }),
    ],
    ['a database bug', () => Object.assign(new Error(canary), { code: '42P01' })],
  ])('is SYS_001 and tells nothing where it is %s', async (_, make) => {
    const answer = await askThrowing(make());
    expect(answer).toMatchObject({
      message: 'An unexpected error occurred',
      extensions: { code: 'SYS_001', httpStatus: 500 },
    });
    expect(JSON.stringify(answer)).not.toContain(canary);
    expect(lines).toHaveLength(1);
  });

  it.each([
    ['a lost connection', 'CONNECTION_CLOSED', 'SYS_002'],
    ['a refused connection', 'ECONNREFUSED', 'SYS_002'],
    ['a server that shuts down', '57P01', 'SYS_002'],
    ['a statement that took too long', '57014', 'SYS_002'],
    ['a deadlock', '40P01', 'SYS_002'],
    ['text with a NUL', '22021', 'VAL_001'],
  ])('is translated where it is %s', async (_, code, expected) => {
    const cause = Object.assign(new Error(canary), { code });
    const answer = await askThrowing(new Error(`Failed query: ${canary}`, { cause }));
    expect(answer.extensions.code).toBe(expected);
    expect(JSON.stringify(answer)).not.toContain(canary);
  });

  it('is passed on where a GraphQLError has a code of the catalogue', async () => {
    expect(
      await askThrowing(new GraphQLError('Slow down', { extensions: { code: 'RATE_001' } })),
    ).toMatchObject({
      message: 'Slow down',
      extensions: { code: 'RATE_001', httpStatus: 429 },
    });
  });

  it('is logged once where a part is away', async () => {
    await askThrowing(new AppError('SYS_002', undefined, { cause: new Error('socket hang up') }));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('socket hang up');
  });

  it('is SYS_001 where a field cannot be written', async () => {
    expect((await ask('{ price }')).extensions.code).toBe('SYS_001');
  });
});

const runWith = 'query ($input: Input!) { run(input: $input) }';

describe('a fault of the request', () => {
  it.each([
    ['a missing variable', runWith, {}, 'input'],
    ['a variable that is null', runWith, { input: null }, 'input'],
    ['a missing field', runWith, { input: {} }, 'password'],
    ['a field that is null', runWith, { input: { password: null } }, 'password'],
    ['a missing field in a list', runWith, { input: { password: canary, lines: [{}] } }, 'lines[0].quantity'],
  ])('is VAL_002 for %s, and names it', async (_, query, variables, field) => {
    const { extensions, message } = await ask(query, variables);
    expect(extensions).toEqual({ code: 'VAL_002', httpStatus: 400, details: [{ field, message }] });
  });

  it.each([
    ['a missing literal field', '{ run(input: {}) }'],
    ['a literal null', '{ run(input: { password: null }) }'],
  ])('is VAL_002 for %s', async (_, query) => {
    expect((await ask(query)).extensions.code).toBe('VAL_002');
  });

  it.each([
    ['a number for text', { password: 123_456 }, 'password'],
    ['an object for text', { password: { [canary]: canary } }, 'password'],
    [
      'a fraction for an integer',
      { password: canary, lines: [{ quantity: 1 }, { quantity: 1.5 }] },
      'lines[1].quantity',
    ],
    [
      'too large an integer',
      { password: canary, lines: [{ quantity: 123_456_789_012 }] },
      'lines[0].quantity',
    ],
    ['text for an integer', { password: canary, lines: [{ quantity: canary }] }, 'lines[0].quantity'],
    ['an unknown choice', { password: canary, kind: canary }, 'kind'],
    ['a number for a choice', { password: canary, kind: 123_456 }, 'kind'],
    ['text for a boolean', { password: canary, flag: canary }, 'flag'],
    ['a wrong decimal', { password: canary, price: canary }, 'price'],
    ['a wrong time', { password: canary, at: canary }, 'at'],
    ['text for an object', canary, 'input'],
    [
      'text that imitates a missing field',
      {
        password: canary,
        lines: [{ quantity: `"; Field "${canary}" of required type "Int!" was not provided.` }],
      },
      'lines[0].quantity',
    ],
    [
      'text that imitates a path',
      { password: canary, lines: [{ quantity: ` at "${canary}"; x` }] },
      'lines[0].quantity',
    ],
  ])('is VAL_001 for %s, names the field and repeats no value', async (_, input, field) => {
    const error = await ask(runWith, { input });
    expect(error.extensions).toMatchObject({ code: 'VAL_001', details: [{ field, message: error.message }] });
    expect(JSON.stringify(error)).not.toMatch(new RegExp(`${canary}|123_?456`));
  });

  it('names an unknown field', async () => {
    const error = await ask(runWith, { input: { password: canary, role: canary } });
    expect(error.message).toMatch(/Field "role" is not defined by type "Input"\./);
    expect(JSON.stringify(error)).not.toContain(canary);
  });

  it.each([
    ['text for an integer', `{ run(count: "${canary}") }`],
    ['a number for a boolean', '{ run(flag: 123456) }'],
    ['a number for text', '{ run(input: { password: 123456 }) }'],
    ['an unknown choice', `{ run(input: { password: "", kind: ${canary.replace('-', '')} }) }`],
    ['text for a choice', `{ run(input: { password: "", kind: "${canary}" }) }`],
    ['a wrong decimal', `{ run(input: { password: "", price: "${canary}" }) }`],
    ['text for an object', `{ run(input: "${canary}") }`],
    ['text in the wrong place', `{ run("${canary}") }`],
    ['an escape that is none', `{ run(id: "\\${canary}") }`],
    ['a number in the wrong place', '{ 123456 }'],
  ])('is VAL_001 for the literal %s and repeats no value', async (_, query) => {
    const error = await ask(query);
    expect(error.extensions.code).toBe('VAL_001');
    expect(JSON.stringify(error)).not.toMatch(new RegExp(`${canary}|${canary.replace('-', '')}|123456`));
  });

  it('keeps the names that help to mend it', async () => {
    expect((await ask('{ nothing }')).message).toBe('Cannot query field "nothing" on type "Query".');
    expect((await ask('{ run(count: "x") }')).message).toBe('Int cannot represent non-integer value.');
    expect((await ask(runWith, { input: { password: 'x', price: 'x' } })).message).toContain('A Decimal is');
    expect((await ask('{ run(')).message).toBe('Syntax Error: Expected Name, found <EOF>.');
  });
});

describe('describing an error for the log', () => {
  it('keeps parameters of a failed query out', () => {
    const cause = Object.assign(new Error('relation "carts" does not exist'), { code: '42P01' });
    const text = describeError(new Error(`Failed query: select $1\nparams: ${canary}`, { cause }));
    expect(text).toContain('relation "carts" does not exist');
    expect(text).toContain('42P01');
    expect(text).not.toContain(canary);
  });

  it('keeps a value that Postgres quotes out', () => {
    const cause = Object.assign(new Error(`invalid input syntax for type integer: "${canary}"`), {
      code: '22P02',
    });
    const text = describeError(new Error('Failed query: x', { cause }));
    expect(text).toContain('22P02');
    expect(text).not.toContain(canary);
  });

  it('keeps lines of a message out that look like places', () => {
    const cause = Object.assign(new Error('column "mail" does not exist'), { code: '42703' });
    const text = describeError(new Error(`Failed query: select $1\nparams: a\n    at ${canary}`, { cause }));
    expect(text).toContain('42703');
    expect(text).toMatch(/^ +at .*graphql-errors\.test/m);
    expect(text).not.toContain(canary);
  });

  it('keeps a text out that is no JSON', () => {
    const parse = () => JSON.parse(canary);
    expect(parse).toThrow(canary);
    try {
      parse();
    } catch (error) {
      expect(describeError(error)).toMatch(/^SyntaxError: a value was refused\n +at /);
    }
  });

  it('says little of what is no error', () => {
    expect(describeError(canary)).not.toContain(canary);
  });
});
