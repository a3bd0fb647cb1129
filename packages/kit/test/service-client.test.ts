import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createServiceClient, type ServiceClient } from '../src/service-client.ts';

let server: Server;
let client: ServiceClient;
let respond: (response: ServerResponse) => void;

beforeEach(async () => {
  server = createServer((_, response) => respond(response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  client = createServiceClient({
    url: `http://127.0.0.1:${port}`,
    audience: 'catalog',
    service: 'orders',
    key: 'internal-secret-of-at-least-32-bytes',
    // Nothing here waits for it.
    timeoutMs: 20_000,
  });
});

afterEach(async () => {
  await client.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

async function ask(answer: unknown, status = 200) {
  respond = (response) => {
    response.statusCode = status;
    response.end(typeof answer === 'string' ? answer : JSON.stringify(answer));
  };
  return await client.execute({
    document: '{ stock }',
    variables: {},
    schema: z.object({ stock: z.number() }),
    caller: { clientAddress: '203.0.113.9', requestId: 'req-1' },
  });
}

describe('the client of another service', () => {
  it('gives the data', async () => {
    expect(await ask({ data: { stock: 3 } })).toEqual({ stock: 3 });
  });

  it("throws the other's error, with its details", async () => {
    const extensions = { code: 'BUS_001', details: { available: 2 } };
    await expect(ask({ data: null, errors: [{ message: 'Only 2 left', extensions }] })).rejects.toMatchObject(
      {
        code: 'BUS_001',
        message: 'Only 2 left',
        details: { available: 2 },
      },
    );
  });

  it.each([
    ['no JSON', '<html>'],
    ['no answer of GraphQL', []],
    ['an error without a code', { errors: [{ message: 'x' }] }],
    ['no data', { data: null }],
    ['other data than agreed', { data: { stock: 'many' } }],
  ])('throws SYS_002 for %s', async (_, answer) => {
    await expect(ask(answer)).rejects.toMatchObject({ code: 'SYS_002' });
  });

  it('keeps what an error without a code says to itself', async () => {
    const failure = ask({ errors: [{ message: 'select secret from users' }] });
    await expect(failure).rejects.toMatchObject({ message: 'Service unavailable' });
  });

  it('takes no answer of more than 8 MiB into memory', async () => {
    const failure = ask({ data: { stock: 3, more: 'x'.repeat(8 * 1024 * 1024) } });
    await expect(failure).rejects.toMatchObject({
      code: 'SYS_002',
      cause: { code: 'UND_ERR_RES_EXCEEDED_MAX_SIZE' },
    });
  });

  it("passes on the status and the waiting time of the other's error", async () => {
    const extensions = { code: 'VAL_001', httpStatus: 413, retryAfterSeconds: 7 };
    for (const status of [200, 400]) {
      await expect(ask({ errors: [{ message: 'Too much', extensions }] }, status)).rejects.toMatchObject(
        extensions,
      );
    }
  });

  it('falls back to the status of the catalogue where the other one is none', async () => {
    const extensions = { code: 'BUS_001', httpStatus: 'x', retryAfterSeconds: -1 };
    await expect(ask({ errors: [{ message: 'x', extensions }] })).rejects.toMatchObject({
      code: 'BUS_001',
      httpStatus: 400,
      retryAfterSeconds: undefined,
    });
  });

  it.each([
    [401, 'AUTH_003'],
    [413, 'VAL_001'],
    [429, 'RATE_001'],
    [500, 'SYS_001'],
    [503, 'SYS_002'],
    [302, 'AUTH_003'],
  ])('throws SYS_002 where the other answers %i, whatever it says', async (status, code) => {
    const failure = ask({ data: { stock: 3 }, errors: [{ message: 'x', extensions: { code } }] }, status);
    await expect(failure).rejects.toMatchObject({
      code: 'SYS_002',
      httpStatus: 503,
      cause: { message: expect.stringContaining(String(status)) },
    });
  });
});
