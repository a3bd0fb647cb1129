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
    internalTokenSecret: 'internal-secret-of-at-least-32-bytes',
    timeoutMs: 200,
  });
});

afterEach(async () => {
  await client.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

async function ask(answer: unknown) {
  respond = (response) => response.end(typeof answer === 'string' ? answer : JSON.stringify(answer));
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
});
