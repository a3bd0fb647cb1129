import { readFileSync } from 'node:fs';
import { createAuditLog } from '@commerce/kit/audit-log';
import { createAuditTransform } from '@commerce/kit/audited';
import type { FieldLimits } from '@commerce/kit/field-limits';
import { type NewId, newId } from '@commerce/kit/ids';
import type { Logger } from '@commerce/kit/logger';
import type { Db } from '@commerce/kit/postgres';
import { createSubgraphServer, type SubgraphApp } from '@commerce/kit/subgraph-app';
import type { RecurringTask } from '@commerce/kit/worker';
import type { CartClient } from './clients/cart.ts';
import type { CatalogClient } from './clients/catalog.ts';
import { boundPayments, type PaymentProvider } from './clients/payment.ts';
import { createOrdersContext, type OrdersContext } from './context.ts';
import { createCheckoutStore } from './data/checkout-store.ts';
import { createErasureStore } from './data/erasure-store.ts';
import { createExportStore } from './data/export-store.ts';
import { createIdempotencyStore } from './data/idempotency-store.ts';
import { createOrderLoaders } from './data/loaders.ts';
import { createMailStore } from './data/mail-store.ts';
import { createOrderPages } from './data/order-pages.ts';
import { createOrderReader } from './data/order-reader.ts';
import { createOrderStore } from './data/order-store.ts';
import { createParkedCheckouts } from './data/parked-checkouts.ts';
import { createParkedWork } from './data/parked-work.ts';
import { createProviderMessageStore } from './data/provider-message-store.ts';
import { createRefundStore } from './data/refund-store.ts';
import { createBackground } from './domain/background.ts';
import { followUpTask } from './domain/erase-customer.ts';
import type { Failpoint, OrdersDeps } from './domain/orders-deps.ts';
import { createPaymentWebhook, type VerifyPaymentWebhook } from './domain/payment-webhook.ts';
import { recoverCheckouts } from './domain/recover-checkouts.ts';
import { settleRefunds } from './domain/settle-refunds.ts';
import { systemTiming, type Timing } from './domain/timing.ts';
import { createEventResolvers, createEventWork, type EventWorkDeps } from './events.ts';
import { createAdministrationMutations } from './graphql/administration-mutations.ts';
import { createOrderMutations } from './graphql/mutation.ts';
import { orderItemResolvers, orderResolvers, timelineEntryResolvers } from './graphql/order.ts';
import { parkedCheckoutResolvers } from './graphql/parked-checkout.ts';
import { parkedWorkResolvers } from './graphql/parked-work.ts';
import { createDataExportResolvers, createPrivacyMutations } from './graphql/privacy.ts';
import { createOrderQueries } from './graphql/query.ts';
import { refundResolvers } from './graphql/refund.ts';
import { userResolvers } from './graphql/user.ts';
import { registerParkedGauge } from './parked-gauge.ts';

/** A provider that has not answered by then is asked by key instead. */
const PAYMENT_TIMEOUT_MS = 5_000;

export type OrdersAppDeps = {
  db: Db;
  /** @throws AppError SYS_002 while the database is away */
  ping(): Promise<void>;
  cart: CartClient;
  catalog: CatalogClient;
  payment: PaymentProvider;
  /** Null where the provider sends no messages. */
  verifyPaymentWebhook?: VerifyPaymentWebhook | null;
  /** Of what costs the most; without them nothing is limited. */
  limits?: FieldLimits;
  /** How others are told of events; without it they stay in the outbox. */
  channels?: Channels;
  /** Lets webhooks go to https and public addresses only. */
  isWebhookPublicOnly?: boolean;
  logger: Logger;
  newId?: NewId;
  paymentTimeoutMs?: number;
  timing?: Timing;
  /** Does nothing outside tests. */
  failpoint?: Failpoint;
};

export type Channels = Pick<EventWorkDeps, 'users' | 'mailer' | 'sender' | 'publicUrl'>;

