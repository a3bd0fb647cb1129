import { startTestSupergraph, type TestSupergraph } from '@commerce/testkit/in-process-supergraph';
import jwt from 'jsonwebtoken';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createShopClient, type ShopClient } from './client.ts';

/** Every error code that a request can provoke, through REST and through GraphQL, and that nothing changed after it.
 *  AUTH_004 has no REST endpoint to provoke it; SYS_001 takes a fault of ours, which the router's tests make. */

let shop: TestSupergraph;
let client: ShopClient;
let token = '';

beforeAll(async () => {
  shop = await startTestSupergraph();
  client = createShopClient(shop.url);
  token = (await client.signUp()).token;
});
afterAll(async () => {
  await shop?.close();
});

const address = { street: '1 Fault St', city: 'Albany', state: 'NY', zipCode: '12207', country: 'USA' };
const card = (name: string) => ({ type: 'credit_card', token: name });
const CREATE =
  'mutation Create($input: CreateOrderInput!) { createOrder(input: $input) { order { orderId } } }';
const ADD = 'mutation Add($input: AddCartItemInput!) { addCartItem(input: $input) { cart { version } } }';
const REGISTER = 'mutation Register($input: RegisterInput!) { register(input: $input) { user { userId } } }';
const LOGIN = 'mutation LogIn($input: LoginInput!) { login(input: $input) { session { expiresIn } } }';

type Fault = {
  code: string;
  status: number;
  what: string;
  rest: { method: string; path: string; body?: unknown };
  graphql: { document: string; input?: unknown };
  details?: unknown;
};

const faults: Fault[] = [
  {
    code: 'AUTH_001',
    status: 401,
    what: 'a wrong password',
    rest: {
      method: 'POST',
      path: '/api/v1/users/login',
      body: { email: 'customer@example.com', password: 'Wrong-Passw0rd!' },
    },
    graphql: { document: LOGIN, input: { email: 'nobody@example.com', password: 'Wrong-Passw0rd!' } },
  },
  {
    code: 'VAL_001',
    status: 400,
    what: 'a password without a digit',
    rest: {
      method: 'POST',
      path: '/api/v1/users/register',
      body: { email: 'val@example.org', password: 'No-Digit-Here!', firstName: 'A', lastName: 'B' },
    },
    graphql: {
      document: REGISTER,
      input: { email: 'val@example.org', password: 'No-Digit-Here!', firstName: 'A', lastName: 'B' },
    },
    details: [{ field: 'password', message: expect.any(String) }],
  },
  {
    code: 'VAL_002',
    status: 400,
    what: 'an absent field',
    rest: { method: 'POST', path: '/api/v1/cart/items', body: { productId: 'prod_001' } },
    graphql: { document: ADD, input: { productId: 'prod_001' } },
  },
  {
    code: 'RES_001',
    status: 404,
    what: 'an unknown product in the cart',
    rest: { method: 'POST', path: '/api/v1/cart/items', body: { productId: 'prod_missing', quantity: 1 } },
    graphql: { document: ADD, input: { productId: 'prod_missing', quantity: 1 } },
  },
  {
    code: 'RES_002',
    status: 409,
    what: 'a taken e-mail address, in another case',
    rest: {
      method: 'POST',
      path: '/api/v1/users/register',
      body: { email: 'Customer@Example.com', password: 'SecurePass123!', firstName: 'A', lastName: 'B' },
    },
    graphql: {
      document: REGISTER,
      input: { email: ' customer@example.com ', password: 'SecurePass123!', firstName: 'A', lastName: 'B' },
    },
  },
  {
    code: 'BUS_001',
    status: 400,
    what: 'more than can be bought',
    rest: { method: 'POST', path: '/api/v1/cart/items', body: { productId: 'prod_001', quantity: 51 } },
    graphql: { document: ADD, input: { productId: 'prod_001', quantity: 51 } },
    details: { productId: 'prod_001', requested: 51, available: 50 },
  },
  {
    code: 'BUS_002',
    status: 400,
    what: 'ordering an empty cart',
    rest: {
      method: 'POST',
      path: '/api/v1/orders',
      body: { shippingAddress: address, paymentMethod: card('tok_visa_1') },
    },
    graphql: { document: CREATE, input: { shippingAddress: address, paymentMethod: card('tok_visa_1') } },
  },
];

async function expectBoth(fault: Fault, as: string | undefined): Promise<void> {
  const identity = as === undefined ? {} : { token: as };
  const { method, path, body } = fault.rest;
  const rest = await client.rest(method, path, { ...identity, ...(body === undefined ? {} : { body }) });
  const twin = await client.graphql(fault.graphql.document, {
    ...identity,
    variables: { input: fault.graphql.input },
  });

  expect(rest.status).toBe(fault.status);
  expect(rest.headers.get('x-request-id')).toMatch(/^[A-Za-z0-9._-]{1,128}$/);
  expect(rest.body).toStrictEqual({
    success: false,
    error: {
      code: fault.code,
      message: expect.any(String),
      ...(fault.details === undefined ? {} : { details: fault.details }),
      timestamp: expect.any(String),
      path,
      requestId: rest.headers.get('x-request-id'),
      ...(fault.details === undefined && 'details' in Object(Object(rest.body).error)
        ? { details: expect.anything() }
        : {}),
    },
  });
  expect(twin.errors[0]?.extensions).toMatchObject({
    code: fault.code,
    httpStatus: fault.status,
    requestId: expect.any(String),
    ...(fault.details === undefined ? {} : { details: fault.details }),
  });
}

