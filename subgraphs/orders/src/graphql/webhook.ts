import { connection, isTimestampKey, pageRequest } from '@commerce/kit/pagination';
import type { DeliveryLoaders } from '../data/delivery-loaders.ts';
import { type DeliveryStatus, deliveryStatus } from '../data/webhook-record.ts';
import { eventTypeName } from './event-type.ts';
import type {
  WebhookDeliveryStatus as StatusName,
  WebhookDeliveryResolvers,
  WebhookEndpointResolvers,
} from './generated.ts';

const DEFAULT_PAGE_SIZE = 10;

const statusNames: Record<DeliveryStatus, StatusName> = {
  pending: 'PENDING',
  delivered: 'DELIVERED',
  parked: 'PARKED',
};
const statuses: Record<StatusName, DeliveryStatus> = {
  PENDING: 'pending',
  DELIVERED: 'delivered',
  PARKED: 'parked',
};

/** @param loadersOf the loaders of a request, by its context */
export function createEndpointResolvers(
  loadersOf: (context: object) => DeliveryLoaders,
): WebhookEndpointResolvers {
  return {
    eventTypes: ({ eventTypes }) => eventTypes?.map(eventTypeName) ?? null,
    async deliveries({ endpointId }, { status, ...args }, context) {
      const isKey = ([createdAt]: readonly string[]) => isTimestampKey(createdAt);
      const request = pageRequest(args, { size: DEFAULT_PAGE_SIZE, keyLength: 2, isKey });
      const filter = { status: status ? statuses[status] : null };
      const loaders = loadersOf(context);
      return connection(request, await loaders.deliveriesOf({ ...filter, request }).load(endpointId), {
        keyOf: ({ createdAt, event }) => [createdAt.toISOString(), event.eventId],
        countAll: () => loaders.deliveryCountOf(filter).load(endpointId),
      });
    },
  };
}

export const deliveryResolvers: WebhookDeliveryResolvers = {
  eventId: ({ event }) => event.eventId,
  status: (delivery) => statusNames[deliveryStatus(delivery)],
  nextAttemptAt: (delivery) => (deliveryStatus(delivery) === 'pending' ? delivery.dueAt : null),
};