export type OrdersApp = SubgraphApp<OrdersContext> & {
  /** Takes up checkouts that crashes, outages and unknown answers left unfinished.
   *  @param signal once aborted, nothing more is taken up */
  recoverCheckouts(signal: AbortSignal): Promise<void>;
  /** The same for refunds. */
  settleRefunds(signal: AbortSignal): Promise<void>;
  /** What is done again and again, beside requests. */
  tasks: Readonly<Record<string, RecurringTask>>;
  /** Waits for the checkouts that requests have started. */
  drain(): Promise<void>;
};

/** The orders subgraph, without a listener and without its worker. */
export function createOrdersApp(deps: OrdersAppDeps): OrdersApp {
  const { db } = deps;
  const pages = createOrderPages(db);
  const useCases = createUseCases(deps);
  const { reader, checkouts, refunds, background, logger, failpoint } = useCases;
  const messages = createProviderMessageStore(db);
  const { verifyPaymentWebhook: verify, isWebhookPublicOnly: isPublicOnly = false } = deps;
  const parked = { checkouts: createParkedCheckouts(db), work: createParkedWork(db) };
  const administration = createAdministrationMutations(
    { ...useCases, mails: createMailStore(db), messages },
    verify ? createPaymentWebhook(verify, messages) : null,
  );
  const erasures = createErasureStore(db);
  const events = createEventResolvers({ db, isPublicOnly });
  const auditLog = createAuditLog(db);
  const audit = createAuditTransform({ log: auditLog, logger });
  const sdl = readFileSync(new URL('../schema.graphql', import.meta.url), 'utf8');
  const server = createSubgraphServer<OrdersContext>({
    typeDefs: deps.limits?.configure(sdl) ?? sdl,
    resolvers: {
      Query: { ...createOrderQueries(pages, { ...parked, auditLog }), ...events.Query },
      Mutation: {
        ...createOrderMutations(useCases),
        ...administration,
        ...events.Mutation,
        ...createPrivacyMutations(erasures),
      },
      DataExport: createDataExportResolvers(createExportStore(db), auditLog),
      ...events.types,
      Order: orderResolvers,
      OrderItem: orderItemResolvers,
      ParkedCheckout: parkedCheckoutResolvers,
      ParkedWork: parkedWorkResolvers,
      Refund: refundResolvers,
      TimelineEntry: timelineEntryResolvers,
      User: userResolvers,
    },
    logger: deps.logger,
    // Limits come first: what they refuse is not recorded.
    transformSchema(schema) {
      const audited = audit(schema);
      return deps.limits?.transform(audited) ?? audited;
    },
  });
  return {
    name: 'orders',
    server,
    createContext: (caller) =>
      createOrdersContext(caller, (scope) => createOrderLoaders({ reader, pages, refunds }, scope)),
    checkReady: () => deps.ping(),
    recoverCheckouts: (signal) => recoverCheckouts(useCases, signal),
    settleRefunds: (signal) => settleRefunds(useCases, signal),
    registerMetrics: (registry) => registerParkedGauge(registry, db),
    tasks: {
      'recover-checkouts': { everySeconds: 2, run: (signal) => recoverCheckouts(useCases, signal) },
      'erase-final-orders': followUpTask(erasures),
      'settle-refunds': { everySeconds: 2, run: (signal) => settleRefunds(useCases, signal) },
      ...(deps.channels
        ? createEventWork({ ...deps.channels, db, reader, checkouts, refunds, messages, logger, failpoint })
        : {}),
    },
    drain: () => background.drain(),
  };
}

function createUseCases(deps: OrdersAppDeps): OrdersDeps {
  const { db, cart, catalog, logger } = deps;
  return {
    orders: createOrderStore(db),
    checkouts: createCheckoutStore(db),
    refunds: createRefundStore(db),
    reader: createOrderReader(db),
    keys: createIdempotencyStore(db),
    cart,
    catalog,
    payment: boundPayments(deps.payment, deps.paymentTimeoutMs ?? PAYMENT_TIMEOUT_MS),
    background: createBackground(logger),
    logger,
    newId: deps.newId ?? newId,
    timing: deps.timing ?? systemTiming,
    failpoint: deps.failpoint ?? (() => undefined),
  };
}
