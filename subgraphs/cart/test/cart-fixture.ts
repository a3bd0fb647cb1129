import { AppError } from '@commerce/kit/errors';
import { createLogger } from '@commerce/kit/logger';
import type { Viewer } from '@commerce/kit/viewer';
import { createTestDatabase } from '@commerce/testkit/database';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { createCartApp } from '../src/app.ts';
import type { CatalogClient, Offer } from '../src/clients/catalog.ts';
import { documentPolicy, ordersService } from './samples.ts';

/** A catalog whose offers a test can change, and which can go away. */
function createFakeCatalog() {
  const offers = new Map<string, Offer>();
  const calls: string[][] = [];
  const catalog = {
    isAway: false,
    calls,
    set(...changed: Offer[]) {
      for (const one of changed) offers.set(one.productId, one);
    },
    remove: (productId: string) => offers.delete(productId),
    client: {
      async findOffers(productIds) {
        calls.push([...productIds]);
        if (catalog.isAway) throw new AppError('SYS_002', 'The catalog is unavailable');
        return productIds.map((id) => offers.get(id) ?? null);
      },
    } satisfies CatalogClient,
  };
  return catalog;
}

type MoneyJson = { amount: string; currencyCode: string; cents: number };

export type CartJson = {
  cartId: string;
  userId: string;
  version: number;
  itemCount: number;
  updatedAt: string | null;
  items: {
    itemId: string;
    productId: string;
    quantity: number;
    price: MoneyJson;
    subtotal: MoneyJson;
    createdAt: string;
    product: { __typename: string; productId: string };
  }[];
  summary: { subtotal: MoneyJson; tax: MoneyJson; shipping: MoneyJson; total: MoneyJson };
  warnings: {
    code: string;
    target: string;
    message: string;
    previousPrice: MoneyJson | null;
    available: number | null;
  }[];
};

type Fields = Record<string, unknown>;

export type Answer = {
  data: Fields | null;
  errors: readonly { message: string; path?: unknown; extensions: { code: string; details?: unknown } }[];
  /** Of the first error. */
  code: string | undefined;
};

/** The cart of an answer; present only where there was no error. */
export type CartAnswer = Answer & { cart: CartJson };

/** The cart subgraph on a database of its own, with a fake catalog. */
export async function createCartFixture(options: { poolSize?: number } = {}) {
  const database = await createTestDatabase('cart');
  const statements: string[] = [];
  const client = postgres(database.url, { max: options.poolSize ?? 10, onnotice: () => {} });
  const db = drizzle(client, { logger: { logQuery: (query) => void statements.push(query) } });
  const catalog = createFakeCatalog();
  const app = createCartApp({
    database: { db, ping: async () => void (await db.execute(sql`select 1`)) },
    catalog: catalog.client,
    pricing: documentPolicy,
    logger: createLogger({ service: 'cart', level: 'silent' }),
  });

  async function ask(viewer: Viewer, query: string, variables: Fields = {}): Promise<Answer> {
    const contextValue = app.createContext({ viewer, clientAddress: '127.0.0.1', requestId: 'test' });
    const { body } = await app.server.executeOperation({ query, variables }, { contextValue });
    if (body.kind !== 'single') throw new Error('An answer in parts');
    const { data, errors = [] } = JSON.parse(JSON.stringify(body.singleResult)) as Partial<Answer>;
    return { data: data ?? null, errors, code: errors[0]?.extensions.code };
  }

  /** For an operation with one field: a cart, or a payload that holds one. */
  async function askCart(viewer: Viewer, query: string, variables: Fields = {}): Promise<CartAnswer> {
    const answer = await ask(viewer, query, variables);
    const [found] = Object.values(answer.data ?? {}) as ({ cart?: CartJson } & CartJson)[];
    return { ...answer, cart: (found?.cart ?? found) as CartJson };
  }

  return {
    app,
    client,
    catalog,
    /** Every statement since the last `forget`. */
    statements,
    /** Starts counting statements and calls of the catalog anew. */
    forget() {
      statements.length = 0;
      catalog.calls.length = 0;
    },
    ask,
    askCart,
    readCart: async (viewer: Viewer) => (await askCart(viewer, `{ cart { ${cartFields} } }`)).cart,
    add: (viewer: Viewer, productId: string, quantity = 1) =>
      askCart(viewer, addMutation, { input: { productId, quantity } }),
    update: (viewer: Viewer, itemId: string, quantity: number) =>
      askCart(viewer, updateMutation, { input: { itemId, quantity } }),
    remove: (viewer: Viewer, itemId: string) => askCart(viewer, removeMutation, { input: { itemId } }),
    clear: (viewer: Viewer) => askCart(viewer, `mutation { clearCart { cart { ${cartFields} } } }`),
    checkout: async (userId: string, viewer: Viewer = ordersService) => {
      const answer = await ask(viewer, checkoutQuery, { userId });
      return { ...answer, checkout: answer.data?.checkoutCart };
    },
    version: async (userId: string, viewer: Viewer = ordersService) => {
      const query = 'query ($userId: ID!) { cartVersion(userId: $userId) }';
      const answer = await ask(viewer, query, { userId });
      return { ...answer, version: answer.data?.cartVersion };
    },
    consume: async (input: Fields, viewer: Viewer = ordersService) => {
      const answer = await ask(viewer, consumeMutation, { input });
      const payload = answer.data?.consumeCart as { consumed: boolean } | undefined;
      return { ...answer, consumed: payload?.consumed };
    },
    /** Rows as stored, without asking the subgraph. */
    storedLines: async (userId: string) => [
      ...(await client`select i.product_id, i.quantity, i.price from cart_items i
        where i.cart_id = ${`cart_${userId}`} order by i.created_at`),
    ],
    storedVersion: async (userId: string) => {
      const [row] = await client`select version from carts where user_id = ${userId}`;
      return row?.version as number | undefined;
    },
    async close() {
      await app.server.stop();
      await client.end();
      await database.drop();
    },
  };
}

export type CartFixture = Awaited<ReturnType<typeof createCartFixture>>;

const money = '{ amount currencyCode cents }';
const cartFields = `
  cartId userId version itemCount updatedAt
  items { itemId productId quantity price ${money} subtotal ${money} createdAt product { __typename productId } }
  summary { subtotal ${money} tax ${money} shipping ${money} total ${money} }
  warnings { code target message previousPrice ${money} available }`;

const addMutation = `mutation ($input: AddCartItemInput!) { addCartItem(input: $input) { cart { ${cartFields} } } }`;
const updateMutation = `mutation ($input: UpdateCartItemInput!) {
  updateCartItem(input: $input) { cart { ${cartFields} } }
}`;
const removeMutation = `mutation ($input: RemoveCartItemInput!) {
  removeCartItem(input: $input) { cart { ${cartFields} } }
}`;
const checkoutQuery = `query ($userId: ID!) {
  checkoutCart(userId: $userId) {
    cartId version currencyCode subtotalCents taxCents shippingCents totalCents
    lines { itemId productId name quantity priceCents shownPriceCents available isActive }
    pricing { taxRateBasisPoints taxRounding shippingFlatCents }
  }
}`;

const consumeMutation = 'mutation ($input: ConsumeCartInput!) { consumeCart(input: $input) { consumed } }';

/** The amounts of a summary, in the document's order. */
export function amounts(cart: CartJson): string[] {
  const { subtotal, tax, shipping, total } = cart.summary;
  return [subtotal.amount, tax.amount, shipping.amount, total.amount];
}
