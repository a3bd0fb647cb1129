import { beforeEach, describe, expect, it } from 'vitest';
import type { AuditLog } from '../src/audit-log.ts';
import { type AuditedContext, createAuditTransform } from '../src/audited.ts';
import { AppError } from '../src/errors.ts';
import { createLogger } from '../src/logger.ts';
import { createSubgraphServer } from '../src/subgraph-app.ts';
import type { Viewer } from '../src/viewer.ts';

const directive = `directive @audited(target: String, made: String, openToOthers: Boolean! = false) on FIELD_DEFINITION`;
const sdl = `${directive}
  scalar Decimal scalar DateTime
  type Query { ok: Boolean }
  input SellInput { productId: ID! note: String }
  type Product { productId: ID! }
  type Sold { product: Product }
  type Mutation {
    sell(input: SellInput!): Sold @audited(target: "input.productId")
    make: Sold @audited(made: "product.productId")
    cancel(orderId: ID!): Sold @audited(target: "orderId", openToOthers: true)
    browse: Sold
  }`;

const admin: Viewer = { kind: 'user', userId: 'usr_a', email: 'a@example.com', role: 'admin' };
const customer: Viewer = { ...admin, userId: 'usr_c', role: 'customer' };

/** What happened, in this order: writes of the log, and acts. */
let happened: string[];
let attempts: object[];
let lines: string[];
let log: Pick<AuditLog, 'recordAttempt' | 'recordOutcome'>;
let act: () => unknown;

beforeEach(() => {
  happened = [];
  attempts = [];
  lines = [];
  act = () => ({ product: { productId: 'prod_1' } });
  log = {
    async recordAttempt(attempt) {
      attempts.push(attempt);
      happened.push(`${attempt.actorId} wants to ${attempt.action} ${attempt.target}`);
      return `aud_${attempts.length}`;
    },
    recordOutcome: async (entryId, outcome, made) => void happened.push(`${entryId} ${outcome} ${made}`),
  };
});

function createServer(text = sdl) {
  const resolve = async () => {
    happened.push('act');
    return await act();
  };
  const resolvers = { Mutation: { sell: resolve, make: resolve, cancel: resolve, browse: resolve } };
  const logger = createLogger({
    service: 'test',
    level: 'info',
    destination: { write: (line) => void lines.push(line) },
  });
  const transformSchema = createAuditTransform({ log, logger });
  return createSubgraphServer<AuditedContext>({ typeDefs: text, resolvers, logger, transformSchema });
}

async function run(query: string, viewer: Viewer = admin, request: Partial<AuditedContext> = {}) {
  const server = createServer();
  const contextValue = { viewer, requestId: 'r', clientAddress: '192.0.2.1', ...request };
  const { body } = await server.executeOperation({ query }, { contextValue });
  await server.stop();
  if (body.kind !== 'single') throw new Error('Not one answer');
  return {
    data: body.singleResult.data ?? null,
    codes: (body.singleResult.errors ?? []).map(({ extensions }) => extensions?.code),
  };
}

const SELL = 'mutation { sell(input: { productId: "prod_7" }) { product { productId } } }';

describe('an audited mutation', () => {
  it('is recorded before and after', async () => {
    expect((await run(SELL)).codes).toEqual([]);
    expect(happened).toEqual(['usr_a wants to sell prod_7', 'act', 'aud_1 DONE null']);
    expect(attempts).toEqual([
      {
        actorId: 'usr_a',
        byAdministrator: true,
        action: 'sell',
        target: 'prod_7',
        arguments: '{"input":{"productId":"prod_7"}}',
        requestId: 'r',
        clientAddress: '192.0.2.1',
      },
    ]);
  });

  it('names what it made', async () => {
    await run('mutation { make { product { productId } } }');
    expect(happened).toEqual(['usr_a wants to make null', 'act', 'aud_1 DONE prod_1']);
  });

  it('is recorded for each alias', async () => {
    const field = (name: string) =>
      `${name}: sell(input: { productId: "prod_${name}" }) { product { productId } }`;
    await run(`mutation { ${field('a')} ${field('b')} }`);
    expect(happened).toEqual([
      'usr_a wants to sell prod_a',
      'act',
      'aud_1 DONE null',
      'usr_a wants to sell prod_b',
      'act',
      'aud_2 DONE null',
    ]);
  });

  it.each<[string, unknown, string]>([
    ['our codes', new AppError('BUS_002'), 'BUS_002'],
    ['bugs', new Error('secret'), 'SYS_001'],
    ['outages', Object.assign(new Error('secret'), { code: 'ECONNREFUSED' }), 'SYS_002'],
  ])('has as its outcome the code of what was thrown: %s', async (_, error, code) => {
    act = () => {
      throw error;
    };
    expect((await run(SELL)).codes).toEqual([code]);
    expect(happened.at(-1)).toBe(`aud_1 ${code} null`);
  });

  it('is not called where it cannot be recorded', async () => {
    log.recordAttempt = async () => {
      throw new Error('no table');
    };
    expect((await run(SELL)).codes).toEqual(['SYS_002']);
    expect(happened).toEqual([]);
  });

  it('succeeds where its outcome cannot be recorded, and that is logged without what was asked', async () => {
    log.recordOutcome = async () => {
      throw new Error('no table');
    };
    const { data, codes } = await run(SELL);
    expect({ sold: data?.sell, codes }).toEqual({ sold: { product: { productId: 'prod_1' } }, codes: [] });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('aud_1');
    expect(lines[0]).not.toContain('prod_7');
  });

  it('is AUTH_004 and not called where nothing is recorded of somebody any more', async () => {
    log.recordAttempt = async () => null;
    expect((await run(SELL, customer)).codes).toEqual(['AUTH_004']);
    expect(happened).toEqual([]);
  });

  it('is recorded of customers as theirs', async () => {
    await run(SELL, customer);
    expect(attempts).toMatchObject([{ actorId: 'usr_c', byAdministrator: false }]);
  });

  it.each<Viewer>([
    { kind: 'anonymous', reason: 'missing' },
    { kind: 'service', name: 'orders' },
  ])('is not recorded of who is $kind', async (viewer) => {
    await run(SELL, viewer);
    expect(happened).toEqual(['act']);
  });

  it('that is open to others is recorded of administrators alone', async () => {
    const cancel = 'mutation { cancel(orderId: "ord_1") { product { productId } } }';
    await run(cancel, customer);
    expect(happened.splice(0)).toEqual(['act']);
    await run(cancel, admin);
    expect(happened).toEqual(['usr_a wants to cancel ord_1', 'act', 'aud_1 DONE null']);
  });

  it('records no target that is no id, and no more of a request than there is room for', async () => {
    await run(SELL.replace('prod_7', 'prod 7'), admin, {
      requestId: 'r'.repeat(500),
      clientAddress: '1'.repeat(500),
    });
    expect(attempts).toMatchObject([
      { target: null, requestId: 'r'.repeat(128), clientAddress: '1'.repeat(64) },
    ]);
  });
});

it('records nothing of other mutations', async () => {
  await run('mutation { browse { product { productId } } }');
  expect(happened).toEqual(['act']);
});

it.each([
  ['an argument that is not there', sdl.replace('"input.productId"', '"input.orderId"')],
  ['a path that ends', sdl.replace('"orderId"', '"orderId.id"')],
  ['a mutation that does nothing', `${sdl} extend type Mutation { idle: Sold @audited }`],
])('refuses a schema with %s', (_, text) => {
  expect(() => createServer(text)).toThrow();
});