describe('one catalogue for REST and GraphQL', () => {
  it.each(faults)('answers $code to $what', async (fault) => {
    await expectBoth(fault, token);
    const cart = await client.rest('GET', '/api/v1/cart', { token });
    expect(cart.body).toMatchObject({ data: { items: [], summary: { total: 0 } } });
  });

  it('answers BUS_003 to a declined card, and keeps the cart and the stock', async () => {
    const customer = await client.signUp();
    const identity = { token: customer.token };
    const item = { productId: 'prod_003', quantity: 1 };
    const before = await client.rest('GET', '/api/v1/products/prod_003');
    await client.rest('POST', '/api/v1/cart/items', { ...identity, body: item });
    const input = { shippingAddress: address, paymentMethod: card('tok_declined_1') };

    await expectBoth(
      {
        code: 'BUS_003',
        status: 400,
        what: 'a declined card',
        rest: { method: 'POST', path: '/api/v1/orders', body: input },
        graphql: { document: CREATE, input },
      },
      customer.token,
    );

    const cart = await client.rest('GET', '/api/v1/cart', identity);
    expect(cart.body).toMatchObject({ data: { items: [item] } });
    const orders = await client.rest('GET', '/api/v1/orders', identity);
    expect(orders.body).toMatchObject({ data: { orders: [] } });
    const after = await client.rest('GET', '/api/v1/products/prod_003');
    expect(after.body).toEqual(before.body);
  });

  const profile = { method: 'GET', path: '/api/v1/users/profile' };
  const me = { document: '{ me { userId } }' };

  it('answers AUTH_003 to a missing, a malformed and a forged token', async () => {
    const fault = { code: 'AUTH_003', status: 401, what: '', rest: profile, graphql: me };
    const forged = jwt.sign({ userId: 'usr_1', role: 'admin' }, 'x'.repeat(32));
    for (const bad of [undefined, 'nonsense', forged]) await expectBoth(fault, bad);
  });

  it('answers AUTH_002 to an expired token', async () => {
    const claims = jwt.decode(token, { json: true });
    const expired = jwt.sign({ ...claims, iat: 1_700_000_000, exp: 1_700_003_600 }, shop.jwtSecret);
    await expectBoth({ code: 'AUTH_002', status: 401, what: '', rest: profile, graphql: me }, expired);
  });

  it('answers AUTH_004 to a customer who calls an operation of administrators', async () => {
    const answer = await client.graphql('{ users { totalCount } }', { token });
    expect(answer.errors[0]?.extensions).toMatchObject({ code: 'AUTH_004', httpStatus: 403 });
  });

  it('answers RES_001 to the order of somebody else exactly as to a missing one', async () => {
    const owner = await client.signUp();
    await client.rest('POST', '/api/v1/cart/items', {
      token: owner.token,
      body: { productId: 'prod_004', quantity: 1 },
    });
    const placed = await client.rest('POST', '/api/v1/orders', {
      token: owner.token,
      body: { shippingAddress: address, paymentMethod: card('tok_visa_1') },
    });
    expect(placed.status).toBe(201);
    const { orderId } = Object(placed.body).data;

    const foreign = await client.rest('GET', `/api/v1/orders/${orderId}`, { token });
    const missing = await client.rest('GET', '/api/v1/orders/ord_missing', { token });

    expect([foreign.status, missing.status]).toEqual([404, 404]);
    const { code, message } = Object(foreign.body).error;
    expect(Object(missing.body).error).toMatchObject({ code, message });
    const twin = await client.graphql('query O($id: ID!) { order(orderId: $id) { orderId } }', {
      token,
      variables: { id: orderId },
    });
    expect(twin.data).toEqual({ order: null });
  });
});

describe('faults of the request itself', () => {
  it.each([
    ['an unknown path', 'GET', '/api/v1/nothing', 404, 'RES_001'],
    ['a wrong method', 'PATCH', '/api/v1/cart', 405, 'VAL_001'],
    ['a page below 1', 'GET', '/api/v1/products?page=0', 400, 'VAL_001'],
    ['a limit above 100', 'GET', '/api/v1/products?limit=101', 400, 'VAL_001'],
    ['minPrice above maxPrice', 'GET', '/api/v1/products?minPrice=2&maxPrice=1', 400, 'VAL_001'],
    ['an unknown sort field', 'GET', '/api/v1/products?sortBy=stock', 400, 'VAL_001'],
    ['an unknown sort order', 'GET', '/api/v1/products?sortOrder=up', 400, 'VAL_001'],
    ['an unknown product', 'GET', '/api/v1/products/prod_missing', 404, 'RES_001'],
  ])('answers %s', async (_, method, path, status, code) => {
    const answer = await client.rest(method, path);
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({ success: false, error: { code, path: path.split('?')[0] } });
  });

  it('gives RATE_001 with Retry-After after too many logins, by REST and GraphQL together', async () => {
    const limited = await startTestSupergraph({ authLimit: 3 });
    try {
      const other = createShopClient(limited.url);
      const body = { email: 'customer@example.com', password: 'Wrong-Passw0rd!' };
      for (let attempt = 0; attempt < 2; attempt += 1) {
        expect((await other.rest('POST', '/api/v1/users/login', { body })).status).toBe(401);
      }
      expect((await other.graphql(LOGIN, { variables: { input: body } })).errors[0]?.extensions.code).toBe(
        'AUTH_001',
      );

      const rest = await other.rest('POST', '/api/v1/users/login', { body });
      const twin = await other.graphql(LOGIN, { variables: { input: body } });

      expect(rest.status).toBe(429);
      expect(rest.body).toMatchObject({ error: { code: 'RATE_001' } });
      expect(Number(rest.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(twin.errors[0]?.extensions).toMatchObject({ code: 'RATE_001', httpStatus: 429 });
    } finally {
      await limited.close();
    }
  });
});
