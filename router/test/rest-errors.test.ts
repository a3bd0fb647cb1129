import { request as httpRequest } from 'node:http';
import { AppError } from '@commerce/kit/errors';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { address } from './support/fake-subgraphs.ts';
import { closeFakes, signToken, startFakes, startTestRouter, type TestRouter } from './support/router.ts';

let fakes: Awaited<ReturnType<typeof startFakes>>;
let router: TestRouter;
const token = signToken();

beforeAll(async () => {
  fakes = await startFakes();
  router = await startTestRouter(fakes);
});
beforeEach(() => {
  for (const fake of Object.values(fakes)) fake.reset();
});
afterAll(async () => {
  await router.close();
  await closeFakes(fakes);
});

const order = { shippingAddress: address, paymentMethod: { type: 'credit_card', token: 'tok_visa_1234' } };
const registration = { email: 'a@b.c', password: 'SecurePass123!', firstName: 'A', lastName: 'B' };

it('answers errors by the envelope, with the path without its query', async () => {
  const answer = await router.rest('GET', '/nowhere?secret=1', { headers: { 'x-request-id': 'my-id_1.2' } });

  expect(answer.status).toBe(404);
  expect(answer.headers.get('x-request-id')).toBe('my-id_1.2');
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(answer.body).toStrictEqual({
    success: false,
    error: {
      code: 'RES_001',
      message: 'There is nothing at this path',
      timestamp: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/),
      path: '/api/v1/nowhere',
      requestId: 'my-id_1.2',
    },
  });
});

it.each(['with space', 'x'.repeat(129), 'semi;colon', 'ünïcode'])(
  'replaces the request id %j',
  async (id) => {
    const answer = await router.rest('GET', '/nowhere', {
      headers: { 'x-request-id': encodeURI(id).slice(0, 200) },
    });

    expect(answer.body.error.requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(answer.headers.get('x-request-id')).toBe(answer.body.error.requestId);
  },
);

it.each(['/foo', '/api', '/api/v2/products', '/api/v1', '/api/v1/', '//api/v1/products'])(
  'has no endpoint at %s',
  async (path) => {
    const answer = await router.fetch(path, { method: 'POST' });

    expect(answer.status).toBe(404);
    expect(answer.body.error.code).toBe('RES_001');
  },
);

it.each([
  ['DELETE', '/users/login', 'POST, OPTIONS'],
  ['GET', '/users/register', 'POST, OPTIONS'],
  ['PATCH', '/cart/items/item_001', 'PUT, DELETE, OPTIONS'],
  ['PUT', '/products', 'GET, HEAD, OPTIONS'],
  ['DELETE', '/orders', 'POST, GET, HEAD, OPTIONS'],
])('refuses %s %s and tells what is allowed', async (method, path, allowed) => {
  const answer = await router.rest(method, path);

  expect(answer.status).toBe(405);
  expect(answer.headers.get('allow')).toBe(allowed);
  expect(answer.body.error.code).toBe('VAL_001');
});

it.each(['/health', '/ready', '/metrics', '/', '/api/docs', '/api/openapi.json'])(
  'refuses to change %s and tells what is allowed',
  async (path) => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      const answer = await router.fetch(path, { method });
      expect(answer.status).toBe(405);
      expect(answer.headers.get('allow')).toBe('GET, HEAD, OPTIONS');
      expect(answer.body.error).toMatchObject({ code: 'VAL_001', path });
    }
    const options = await router.fetch(path, { method: 'OPTIONS' });
    expect(options.status).toBe(204);
    expect(options.headers.get('allow')).toBe('GET, HEAD, OPTIONS');
  },
);

it('names the field of a text that no database can hold', async () => {
  const answer = await router.rest('GET', '/products?category=%00');

  expect(answer.status).toBe(400);
  expect(answer.body.error).toMatchObject({ code: 'VAL_001', details: [{ field: 'category' }] });
});

