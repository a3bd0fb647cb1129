import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { endpoints } from '../src/rest/endpoints.ts';
import { address, fakeOrder, fakeProduct, fakeUser } from './support/fake-subgraphs.ts';
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

const productAtTop = { ...fakeProduct, category: { path: [{ name: 'Books' }] }, brand: null };
const newOrder = { shippingAddress: address, paymentMethod: { type: 'credit_card', token: 'tok_visa_1234' } };
const registration = {
  email: 'user@example.com',
  password: 'SecurePass123!',
  firstName: 'John',
  lastName: 'Doe',
  phoneNumber: '+1234567890',
};
const requests: Record<string, [method: string, path: string, body?: unknown]> = {
  registerUser: ['POST', '/users/register', registration],
  logIn: ['POST', '/users/login', { email: registration.email, password: registration.password }],
  getProfile: ['GET', '/users/profile'],
  listProducts: ['GET', '/products?page=1&limit=20'],
  getProduct: ['GET', '/products/prod_001'],
  getCart: ['GET', '/cart'],
  addCartItem: ['POST', '/cart/items', { productId: 'prod_001', quantity: 2 }],
  updateCartItem: ['PUT', '/cart/items/item_001', { quantity: 3 }],
  removeCartItem: ['DELETE', '/cart/items/item_001'],
  createOrder: ['POST', '/orders', newOrder],
  getOrder: ['GET', '/orders/ord_1'],
  listOrders: ['GET', '/orders?page=1&limit=10&status=pending'],
};

/** Keys in their order, of objects and the first element of lists. */
function keysOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 1).map(keysOf);
  if (typeof value !== 'object' || value === null) return typeof value;
  return Object.entries(value).map(([key, inner]) => [key, keysOf(inner)]);
}

describe('each endpoint', () => {
  for (const endpoint of endpoints) {
    it(`${endpoint.operationId} answers with the keys of the design's example`, async () => {
      const [method, path, body] = requests[endpoint.operationId]!;
      fakes.orders.override({
        Query: {
          order: () => ({
            ...fakeOrder,
            tracking: { carrier: 'UPS', trackingNumber: '1Z', url: 'https://ups' },
          }),
        },
      });

      const answer = await router.rest(method, path, { token, body });

      expect(answer.text).not.toBe('');
      expect(answer.status).toBe(endpoint.status);
      expect(answer.body.success).toBe(true);
      expect(answer.body.message).toBe(endpoint.message);
      const { specifications: _, ...data } = answer.body.data;
      const { specifications: __, ...example } = endpoint.example as Record<string, unknown>;
      expect(keysOf(data)).toEqual(keysOf(example));
    });
  }
});

const strays = { userId: 'usr_2', role: 'ADMIN', isActive: true, price: 0, total: 0, status: 'DELIVERED' };

/** The same with fields that nobody asked for, in every object. */
function withStrays(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return { ...strays, ...Object.fromEntries(Object.entries(value).map(([k, v]) => [k, withStrays(v)])) };
}

it.each(Object.entries(requests))('%s takes no notice of fields it does not know', async (_, request) => {
  const [method, path, body] = request;
  const query = new URLSearchParams({ userId: 'usr_2', role: 'ADMIN', isActive: 'true' });
  query.set('allUsers', 'true');

  const plain = await router.rest(method, path, { token, body });
  const stray = await router.rest(method, `${path}${path.includes('?') ? '&' : '?'}${query}`, {
    token,
    body: withStrays(body),
  });

  expect(stray.status).toBe(plain.status);
  expect(stray.body).toEqual(plain.body);
});

it('turns facts into an object, whatever their names', async () => {
  const answer = await router.rest('GET', '/products/prod_001');

  expect(answer.text).toContain('"specifications":{"color":"Black","__proto__":"kept"}');
});

