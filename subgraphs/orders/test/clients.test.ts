import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createTokenVerifier } from '@commerce/kit/internal-token';
import { cents } from '@commerce/kit/money';
import { createServiceClient, type ServiceClient } from '@commerce/kit/service-client';
import { buildSchema, parse, validate } from 'graphql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCartClient } from '../src/clients/cart.ts';
import { createCatalogClient } from '../src/clients/catalog.ts';
import { boundPayments, type PaymentProvider } from '../src/clients/payment.ts';

const key = 'internal-key-of-this-test-only';
const origin = { clientAddress: '192.0.2.1', requestId: 'req-1' };

type Request = { query: string; variables: Record<string, unknown>; headers: NodeJS.Dict<string | string[]> };

let server: Server;
let service: ServiceClient;
let requests: Request[];
/** What the other service answers: a body, or nothing at all. */
let answer: { status?: number; body: string } | 'hang' | 'cut';

beforeEach(async () => {
  requests = [];
  server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => {
      text += chunk;
    });
    request.on('end', () => {
      requests.push({ ...JSON.parse(text), headers: request.headers });
      if (answer === 'cut') request.socket.destroy();
      else if (answer !== 'hang') response.writeHead(answer.status ?? 200).end(answer.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  service = createServiceClient({
    url: `http://127.0.0.1:${port}`,
    audience: 'cart',
    service: 'orders',
    key,
    timeoutMs: 300,
  });
});
afterEach(async () => {
  await service.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const data = (value: unknown) => ({ body: JSON.stringify({ data: value }) });
const failure = (code: string, details?: unknown) => ({
  body: JSON.stringify({ data: null, errors: [{ message: 'No', extensions: { code, details } }] }),
});

/** The other subgraph's own schema: a document that does not fit it fails. */
function expectToFit(subgraph: string, document: string | undefined) {
  const sdl = readFileSync(new URL(`../../${subgraph}/schema.graphql`, import.meta.url), 'utf8');
  expect(validate(buildSchema(sdl, { assumeValidSDL: true }), parse(document ?? ''))).toEqual([]);
}

const cartAnswer = {
  checkoutCart: {
    cartId: 'cart_usr_1',
    version: 3,
    currencyCode: 'USD',
    subtotalCents: 19_998,
    taxCents: 1_599,
    shippingCents: 1_000,
    totalCents: 22_597,
    pricing: { taxRateBasisPoints: 800, taxRounding: 'down', shippingFlatCents: 1_000 },
    lines: [
      {
        productId: 'prod_001',
        name: 'Wireless Headphones',
        quantity: 2,
        priceCents: 9_999,
        shownPriceCents: 9_999,
        available: 50,
        isActive: true,
      },
    ],
  },
};

describe('the cart client', () => {
  it('reads a cart as the orders service', async () => {
    answer = data(cartAnswer);
    const cart = await createCartClient(service).readCheckoutCart('usr_1', origin);
    expect(cart).toMatchObject({ cartId: 'cart_usr_1', version: 3, currency: 'USD', total: cents(22_597) });
    expect(cart.lines).toEqual([
      {
        productId: 'prod_001',
        name: 'Wireless Headphones',
        quantity: 2,
        price: 9_999,
        shownPrice: 9_999,
        available: 50,
        isActive: true,
      },
    ]);
    const [request] = requests;
    expectToFit('cart', request?.query);
    expect(request?.variables).toEqual({ userId: 'usr_1' });
    expect(request?.headers['x-request-id']).toBe('req-1');
    const token = String(request?.headers['x-internal-token']);
    expect(createTokenVerifier('cart', [{ issuer: 'orders', key }])(token)).toMatchObject({
      viewer: { kind: 'service', name: 'orders' },
    });
  });

  it('reads the bare version', async () => {
    answer = data({ cartVersion: 7 });
    expect(await createCartClient(service).readVersion('usr_1', origin)).toBe(7);
    expectToFit('cart', requests[0]?.query);
  });

  it('takes ordered pieces out', async () => {
    answer = data({ consumeCart: { consumed: true } });
    const consumed = {
      userId: 'usr_1',
      orderId: 'ord_1',
      version: 3,
      lines: [{ productId: 'prod_001', quantity: 2 }],
    };
    await createCartClient(service).consumeCart(consumed, origin);
    expectToFit('cart', requests[0]?.query);
    expect(requests[0]?.variables).toEqual({ input: consumed });
  });

  it.each([
    ['does not answer', 'hang'],
    ['cuts the connection', 'cut'],
    ['answers nonsense', { body: '<html>' }],
    ['answers 502', { status: 502, body: 'Bad gateway' }],
    ['reports a fault of its own', failure('SYS_001')],
    ['refuses our token', failure('AUTH_003')],
    ['answers in another shape', data({ checkoutCart: { ...cartAnswer.checkoutCart, totalCents: 1.5 } })],
  ] as const)('is SYS_002 where the service %s', async (_, given) => {
    answer = given;
    await expect(createCartClient(service).readCheckoutCart('usr_1', origin)).rejects.toMatchObject({
      code: 'SYS_002',
    });
  });
});

describe('the catalog client', () => {
  it('reserves, commits and releases', async () => {
    const catalog = createCatalogClient(service);
    const lines = [{ productId: 'prod_001', quantity: 2 }];
    answer = data({ reserveStock: { status: 'HELD' } });
    await catalog.reserveStock('ord_1', lines, origin);
    answer = data({ commitStock: { status: 'COMMITTED' } });
    await catalog.commitStock('ord_1', origin);
    answer = data({ releaseStock: { status: 'RELEASED' } });
    await catalog.releaseStock('ord_1', origin);
    for (const request of requests) expectToFit('catalog', request.query);
    expect(requests.map((request) => request.variables.input)).toEqual([
      { orderId: 'ord_1', lines },
      { orderId: 'ord_1' },
      { orderId: 'ord_1' },
    ]);
  });

  it('puts pieces back', async () => {
    answer = data({ restockOrder: { orderId: 'ord_1' } });
    const restock = { orderId: 'ord_1', restockId: 'rfd_1', lines: [{ productId: 'prod_001', quantity: 1 }] };
    await createCatalogClient(service).restockOrder(restock, origin);
    expectToFit('catalog', requests[0]?.query);
    expect(requests[0]?.variables.input).toEqual(restock);
  });

  it('hands on why stock was refused', async () => {
    const details = { productId: 'prod_001', requested: 2, available: 1 };
    answer = failure('BUS_001', details);
    await expect(createCatalogClient(service).reserveStock('ord_1', [], origin)).rejects.toMatchObject({
      code: 'BUS_001',
      details,
    });
  });
});

describe('a bounded payment provider', () => {
  const request = {
    orderId: 'o',
    authorisationKey: 'k',
    reference: null,
    key: 'c',
    amount: cents(1),
    currency: 'USD',
  };
  const hanging = () => new Promise<never>(() => {});
  const provider: PaymentProvider = {
    authorise: hanging,
    capture: hanging,
    void: async () => {
      throw new Error('No connection');
    },
    refund: async () => ({ kind: 'refunded' }),
    find: hanging,
  };

  it('does not know what did not answer in time or failed', async () => {
    const bounded = boundPayments(provider, 20);
    const method = { type: 'credit_card', token: 'tok_visa' };
    expect(await bounded.authorise({ ...request, method })).toMatchObject({ kind: 'unknown' });
    expect(await bounded.capture(request)).toMatchObject({ kind: 'unknown' });
    expect(await bounded.find(request)).toMatchObject({ kind: 'unknown' });
    expect(await bounded.void(request)).toMatchObject({ kind: 'unknown', cause: new Error('No connection') });
    expect(await bounded.refund({ ...request, refundAmount: cents(1) })).toEqual({ kind: 'refunded' });
  });
});
