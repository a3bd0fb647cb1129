import { randomBytes } from 'node:crypto';
import { systemClock } from '@commerce/kit/clock';
import { type NewId, newId } from '@commerce/kit/ids';
import type { Logger } from '@commerce/kit/logger';
import type { Mailer } from '@commerce/kit/mail';
import type { Db } from '@commerce/kit/postgres';
import type { RecurringTask } from '@commerce/kit/worker';
import type { UsersClient } from './clients/users.ts';
import type { WebhookSender } from './clients/webhook-sender.ts';
import type { CheckoutStore } from './data/checkout-store.ts';
import { createDeliveryLoaders } from './data/delivery-loaders.ts';
import { createEventStore } from './data/event-store.ts';
import { createMailStore } from './data/mail-store.ts';
import type { OrderReader } from './data/order-reader.ts';
import type { ProviderMessageStore } from './data/provider-message-store.ts';
import type { RefundStore } from './data/refund-store.ts';
import { createRetentionStore } from './data/retention-store.ts';
import { createDeliveryPages } from './data/webhook-delivery-pages.ts';
import { createDeliveryStore } from './data/webhook-delivery-store.ts';
import { createEndpointStore } from './data/webhook-endpoint-store.ts';
import { createEventTasks } from './domain/event-tasks.ts';
import type { Failpoint } from './domain/orders-deps.ts';
import type { EndpointDeps } from './domain/webhook-endpoints.ts';
import { orderEventDataResolvers, orderEventRefundResolvers, orderEventResolvers } from './graphql/event.ts';
import { createEventQueries } from './graphql/event-queries.ts';
import type { Resolvers } from './graphql/generated.ts';
import { createEndpointResolvers, deliveryResolvers } from './graphql/webhook.ts';
import { createWebhookMutations } from './graphql/webhook-mutations.ts';
import { createWebhookQueries } from './graphql/webhook-queries.ts';

export type EventResolverDeps = {
  db: Db;
  /** Lets webhooks have https and public addresses only: for production. */
  isPublicOnly: boolean;
  newId?: NewId;
};

export type EventResolvers = {
  Query: ReturnType<typeof createEventQueries> & ReturnType<typeof createWebhookQueries>;
  Mutation: ReturnType<typeof createWebhookMutations>;
  types: Pick<
    Resolvers,
    'OrderEvent' | 'OrderEventData' | 'OrderEventRefund' | 'WebhookEndpoint' | 'WebhookDelivery'
  >;
};

/** The feed of events and the administration of webhooks. */
export function createEventResolvers({ db, isPublicOnly, ...deps }: EventResolverDeps): EventResolvers {
  const endpoints = createEndpointStore(db);
  const useCases: EndpointDeps = {
    endpoints,
    deliveries: createDeliveryStore(db),
    newId: deps.newId ?? newId,
    randomBytes,
  };
  return {
    Query: { ...createEventQueries(createEventStore(db)), ...createWebhookQueries(endpoints) },
    Mutation: createWebhookMutations(useCases, isPublicOnly),
    types: {
      OrderEvent: orderEventResolvers,
      OrderEventData: orderEventDataResolvers,
      OrderEventRefund: orderEventRefundResolvers,
      WebhookEndpoint: createEndpointResolvers(createDeliveryLoaders(createDeliveryPages(db))),
      WebhookDelivery: deliveryResolvers,
    },
  };
}

export type EventWorkDeps = {
  db: Db;
  reader: Pick<OrderReader, 'findOrders' | 'listItems'>;
  messages: ProviderMessageStore;
  users: UsersClient;
  mailer: Pick<Mailer, 'send'>;
  sender: WebhookSender;
  checkouts: Pick<CheckoutStore, 'wake'>;
  refunds: Pick<RefundStore, 'wake' | 'reopen' | 'owe'>;
  /** Origin that links in mails begin with. */
  publicUrl: string;
  logger: Logger;
  failpoint: Failpoint;
};

/** The work in the background that follows from events: safe beside other instances. */
export function createEventWork({ db, ...deps }: EventWorkDeps): Record<string, RecurringTask> {
  return createEventTasks({
    ...deps,
    events: createEventStore(db),
    mails: createMailStore(db),
    deliveries: createDeliveryStore(db),
    retention: createRetentionStore(db),
    clock: systemClock,
    random: Math.random,
  });
}
