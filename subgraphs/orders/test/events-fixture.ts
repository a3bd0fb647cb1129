import { readFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLogger } from '@commerce/kit/logger';
import { createSubgraphServer } from '@commerce/kit/subgraph-app';
import type { Caller, Viewer } from '@commerce/kit/viewer';
import { createTestDatabase } from '@commerce/testkit/database';
import { sql as statement } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { createOrdersContext, type OrdersContext } from '../src/context.ts';
import type { EventType } from '../src/data/event-record.ts';
import { insertEvent } from '../src/data/event-statements.ts';
import { createOrderLoaders } from '../src/data/loaders.ts';
import { createOrderPages } from '../src/data/order-pages.ts';
import { createOrderReader } from '../src/data/order-reader.ts';
import { createRefundStore } from '../src/data/refund-store.ts';
import { createEventResolvers } from '../src/events.ts';
import { orderResolvers } from '../src/graphql/order.ts';

export const admin: Viewer = { kind: 'user', userId: 'usr_admin', email: 'admin@example.com', role: 'admin' };
export const customer: Viewer = { kind: 'user', userId: 'usr_1', email: 'a@example.com', role: 'customer' };
export const anonymous: Viewer = { kind: 'anonymous', reason: 'missing' };

export type Answer = {
  // The tests know what they asked for.
  // biome-ignore lint/suspicious/noExplicitAny: answers of any shape
  data: any;
  errors: { message: string; extensions: Record<string, unknown> }[];
};

export type EventsFixture = Awaited<ReturnType<typeof createEventsFixture>>;

/** The orders database, with orders and events written straight into it, and the resolvers of events on it. */
export async function createEventsFixture({ isPublicOnly = false } = {}) {
  const database = await createTestDatabase('orders');
  const statements: string[] = [];
  const client = postgres(database.url, {
    max: 10,
    onnotice: () => {},
    fetch_types: false,
    debug: (_connection, query) => statements.push(query),
  });
  const db = drizzle(client);
  const logLines: string[] = [];
  const logger = createLogger({
    service: 'orders',
    level: 'trace',
    destination: { write: (line) => void logLines.push(line) },
  });
  const reader = createOrderReader(db);
  const loaderDeps = { reader, pages: createOrderPages(db), refunds: createRefundStore(db) };
  const { Query, Mutation, types } = createEventResolvers({ db, isPublicOnly });
  const server = createSubgraphServer<OrdersContext>({
    typeDefs: readFileSync(new URL('../schema.graphql', import.meta.url), 'utf8'),
    resolvers: { Query, Mutation, ...types, Order: orderResolvers },
    logger,
  });

  async function run(
    query: string,
    { viewer = admin, variables = {} }: { viewer?: Viewer; variables?: Record<string, unknown> } = {},
  ): Promise<Answer> {
    const caller: Caller = { viewer, clientAddress: '192.0.2.1', requestId: 'test' };
    const contextValue = createOrdersContext(caller, (scope) => createOrderLoaders(loaderDeps, scope));
    const { body } = await server.executeOperation({ query, variables }, { contextValue });
    if (body.kind !== 'single') throw new Error('Not one answer');
    const { data, errors } = JSON.parse(JSON.stringify(body.singleResult));
    return { data, errors: errors ?? [] };
  }

  async function insertOrder(orderId: string, changes: { userId?: string; country?: string } = {}) {
    const { userId = 'usr_1', country = 'USA' } = changes;
    const address = JSON.stringify({
      street: '123 Main St',
      city: 'New York',
      state: 'NY',
      zipCode: '10001',
      country,
    });
    const tracking = JSON.stringify({
      carrier: 'UPS',
      trackingNumber: '1Z999',
      url: 'https://ups.example/?n=1Z999&x=1',
    });
    const method = JSON.stringify({ type: 'credit_card', brand: null, last4: null, reference: null });
    await client`
      insert into orders (order_id, user_id, status, subtotal, tax, shipping, total_amount, shipping_address,
        billing_address, payment_method, tracking_info, estimated_delivery, item_count, cart_id, cart_version,
        acknowledged_at, cart_consumed_at)
      values (${orderId}, ${userId}, 'confirmed', 199.98, 15.99, 10, 225.97, ${address},
        ${address}, ${method}, ${tracking}, now(), 2, ${`cart_${orderId}`}, 1,
        now(), now())`;
    await client`
      insert into order_items (item_id, order_id, product_id, product_name, quantity, price, subtotal, position)
      values (${`item_${orderId}`}, ${orderId}, 'prod_001', 'Wireless <Headphones>', 2, 99.99, 199.98, 0)`;
  }

  /** Writes an event as the core does. */
  async function insertEvents(orderId: string, ...types: EventType[]) {
    for (const type of types) {
      const more = type === 'refund.succeeded' ? '{"refund": {"refundId": "rfd_1", "amount": "5.00"}}' : '{}';
      await db.execute(statement`
        with o as (select * from orders where order_id = ${orderId})
        ${insertEvent(type, { more: statement`${more}::jsonb` })}`);
    }
  }

  return {
    db,
    sql: client,
    url: database.url,
    logger,
    logLines,
    statements,
    reader,
    run,
    insertOrder,
    insertEvents,
    reset: async () => {
      await client`truncate orders, erased_customers, webhook_endpoints, provider_messages cascade`;
      logLines.length = 0;
    },
    close: async () => {
      await client.end({ timeout: 5 });
      await database.drop();
    },
  };
}

export type Received = { url: string; headers: IncomingHttpHeaders; body: string; at: number };

/** Somebody who is told of events.
 *  @param respond answers, or leaves it at that */
export async function startReceiver(respond: (response: ServerResponse, received: Received[]) => void) {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (part: string) => {
      body += part;
    });
    request.on('end', () => {
      received.push({ url: request.url ?? '', headers: request.headers, body, at: performance.now() });
      respond(response, received);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/hook`,
    received,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export const answerWith = (status: number) => (response: ServerResponse) => {
  response.writeHead(status);
  response.end('ignored');
};
