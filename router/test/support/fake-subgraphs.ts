import { readFileSync } from 'node:fs';
import { AppError } from '@commerce/kit/errors';
import { createLogger } from '@commerce/kit/logger';
import type { RunningService } from '@commerce/kit/service';
import { createSubgraphServer, type SubgraphApp } from '@commerce/kit/subgraph-app';
import { listenSubgraph } from '@commerce/kit/subgraph-listener';
import type { Caller } from '@commerce/kit/viewer';

/** Stand-ins for the subgraphs: their real schemas over resolvers that answer from the hand. */

export const subgraphNames = ['users', 'catalog', 'cart', 'orders'] as const;
export type SubgraphName = (typeof subgraphNames)[number];

export const INTERNAL_KEY = 'internal-key-of-the-tests-0123456789-0123456789';
export const quiet = createLogger({ service: 'test', level: 'silent' });

type FakeContext = { caller: Caller };
// biome-ignore lint/suspicious/noExplicitAny: resolvers of four schemas in one type
type FakeResolvers = Record<string, Record<string, (...args: any[]) => unknown>>;

function money(amount: string) {
  return { amount, currencyCode: 'USD', cents: Math.round(Number(amount) * 100) };
}

export const address = {
  street: '123 Main St',
  city: 'New York',
  state: 'NY',
  zipCode: '10001',
  country: 'USA',
};
const time = '2024-01-15T10:30:00Z';
export const fakeUser = {
  userId: 'usr_1',
  email: 'user@example.com',
  firstName: 'John',
  lastName: 'Doe',
  phoneNumber: '+1234567890',
  addresses: [{ addressId: 'addr_001', ...address, isDefault: true }],
  createdAt: time,
  updatedAt: time,
};
const audio = { name: 'Audio' };
export const fakeProduct = {
  __typename: 'Product',
  productId: 'prod_001',
  name: 'Wireless Headphones',
  description: 'High-quality wireless headphones',
  longDescription: 'Long.',
  price: money('99.99'),
  category: { path: [{ name: 'Electronics' }, audio] },
  brand: 'TechBrand',
  sku: 'WH-001',
  inventory: 50,
  images: ['https://cdn.example.com/1.jpg', 'https://cdn.example.com/2.jpg'],
  specifications: [
    { name: 'color', value: 'Black' },
    { name: '__proto__', value: 'kept' },
  ],
  rating: 4.5,
  reviewCount: 128,
  createdAt: time,
  updatedAt: time,
};
const summary = {
  subtotal: money('199.98'),
  tax: money('15.99'),
  shipping: money('10.00'),
  total: money('225.97'),
};
export const fakeCart = {
  cartId: 'cart_usr_1',
  userId: 'usr_1',
  items: [
    {
      itemId: 'item_001',
      productId: 'prod_001',
      product: { productId: 'prod_001' },
      price: money('99.99'),
      quantity: 2,
      subtotal: money('199.98'),
      createdAt: time,
    },
  ],
  itemCount: 2,
  summary,
  warnings: [],
  version: 1,
  updatedAt: time,
};
export const fakeOrder = {
  orderId: 'ord_1',
  userId: 'usr_1',
  user: { userId: 'usr_1' },
  status: 'PENDING',
  items: [
    {
      itemId: 'item_001',
      productId: 'prod_001',
      product: { productId: 'prod_001' },
      name: 'Wireless Headphones',
      price: money('99.99'),
      quantity: 2,
      subtotal: money('199.98'),
    },
  ],
  itemCount: 2,
  summary,
  shippingAddress: address,
  billingAddress: address,
  tracking: null,
  timeline: [{ status: 'PENDING', timestamp: time, note: null }],
  createdAt: time,
  updatedAt: time,
  estimatedDelivery: '2024-01-20T10:30:00Z',
};

/** Everything answers well. */
const defaultResolvers: Record<SubgraphName, FakeResolvers> = {
  users: {
    Query: {
      me: () => fakeUser,
      endedSessions: () => ({ sessionIds: [], cursor: '2026-01-01T00:00:00.000Z' }),
      accountState: (_: unknown, { userId }: { userId: string }) => ({
        userId,
        role: 'ADMIN',
        isActive: true,
      }),
    },
    Mutation: {
      register: () => ({ user: fakeUser }),
      login: () => ({
        session: { accessToken: 'access', refreshToken: 'refresh', expiresIn: 3600, user: fakeUser },
      }),
    },
    User: { __resolveReference: ({ userId }: { userId: string }) => ({ ...fakeUser, userId }) },
  },
  catalog: {
    Query: {
      product: (_: unknown, { productId }: { productId: string }) =>
        productId === 'prod_001' ? fakeProduct : null,
      products: () => ({ nodes: [fakeProduct], totalCount: 41 }),
      categories: () => [],
    },
    Product: { __resolveReference: () => fakeProduct },
  },
  cart: {
    Query: { cart: () => fakeCart },
    Mutation: {
      addCartItem: () => ({ cart: fakeCart }),
      updateCartItem: () => ({ cart: fakeCart }),
      removeCartItem: () => ({ cart: { ...fakeCart, items: [] } }),
    },
  },
  orders: {
    Query: { order: () => fakeOrder, orders: () => ({ nodes: [fakeOrder], totalCount: 1 }) },
    Mutation: {
      createOrder: () => ({ order: fakeOrder, replayed: false }),
      receivePaymentWebhook: () => ({ received: true }),
    },
    User: {
      __resolveReference: ({ userId }: { userId: string }) => ({ userId }),
      orders: () => ({ nodes: [fakeOrder], totalCount: 1 }),
    },
  },
};

export type FakeSubgraph = RunningService & {
  /** Callers of all requests so far. */
  callers: Caller[];
  /** Replaces resolvers, type by type and field by field. */
  override(resolvers: FakeResolvers): void;
  reset(): void;
  setReady(isReady: boolean): void;
};

/** Starts one fake; its resolvers can be exchanged while it runs. */
export async function startFakeSubgraph(name: SubgraphName, port = 0): Promise<FakeSubgraph> {
  const callers: Caller[] = [];
  let overrides: FakeResolvers = {};
  let isReady = true;
  const app: SubgraphApp<FakeContext> = {
    name,
    server: createSubgraphServer<FakeContext>({
      typeDefs: readFileSync(new URL(`../../../subgraphs/${name}/schema.graphql`, import.meta.url), 'utf8'),
      resolvers: exchangeable(name, (type, field) => overrides[type]?.[field]),
      logger: quiet,
    }),
    createContext(caller) {
      callers.push(caller);
      return { caller };
    },
    async checkReady() {
      if (!isReady) throw new AppError('SYS_002');
    },
  };
  const listening = await listenSubgraph(app, {
    host: '127.0.0.1',
    port,
    acceptedKeys: [{ issuer: 'router', key: INTERNAL_KEY }],
    logger: quiet,
  });
  return {
    ...listening,
    callers,
    override(resolvers) {
      overrides = resolvers;
    },
    reset() {
      overrides = {};
      isReady = true;
      callers.length = 0;
    },
    setReady(ready) {
      isReady = ready;
    },
  };
}

function exchangeable(
  name: SubgraphName,
  find: (type: string, field: string) => ((...args: unknown[]) => unknown) | undefined,
): FakeResolvers {
  const types = Object.entries(defaultResolvers[name]).map(([type, fields]) => [
    type,
    Object.fromEntries(
      Object.entries(fields).map(([field, resolve]) => [
        field,
        (...args: unknown[]) => (find(type, field) ?? resolve)(...args),
      ]),
    ),
  ]);
  return Object.fromEntries(types);
}
