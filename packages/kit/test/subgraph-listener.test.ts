import { afterEach, beforeEach, expect, it } from 'vitest';
import { AppError } from '../src/errors.ts';
import { createTokenMint, INTERNAL_TOKEN_HEADER, REQUEST_ID_HEADER } from '../src/internal-token.ts';
import { createLogger } from '../src/logger.ts';
import type { RunningService } from '../src/service.ts';
import { createSubgraphServer } from '../src/subgraph-app.ts';
import { listenSubgraph } from '../src/subgraph-listener.ts';

const canary = 'S3cret-Canary';
const secret = 'internal-secret-of-at-least-32-bytes';
const caller = { viewer: { kind: 'anonymous', reason: 'missing' }, clientAddress: '203.0.113.9' } as const;
let service: RunningService;
let lines: string[];
let run: () => unknown;
let createContext: () => Record<string, never>;

beforeEach(async () => {
  lines = [];
  run = () => 'fine';
  createContext = () => ({});
  const destination = { write: (line: string) => void lines.push(line) };
  const logger = createLogger({ service: 'shop', level: 'debug', destination });
  const app = {
    name: 'shop',
    server: createSubgraphServer({
      typeDefs: 'type Query { run: String other: String }',
      resolvers: { Query: { run: () => run(), other: () => run() } },
      logger,
    }),
    createContext: () => createContext(),
    checkReady: async () => {
      throw new AppError('SYS_002', undefined, { cause: new Error('no database') });
    },
  };
  service = await listenSubgraph(app, {
    host: '127.0.0.1',
    port: 0,
    acceptedKeys: [{ issuer: 'router', key: secret }],
    logger,
  });
});
afterEach(() => service.close());

async function post(query: string, token = createTokenMint('router', { shop: secret })(caller, 'shop')) {
  const response = await fetch(`${service.url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      [INTERNAL_TOKEN_HEADER]: token,
      [REQUEST_ID_HEADER]: 'req-42',
    },
    body: JSON.stringify({ query }),
  });
  return { status: response.status, text: await response.text() };
}

const levels = { debug: 20, warn: 40, error: 50 };

function logged(level: keyof typeof levels) {
  return lines.map((line) => JSON.parse(line)).filter((line) => line.level === levels[level]);
}

it('logs a bug in a resolver once, with its request, and tells nothing of it', async () => {
  run = () => {
    throw new Error(canary);
  };
  const { text } = await post('query Shop { run }');
  expect(JSON.parse(text).errors).toEqual([
    {
      message: 'An unexpected error occurred',
      path: ['run'],
      locations: expect.anything(),
      extensions: { code: 'SYS_001', httpStatus: 500 },
    },
  ]);
  expect(text).not.toContain(canary);
  const faults = logged('error');
  expect(faults).toHaveLength(1);
  expect(faults[0]).toMatchObject({ requestId: 'req-42', operationName: 'Shop' });
  expect(faults[0].reason).toContain(canary);
});

it('logs once what fails several fields', async () => {
  const failure = new AppError('SYS_002', undefined, { cause: new Error('socket hang up') });
  run = () => {
    throw failure;
  };
  await post('{ run other }');
  const faults = logged('warn');
  expect(faults).toHaveLength(1);
  expect(faults[0]).toMatchObject({ requestId: 'req-42', reason: expect.stringContaining('socket hang up') });
});

it("logs nothing of the caller's own faults", async () => {
  run = () => {
    throw new AppError('BUS_001');
  };
  await post('{ run }');
  await post('{ nothing }');
  await post('{ run }', 'forged');
  expect([...logged('warn'), ...logged('error')]).toEqual([]);
});

it('logs a bug outside of resolvers with its request, and tells nothing of it', async () => {
  createContext = () => {
    throw new Error(canary);
  };
  const { status, text } = await post('{ run }');
  expect(status).toBe(500);
  expect(text).not.toContain(canary);
  expect(logged('error')).toMatchObject([{ requestId: 'req-42', reason: expect.stringContaining(canary) }]);
});

it('reads no body of more than 1 MiB', async () => {
  const { status, text } = await post(`{ run } #${'x'.repeat(1_048_576)}`);
  expect(status).toBe(413);
  expect(JSON.parse(text).errors[0].extensions.code).toBe('VAL_001');
});

it('logs why it is not ready', async () => {
  expect((await fetch(`${service.url}/ready`)).status).toBe(503);
  expect(lines.join('')).toContain('no database');
});

it('logs each request for who looks closely', async () => {
  await post('{ run }');
  await fetch(`${service.url}/secret/path`);
  const requests = logged('debug');
  expect(requests).toMatchObject([
    { method: 'POST', route: '/graphql', status: 200, durationMs: expect.any(Number), requestId: 'req-42' },
    { method: 'GET', route: 'error', status: 404, requestId: 'none' },
  ]);
});

it('calls no request by what could be anything', async () => {
  const id = `${canary} of sam@example.org`;
  const answer = await fetch(`${service.url}/graphql`, {
    method: 'POST',
    headers: { [REQUEST_ID_HEADER]: id },
  });

  expect(answer.status).toBe(401);
  expect(lines.join()).toContain('"requestId":"none"');
  expect(lines.join()).not.toMatch(/S3cret|sam@/);
});