it('names the header of a key that was used for another order', async () => {
  const createOrder = () => {
    const details = [{ field: 'idempotencyKey', message: 'was used for another request' }];
    throw new AppError('VAL_001', 'Conflict', { httpStatus: 422, details });
  };
  fakes.orders.override({ Mutation: { createOrder } });
  const address = { street: '1 A St', city: 'Albany', state: 'NY', zipCode: '12207', country: 'USA' };
  const answer = await router.rest('POST', '/orders', {
    token,
    headers: { 'idempotency-key': 'k1' },
    body: { shippingAddress: address, paymentMethod: { type: 'credit_card', token: 'tok_visa_1234' } },
  });

  expect(answer.status).toBe(422);
  expect(answer.body.error.details).toEqual([
    { field: 'Idempotency-Key', message: 'was used for another request' },
  ]);
});

it('tells by OPTIONS what a path allows', async () => {
  const answer = await router.rest('OPTIONS', '/cart/items/item_001');

  expect(answer.status).toBe(204);
  expect(answer.headers.get('allow')).toBe('PUT, DELETE, OPTIONS');
});

describe('a body', () => {
  const send = (body: string | Uint8Array, headers: Record<string, string> = {}) =>
    router.fetch('/api/v1/users/login', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: body as string,
    });

  it.each([
    ['malformed', '{"email": "a@b.c", "password": "hunter2', 400],
    ['no JSON at all', 'hunter2', 400],
    ['a list', '[]', 400],
    ['null', 'null', 400],
    ['text', '"hunter2"', 400],
    ['larger than 100 KB', `{"email": "${'x'.repeat(100 * 1024)}"}`, 413],
    ['much larger', `{"email": "${'x'.repeat(5_000_000)}"}`, 413],
  ])('that is %s is refused', async (_, body, status) => {
    const answer = await send(body);

    expect(answer.status).toBe(status);
    expect(answer.body.error.code).toBe('VAL_001');
    expect(answer.text).not.toContain('hunter2');
  });

  it('that is not UTF-8 is refused', async () => {
    const answer = await send(new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]));

    expect(answer.status).toBe(400);
    expect(answer.body.error.message).toBe('The body is not UTF-8');
  });

  it('that is nested too deeply is not parsed', async () => {
    const answer = await send(`{"email": ${'['.repeat(65)}${']'.repeat(65)}}`);

    expect(answer.status).toBe(400);
    expect(answer.body.error).toMatchObject({ code: 'VAL_001', message: 'The body is nested too deeply' });
  });

  it('that is larger than 100 KB is refused, also where it does not say so', async () => {
    const status = await new Promise((resolve, reject) => {
      const headers = { 'content-type': 'application/json' };
      const options = { method: 'POST', headers };
      const request = httpRequest(`${router.url}/api/v1/users/login`, options, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      request.on('error', reject);
      // Written before the end, it goes out in chunks, without a length.
      request.write(`{"email": "${'x'.repeat(60 * 1024)}`);
      request.end('x'.repeat(60 * 1024));
    });

    expect(status).toBe(413);
  });

  it.each([
    { 'content-type': 'text/plain' },
    { 'content-type': 'application/x-www-form-urlencoded' },
    { 'content-type': 'multipart/form-data; boundary=x' },
    { 'content-type': 'application/json; charset=utf-16' },
    { 'content-type': 'application/json; charset=iso-8859-1' },
    { 'content-encoding': 'gzip' },
  ])('of another kind is refused: %j', async (headers) => {
    const answer = await send('{"email":"a@b.c","password":"x"}', headers as Record<string, string>);

    expect(answer.status).toBe(415);
    expect(answer.body.error.code).toBe('VAL_001');
  });

  it.each([
    'application/json; charset=utf-8',
    'application/json;charset="UTF-8"',
    'application/vnd.api+json',
  ])('of type %s is read', async (type) => {
    const answer = await send('{"email":"a@b.c","password":"x"}', { 'content-type': type });

    expect(answer.status).toBe(200);
  });

  it('that ends early costs nothing but itself', async () => {
    await new Promise<void>((resolve) => {
      const request = httpRequest(`${router.url}/api/v1/users/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'content-length': 1000 },
      });
      request.on('error', () => resolve());
      request.write('{"email"');
      setTimeout(() => request.destroy(), 50);
    });

    expect((await router.rest('GET', '/products')).status).toBe(200);
  });
});

describe('VAL_002 tells of fields that are absent or null, when nothing else is wrong', () => {
  it.each([
    ['POST', '/users/login', undefined, ['email', 'password']],
    ['POST', '/users/login', {}, ['email', 'password']],
    ['POST', '/users/register', { ...registration, email: null }, ['email']],
    ['POST', '/cart/items', { quantity: 1 }, ['productId']],
    ['PUT', '/cart/items/item_001', {}, ['quantity']],
    ['POST', '/orders', {}, ['shippingAddress', 'paymentMethod']],
    [
      'POST',
      '/orders',
      { ...order, shippingAddress: { ...address, city: undefined } },
      ['shippingAddress.city'],
    ],
  ])('%s %s %j', async (method, path, body, fields) => {
    const answer = await router.rest(method, path, { token, body });

    expect(answer.status).toBe(400);
    expect(answer.body.error).toMatchObject({
      code: 'VAL_002',
      message: 'Missing required field',
      details: fields.map((field) => ({ field, message: 'is required' })),
    });
  });
});

describe('VAL_001 tells of the rest', () => {
  it.each([
    ['POST', '/users/login', { email: 5, password: null }, ['email', 'password']],
    ['POST', '/users/register', { ...registration, email: 'nobody' }, ['email']],
    ['POST', '/users/register', { ...registration, firstName: '  ' }, ['firstName']],
    ['POST', '/users/register', { ...registration, phoneNumber: '0123' }, ['phoneNumber']],
    ['POST', '/users/register', { ...registration, password: 'Short1!' }, ['password']],
    ['POST', '/users/register', { ...registration, password: 'no-upper-case-1' }, ['password']],
    ['POST', '/users/register', { ...registration, password: 'NO-LOWER-CASE-1' }, ['password']],
    ['POST', '/users/register', { ...registration, password: 'No-digit-at-all' }, ['password']],
    ['POST', '/users/register', { ...registration, password: 'NoSpecial 12345' }, ['password']],
    ['POST', '/cart/items', { productId: 'prod_001', quantity: 0 }, ['quantity']],
    ['POST', '/cart/items', { productId: 'prod_001', quantity: 1000 }, ['quantity']],
    ['POST', '/cart/items', { productId: 'prod_001', quantity: 1.5 }, ['quantity']],
    ['POST', '/cart/items', { productId: 'prod_001', quantity: '2' }, ['quantity']],
    ['POST', '/cart/items', { productId: 'prod_001', quantity: 1e300 }, ['quantity']],
    ['PUT', '/cart/items/item_001', { quantity: -1 }, ['quantity']],
    ['POST', '/orders', { ...order, paymentMethod: { type: 'cash', token: 'x' } }, ['paymentMethod.type']],
    ['POST', '/orders', { ...order, shippingAddress: 'here' }, ['shippingAddress']],
    ['GET', '/products?page=abc', undefined, ['page']],
    ['GET', '/products?page=0', undefined, ['page']],
    ['GET', '/products?page=1.0', undefined, ['page']],
    ['GET', '/products?page=', undefined, ['page']],
    ['GET', '/products?page=1&page=2', undefined, ['page']],
    ['GET', '/products?limit=101', undefined, ['limit']],
    ['GET', '/products?limit=-1', undefined, ['limit']],
    ['GET', '/products?sortBy=sku', undefined, ['sortBy']],
    ['GET', '/products?sortOrder=up', undefined, ['sortOrder']],
    ['GET', '/products?minPrice=cheap', undefined, ['minPrice']],
    ['GET', '/products?minPrice=-1', undefined, ['minPrice']],
    ['GET', '/products?maxPrice=1.234', undefined, ['maxPrice']],
    ['GET', '/products?minPrice=20&maxPrice=10', undefined, ['minPrice']],
    ['GET', '/products?category=a&category=b', undefined, ['category']],
    ['GET', '/orders?status=SHIPPED', undefined, ['status']],
    ['GET', '/orders?limit=0', undefined, ['limit']],
  ])('%s %s %j', async (method, path, body, fields) => {
    const answer = await router.rest(method, path, { token, body });

    expect(answer.status).toBe(400);
    expect(answer.body.error).toMatchObject({ code: 'VAL_001', message: 'Validation failed' });
    expect([...new Set(answer.body.error.details.map(({ field }: { field: string }) => field))]).toEqual(
      fields,
    );
    expect(answer.text).not.toContain('SecurePass123!');
  });

  it.each(['', 'käse', 'x'.repeat(256), 'a\tb'])('the idempotency key %j', async (key) => {
    const headers = { 'idempotency-key': Buffer.from(key).toString('latin1') };
    const answer = await router.rest('POST', '/orders', { token, body: order, headers });

    expect(answer.body.error).toMatchObject({ code: 'VAL_001', details: [{ field: 'Idempotency-Key' }] });
  });

  it('a path that is not properly encoded', async () => {
    const answer = await router.fetch('/api/v1/products/%E0%A4%A');

    expect(answer.status).toBe(400);
    expect(answer.body.error.code).toBe('VAL_001');
  });

  it('a method override', async () => {
    const headers = { 'x-http-method-override': 'DELETE' };
    const answer = await router.rest('POST', '/cart/items', {
      token,
      body: { productId: 'p', quantity: 1 },
      headers,
    });

    expect(answer.status).toBe(400);
    expect(answer.body.error.code).toBe('VAL_001');
  });
});

it.each([
  ['/products/prod_none', 'Product not found'],
  ['/products/..%2F..%2Fetc', 'Product not found'],
  ['/products/%00', 'Product not found'],
  [`/products/${'x'.repeat(300)}`, 'Product not found'],
  ["/orders/'%20or%201=1", 'Order not found'],
])('finds nothing at %s', async (path, message) => {
  const answer = await router.rest('GET', path, { token });

  expect(answer.status).toBe(404);
  expect(answer.body.error).toMatchObject({ code: 'RES_001', message });
});

describe('what a subgraph throws', () => {
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
  ] as const)('%s reaches a REST client as %i', async (code, status) => {
    const createOrder = () => {
      throw new AppError(code, 'What happened', { details: { productId: 'prod_001' }, retryAfterSeconds: 7 });
    };
    fakes.orders.override({ Mutation: { createOrder } });

    const answer = await router.rest('POST', '/orders', { token, body: order });

    expect(answer.status).toBe(status);
    expect(answer.body.error).toMatchObject({
      code,
      message: 'What happened',
      details: { productId: 'prod_001' },
    });
    expect(answer.headers.get('retry-after')).toBe('7');
  });

  it('keeps another status where the subgraph gave one', async () => {
    const createOrder = () => {
      throw new AppError('VAL_001', 'The key was used with another body', { httpStatus: 422 });
    };
    fakes.orders.override({ Mutation: { createOrder } });

    const answer = await router.rest('POST', '/orders', { token, body: order });

    expect(answer.status).toBe(422);
  });

  it('is SYS_001 and tells nothing when it is a bug', async () => {
    const createOrder = () => {
      throw new Error('select * from orders where password = hunter2');
    };
    fakes.orders.override({ Mutation: { createOrder } });

    const answer = await router.rest('POST', '/orders', { token, body: order });

    expect(answer.status).toBe(500);
    expect(answer.body.error).toMatchObject({ code: 'SYS_001', message: 'An unexpected error occurred' });
    expect(answer.text).not.toContain('hunter2');
  });
});