it('gives the category and, where there is one, the subcategory', async () => {
  const deep = await router.rest('GET', '/products/prod_001');
  expect(deep.body.data).toMatchObject({ category: 'Electronics', subcategory: 'Audio' });

  fakes.catalog.override({ Query: { product: () => productAtTop } });
  const top = await router.rest('GET', '/products/prod_001');
  expect(top.body.data).toMatchObject({ category: 'Books', subcategory: null, brand: null });
});

it('has no tracking before there is a parcel', async () => {
  const answer = await router.rest('GET', '/orders/ord_1', { token });

  expect(answer.body.data).not.toHaveProperty('tracking');
  expect(answer.body.data.timeline).toEqual([{ status: 'pending', timestamp: '2024-01-15T10:30:00Z' }]);
});

it('shows a line whose product was taken off sale, without a name', async () => {
  fakes.catalog.override({ Product: { __resolveReference: () => null } });

  const answer = await router.rest('GET', '/cart', { token });

  expect(answer.status).toBe(200);
  expect(answer.body.data.items[0]).toMatchObject({ name: null, image: null, price: 99.99 });
});

it('counts pages and tells where one stands', async () => {
  const answer = await router.rest('GET', '/products?page=3&limit=20');

  expect(answer.body.data.pagination).toEqual({
    currentPage: 3,
    totalPages: 3,
    totalItems: 41,
    itemsPerPage: 20,
    hasNextPage: false,
    hasPreviousPage: true,
  });
});

it('hands the query on as it was asked, and leaves defaults to GraphQL', async () => {
  const seen: unknown[] = [];
  const products = (_: unknown, args: unknown) => {
    seen.push(args);
    return { nodes: [], totalCount: 0 };
  };
  fakes.catalog.override({ Query: { products } });

  await router.rest('GET', '/products?category=audio&minPrice=10&maxPrice=99.99&sortBy=price&sortOrder=asc');
  await router.rest('GET', '/products');

  expect(seen).toEqual([
    {
      page: 1,
      limit: 20,
      filter: { category: 'audio', minPrice: '10', maxPrice: '99.99' },
      sort: { field: 'PRICE', direction: 'ASC' },
    },
    { page: 1, limit: 20, filter: {}, sort: { field: 'CREATED_AT', direction: 'DESC' } },
  ]);
});

it('hands the idempotency key on and marks a replay', async () => {
  let key: unknown;
  const createOrder = (_: unknown, args: { idempotencyKey: unknown }) => {
    key = args.idempotencyKey;
    return { order: fakeOrder, replayed: true };
  };
  fakes.orders.override({ Mutation: { createOrder } });

  const answer = await router.rest('POST', '/orders', {
    token,
    body: newOrder,
    headers: { 'idempotency-key': 'key 1' },
  });

  expect(answer.status).toBe(201);
  expect(answer.headers.get('idempotent-replayed')).toBe('true');
  expect(key).toBe('key 1');
});

it('ignores fields that a request must not set', async () => {
  let seen: unknown;
  const register = (_: unknown, { input }: { input: unknown }) => {
    seen = input;
    return { user: fakeUser };
  };
  fakes.users.override({ Mutation: { register } });

  const answer = await router.rest('POST', '/users/register', {
    body: { ...registration, email: '  user@example.com ', role: 'ADMIN', isActive: true },
  });

  expect(answer.status).toBe(201);
  expect(seen).toEqual(registration);
});

it('may be kept nowhere when it is private, and must be asked for anew when it is public', async () => {
  const cart = await router.rest('GET', '/cart', { token });
  const products = await router.rest('GET', '/products');
  const asAdministrator = await router.rest('GET', '/products', { token });

  expect(cart.headers.get('cache-control')).toBe('no-store');
  expect(products.headers.get('cache-control')).toBe('no-cache');
  expect(asAdministrator.headers.get('cache-control')).toBe('no-store');
});

it('answers HEAD like GET, without the body', async () => {
  const answer = await router.rest('HEAD', '/products/prod_001');

  expect(answer.status).toBe(200);
  expect(answer.text).toBe('');
});
