import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createTokenVerifier } from '@commerce/kit/internal-token';
import { createServiceClient, type ServiceClient } from '@commerce/kit/service-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCatalogClient } from '../src/clients/catalog.ts';
import { offer } from './samples.ts';

const secret = 'a-secret-of-at-least-thirty-two-bytes';
const caller = { clientAddress: '203.0.113.9', requestId: 'req-1' };

type Request = { headers: IncomingMessage['headers']; body: { variables: unknown } };

let server: Server;
let service: ServiceClient;
let requests: Request[];
let respond: (response: ServerResponse, request: Request) => void;

function json(response: ServerResponse, body: unknown, status = 200) {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

beforeEach(async () => {
  requests = [];
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const received = { headers: request.headers, body: JSON.parse(Buffer.concat(chunks).toString()) };
    requests.push(received);
    respond(response, received);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  service = createServiceClient({
    url: `http://127.0.0.1:${port}`,
    audience: 'catalog',
    service: 'cart',
    key: secret,
    timeoutMs: 200,
  });
});

afterEach(async () => {
  await service.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const find = (...ids: string[]) => createCatalogClient(service).findOffers(ids, caller);

describe('the catalog client', () => {
  it('asks once for all products, in its own name', async () => {
    respond = (response) => json(response, { data: { productOffers: [offer('prod_1'), null] } });

    expect(await find('prod_1', 'prod_2')).toEqual([offer('prod_1'), null]);

    expect(requests).toHaveLength(1);
    const [{ headers, body }] = requests as [Request];
    expect(body.variables).toEqual({ productIds: ['prod_1', 'prod_2'] });
    expect(headers['x-request-id']).toBe('req-1');
    const verify = createTokenVerifier('catalog', [{ issuer: 'cart', key: secret }]);
    expect(verify(headers['x-internal-token'] as string)).toEqual({
      viewer: { kind: 'service', name: 'cart' },
      clientAddress: '203.0.113.9',
    });
  });

  it.each([
    ['an error', { data: null, errors: [{ message: 'x', extensions: { code: 'SYS_001' } }] }],
    ['a refusal', { errors: [{ message: 'x', extensions: { code: 'AUTH_003' } }] }],
    ['no data', {}],
    ['too few offers', { data: { productOffers: [] } }],
    ['an offer without a price', { data: { productOffers: [{ ...offer('prod_1'), priceCents: null }] } }],
    ['a broken price', { data: { productOffers: [{ ...offer('prod_1'), priceCents: 0.5 }] } }],
    ['a negative price', { data: { productOffers: [{ ...offer('prod_1'), priceCents: -1 }] } }],
  ])('reports SYS_002 for %s', async (_, body) => {
    respond = (response) => json(response, body);
    await expect(find('prod_1')).rejects.toMatchObject({ code: 'SYS_002', retryAfterSeconds: 2 });
  });

  it('reports SYS_002 for an answer that is no JSON', async () => {
    respond = (response) => response.end('<html>');
    await expect(find('prod_1')).rejects.toMatchObject({ code: 'SYS_002' });
  });

  it('reports SYS_002 where the connection is cut', async () => {
    respond = (response) => response.destroy();
    await expect(find('prod_1')).rejects.toMatchObject({ code: 'SYS_002' });
  });

  it('reports SYS_002 where nobody listens', async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await expect(find('prod_1')).rejects.toMatchObject({ code: 'SYS_002' });
    server = createServer().listen(0);
  });

  it('gives up on a catalog that hangs', async () => {
    respond = () => undefined;
    const startedAt = performance.now();
    await expect(find('prod_1')).rejects.toMatchObject({ code: 'SYS_002' });
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });
});
