import type { FieldLimits } from '@commerce/kit/field-limits';
import { createLogger } from '@commerce/kit/logger';
import type { Caller, Viewer } from '@commerce/kit/viewer';
import { createTestDatabase } from '@commerce/testkit/database';
import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { createOrdersApp } from '../src/app.ts';
import type { Failpoint } from '../src/domain/orders-deps.ts';
import type { Timing } from '../src/domain/timing.ts';
import { createFakePayments } from './fake-payments.ts';
import { createFakeShop } from './fake-shop.ts';
import { createFaultyPayments } from './faulty-payments.ts';

export const address = {
  street: '123 Main St',
  city: 'New York',
  state: 'NY',
  zipCode: '10001',
  country: 'USA',
};
export const input = {
  shippingAddress: address,
  paymentMethod: { type: 'credit_card', token: 'tok_visa_1234' },
};
export const declined = { ...input, paymentMethod: { type: 'credit_card', token: 'tok_declined_1234' } };

export const anonymous: Viewer = { kind: 'anonymous', reason: 'missing' };
export const admin: Viewer = { kind: 'user', userId: 'usr_admin', email: 'admin@example.com', role: 'admin' };
export function customer(userId = 'usr_1'): Viewer {
  return { kind: 'user', userId, email: `${userId}@example.com`, role: 'customer' };
}

export type Answer = {
  // The tests know what they asked for.
  // biome-ignore lint/suspicious/noExplicitAny: answers of any shape
  data: any;
  errors: { message: string; path?: readonly (string | number)[]; extensions: Record<string, unknown> }[];
};

const orderFields = `
  orderId userId status itemCount createdAt updatedAt estimatedDelivery
  items { itemId productId name quantity price { amount } subtotal { amount cents currencyCode } }
  summary { subtotal { amount } tax { amount } shipping { amount } total { amount } }
  shippingAddress { street city state zipCode country } billingAddress { street city state zipCode country }
  paymentMethod { type brand last4 } tracking { carrier trackingNumber url }
  timeline { status timestamp note }`;

const createOrderDocument = `
  mutation ($input: CreateOrderInput!, $key: String) {
    createOrder(input: $input, idempotencyKey: $key) { replayed order { ${orderFields} } }
  }`;

export type OrdersFixture = Awaited<ReturnType<typeof createOrdersFixture>>;

/** The orders subgraph on a database of its own, with a fake cart, catalog and payment provider.
 *  A customer `usr_1` has two of the document's headphones in the cart. */
