import { readFileSync } from 'node:fs';
import { type NewId, newId } from '@commerce/kit/ids';
import type { Logger } from '@commerce/kit/logger';
import type { Db } from '@commerce/kit/postgres';
import { createSubgraphServer, type SubgraphApp } from '@commerce/kit/subgraph-app';
import type { CartClient } from './clients/cart.ts';
import type { CatalogClient } from './clients/catalog.ts';
import { boundPayments, type PaymentProvider } from './clients/payment.ts';
import { createOrdersContext, type OrdersContext } from './context.ts';
import { createIdempotencyStore } from './data/idempotency-store.ts';
import { createOrderLoaders } from './data/loaders.ts';
import { createOrderPages, type OrderPages } from './data/order-pages.ts';
import { createOrderReader, type UnfinishedLimits } from './data/order-reader.ts';
import { createOrderStore } from './data/order-store.ts';
import { createBackground } from './domain/background.ts';
import type { OrdersDeps } from './domain/orders-deps.ts';
import { resumeOrders } from './domain/resume-orders.ts';
import type { Resolvers } from './graphql/generated.ts';
import { createMutationResolvers } from './graphql/mutation.ts';
import { orderItemResolvers, orderResolvers, timelineEntryResolvers } from './graphql/order.ts';
import { createQueryResolvers } from './graphql/query.ts';
import { userResolvers } from './graphql/user.ts';

/** A provider that has not answered by then is asked by key instead. */
const PAYMENT_TIMEOUT_MS = 5_000;

export type OrdersAppDeps = {
  db: Db;
  /** @throws AppError SYS_002 while the database is away */
  ping(): Promise<void>;
  cart: CartClient;
  catalog: CatalogClient;
  payment: PaymentProvider;
  logger: Logger;
  newId?: NewId;
  paymentTimeoutMs?: number;
};

export type OrdersApp = SubgraphApp<OrdersContext> & {
  /** Takes up what crashes and outages left unfinished, and forgets expired idempotency keys.
   *  @param signal once aborted, nothing more is taken up */
  resume(limits: UnfinishedLimits, signal?: AbortSignal): Promise<void>;
  /** Waits for the captures that are under way. */
  drain(): Promise<void>;
};

/** The orders subgraph, without a listener. */
export function createOrdersApp(deps: OrdersAppDeps): OrdersApp {
  const { db, logger } = deps;
  const reader = createOrderReader(db);
  const pages = createOrderPages(db);
  const background = createBackground(logger);
  const useCases: OrdersDeps = {
    orders: createOrderStore(db),
    reader,
    keys: createIdempotencyStore(db),
    cart: deps.cart,
    catalog: deps.catalog,
    payment: boundPayments(deps.payment, deps.paymentTimeoutMs ?? PAYMENT_TIMEOUT_MS),
    background,
    logger,
    newId: deps.newId ?? newId,
  };
  const server = createSubgraphServer<OrdersContext>({
    typeDefs: readFileSync(new URL('../schema.graphql', import.meta.url), 'utf8'),
    resolvers: createResolvers(useCases, pages),
    logger,
  });
  return {
    name: 'orders',
    server,
    createContext: (caller) =>
      createOrdersContext(caller, (scope) => createOrderLoaders(reader, pages, scope)),
    checkReady: () => deps.ping(),
    async resume(limits, signal) {
      await resumeOrders(useCases, limits, signal);
      if (!signal?.aborted) await useCases.keys.removeExpired();
    },
    drain: () => background.drain(),
  };
}

function createResolvers(deps: OrdersDeps, pages: OrderPages): Resolvers {
  return {
    Query: createQueryResolvers(pages),
    Mutation: createMutationResolvers(deps),
    Order: orderResolvers,
    OrderItem: orderItemResolvers,
    TimelineEntry: timelineEntryResolvers,
    User: userResolvers,
  };
}
