import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AppError } from '@commerce/kit/errors';
import express, { type NextFunction, type Request, type Response } from 'express';
import { middleware } from 'express-openapi-validator';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createOpenApiDocument } from '../src/docs/openapi.ts';
import { endpoints } from '../src/rest/endpoints.ts';
import { address, fakeCart, fakeProduct } from './support/fake-subgraphs.ts';
import { closeFakes, signToken, startFakes, startTestRouter, type TestRouter } from './support/router.ts';

let fakes: Awaited<ReturnType<typeof startFakes>>;
let router: TestRouter;
let checked: { url: string; close(): void };
const token = signToken();
let extraKey: string | null = null;

/** Hands requests on to the router, and checks them and its answers by the document. */
function startValidator(): Promise<{ url: string; close(): void }> {
  const app = express();
  const apiSpec = JSON.parse(JSON.stringify(createOpenApiDocument()));
  app.use(express.json());
  app.use(middleware({ apiSpec, validateRequests: false, validateResponses: true, validateSecurity: false }));
  app.use(async (request: Request, response: Response) => {
    const answer = await router.fetch(request.originalUrl, {
      method: request.method,
      headers: {
        'content-type': 'application/json',
        ...(request.headers.authorization ? { authorization: request.headers.authorization } : {}),
      },
      ...(request.method === 'GET' || request.method === 'DELETE'
        ? {}
        : { body: JSON.stringify(request.body) }),
    });
    if (extraKey !== null) answer.body.data[extraKey] = true;
    response.status(answer.status).json(answer.body);
  });
  app.use((error: Error, _request: Request, response: Response, _next: NextFunction) => {
    response.status(599).json({ violation: error.message });
  });
  return new Promise((resolve) => {
    const server = createServer(app).listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      resolve({ url: `http://127.0.0.1:${port}`, close: () => server.close().closeAllConnections() });
    });
  });
}

beforeAll(async () => {
  fakes = await startFakes();
  router = await startTestRouter(fakes);
  checked = await startValidator();
});
afterEach(() => {
  for (const fake of Object.values(fakes)) fake.reset();
});
afterAll(async () => {
  checked.close();
  await router.close();
  await closeFakes(fakes);
});

async function send(method: string, path: string, body?: unknown, bearer: string | null = token) {
  const response = await fetch(`${checked.url}/api/v1${path}`, {
    method,
    headers: {
      'content-type': 'application/json',
      ...(bearer === null ? {} : { authorization: `Bearer ${bearer}` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  // biome-ignore lint/suspicious/noExplicitAny: answers of any shape
  return { status: response.status, body: (await response.json()) as any };
}

const order = { shippingAddress: address, paymentMethod: { type: 'credit_card', token: 'tok_visa_1234' } };
const registration = { email: 'a@b.c', password: 'SecurePass123!', firstName: 'A', lastName: 'B' };

describe('answers are as the document says', () => {
  it.each([
    ['POST', '/users/register', 201, registration],
    ['POST', '/users/register', 400, {}],
    ['POST', '/users/login', 200, { email: 'a@b.c', password: 'x' }],
    ['POST', '/users/login', 400, { email: 5 }],
    ['GET', '/users/profile', 200],
    ['GET', '/products?limit=5', 200],
    ['GET', '/products?limit=500', 400],
    ['GET', '/products/prod_001', 200],
    ['GET', '/products/prod_none', 404],
    ['GET', '/cart', 200],
    ['POST', '/cart/items', 201, { productId: 'prod_001', quantity: 1 }],
    ['PUT', '/cart/items/item_001', 200, { quantity: 1 }],
    ['DELETE', '/cart/items/item_001', 200],
    ['POST', '/orders', 201, order],
    ['GET', '/orders', 200],
    ['GET', '/orders/ord_1', 200],
  ])('%s %s answers %i', async (method, path, status, body?: unknown) => {
    expect(await send(method, path, body)).toMatchObject({ status });
  });

  it('also of somebody without a token', async () => {
    expect(await send('GET', '/cart', undefined, null)).toMatchObject({ status: 401 });
  });

  it('also where values are absent', async () => {
    const bare = {
      ...fakeProduct,
      description: null,
      longDescription: null,
      brand: null,
      sku: null,
      images: [],
      specifications: [],
    };
    fakes.catalog.override({ Query: { product: () => bare }, Product: { __resolveReference: () => bare } });
    fakes.cart.override({ Query: { cart: () => ({ ...fakeCart, updatedAt: null }) } });

    expect(await send('GET', '/products/prod_001')).toMatchObject({ status: 200 });
    expect(await send('GET', '/cart')).toMatchObject({
      status: 200,
      body: { data: { items: [{ image: null }] } },
    });
  });

  it.each(['BUS_001', 'BUS_002', 'BUS_003', 'RES_002', 'SYS_001', 'SYS_002', 'RATE_001'] as const)(
    'also of the failure %s',
    async (code) => {
      const createOrder = () => {
        throw new AppError(code, 'What happened', { details: { productId: 'prod_001' } });
      };
      fakes.orders.override({ Mutation: { createOrder } });

      const answer = await send('POST', '/orders', order);

      expect(answer.body.error.code).toBe(code);
    },
  );
});

it('is not satisfied by an answer with one key more', async () => {
  extraKey = 'unexpected';
  const answer = await send('GET', '/users/profile');
  extraKey = null;

  expect(answer.status).toBe(599);
  expect(answer.body.violation).toContain('must NOT have additional properties');
});

it('has examples that fit their own schemas', () => {
  for (const { data, example, request } of endpoints) {
    expect(data.safeParse(example).error).toBeUndefined();
    expect(request?.body?.safeParse(request.bodyExample).error).toBeUndefined();
  }
});

it('describes each endpoint’s success and failures with an example', () => {
  const { paths = {} } = createOpenApiDocument();
  for (const { method, path, status } of endpoints) {
    const operation = paths[`/api/v1${path}`]?.[method];
    expect(Object.keys(operation?.responses ?? {})).toEqual(
      expect.arrayContaining([`${status}`, '429', '500', '503']),
    );
  }
});