export async function createOrdersFixture({
  paymentTimeoutMs = 10_000,
  timing,
  limits,
}: {
  paymentTimeoutMs?: number;
  timing?: Timing;
  limits?: FieldLimits;
} = {}) {
  const database = await createTestDatabase('orders');
  const statements: string[] = [];
  const client = postgres(database.url, {
    max: 10,
    onnotice: () => {},
    // The driver's own question for the types is none of ours.
    fetch_types: false,
    debug: (_connection, query) => statements.push(query),
  });
  const db = drizzle(client);
  const shop = createFakeShop();
  const books = createFakePayments();
  const payments = createFaultyPayments(books.payment);
  const logLines: string[] = [];
  let failpoint: Failpoint = () => {};
  const createApp = () =>
    createOrdersApp({
      db,
      ping: async () => {},
      cart: shop.cart,
      catalog: shop.catalog,
      payment: payments.payment,
      paymentTimeoutMs,
      ...(timing ? { timing } : {}),
      ...(limits ? { limits } : {}),
      failpoint: async (place) => await failpoint(place),
      logger: createLogger({
        service: 'orders',
        level: 'trace',
        destination: { write: (line) => void logLines.push(line) },
      }),
    });
  const app = createApp();
  // A second instance of the service on the same database.
  const otherApp = createApp();

  async function run(
    query: string,
    options: {
      viewer?: Viewer;
      variables?: Record<string, unknown>;
      instance?: typeof app;
      clientAddress?: string;
    } = {},
  ): Promise<Answer> {
    const { viewer = customer(), variables = {}, instance = app, clientAddress = '192.0.2.1' } = options;
    const caller: Caller = { viewer, clientAddress, requestId: 'test' };
    const { body } = await instance.server.executeOperation(
      { query, variables },
      { contextValue: instance.createContext(caller) },
    );
    if (body.kind !== 'single') throw new Error('Not one answer');
    const { data, errors } = JSON.parse(JSON.stringify(body.singleResult));
    return { data, errors: errors ?? [] };
  }

  const order = (variables: { input?: unknown; key?: string | null } = {}, viewer?: Viewer) =>
    run(createOrderDocument, { variables: { input, ...variables }, ...(viewer ? { viewer } : {}) });

  /** Orders and waits for the capture.
   *  @returns the order as it was answered */
  async function placed(viewer = customer(), variables: { input?: unknown; key?: string } = {}) {
    const { data, errors } = await order(variables, viewer);
    if (errors.length > 0) throw new Error(JSON.stringify(errors));
    await app.drain();
    return data.createOrder.order;
  }

  /** Waits for what goes on beside requests, in both instances. */
  async function drain() {
    await Promise.all([app.drain(), otherApp.drain()]);
  }

  /** Everything as at first. */
  async function reset() {
    failpoint = () => {};
    shop.endHanging();
    payments.endHanging();
    await drain();
    await client`truncate orders, erased_customers cascade`;
    books.reset();
    payments.reset();
    shop.reset();
    shop.addProduct('prod_001', { name: 'Wireless Headphones', priceCents: 9_999, onHand: 50 });
    shop.addProduct('prod_002', { name: 'Cable', priceCents: 550, onHand: 10 });
    shop.putInCart('usr_1', 'prod_001', 2);
    statements.length = 0;
    logLines.length = 0;
  }

  return {
    app,
    otherApp,
    db,
    sql: client,
    url: database.url,
    shop,
    payments,
    reset,
    drain,
    /** Is called by both instances between the steps of checkouts and refunds, until `reset`. */
    atFailpoints: (given: Failpoint) => {
      failpoint = given;
    },
    statements,
    logLines,
    run,
    order,
    placed,
    read: async (orderId: string, viewer: Viewer = admin) =>
      (
        await run(`query ($id: ID!) { order(orderId: $id) { ${orderFields} } }`, {
          viewer,
          variables: { id: orderId },
        })
      ).data.order,
    /** Gives a user a cart to order. */
    fillCart: (userId: string, lines: Record<string, number> = { prod_001: 1 }) => {
      for (const [productId, quantity] of Object.entries(lines)) shop.putInCart(userId, productId, quantity);
      return customer(userId);
    },
    /** The provider's books of an order: what was done, and how it went. */
    ledger: (orderId: string) => books.ledger(orderId),
    /** What was asked of the provider, of an order. */
    entries: (orderId: string) => books.entries().filter((entry) => entry.orderId === orderId),
    /** A refund that went back comes back. */
    failRefund: (key: string) => books.failRefund(key),
    /** What is neither voided, declined nor refunded, over all payments. */
    openPayments: () => books.open(),
    checkoutStates: async () =>
      (
        await client`select c.state from checkouts c join orders o using (order_id) order by o.created_at, order_id`
      ).map((row) => row.state),
    /** Takes up all that is unfinished, as if its lease had run out. */
    async recover(instance = otherApp) {
      await client`update checkouts set due_at = now() - interval '1 second' where parked_at is null`;
      await client`update refunds set due_at = now() - interval '1 second' where parked_at is null`;
      await instance.recoverCheckouts(new AbortController().signal);
      await instance.settleRefunds(new AbortController().signal);
    },
    /** What subscribers are told, in the order in which it was written. */
    events: async (orderId: string) =>
      (await client`select type from order_events where order_id = ${orderId} order by sequence`).map(
        (row) => row.type,
      ),
    async close() {
      shop.endHanging();
      payments.endHanging();
      await drain();
      await client.end({ timeout: 5 });
      await database.drop();
    },
  };
}
