import type { EventType } from '../data/event-record.ts';
import type { OrderEventType as TypeName } from './generated.ts';

const names: Record<EventType, TypeName> = {
  'order.created': 'ORDER_CREATED',
  'order.confirmed': 'ORDER_CONFIRMED',
  'order.processing': 'ORDER_PROCESSING',
  'order.shipped': 'ORDER_SHIPPED',
  'order.delivered': 'ORDER_DELIVERED',
  'order.cancelled': 'ORDER_CANCELLED',
  'order.refunded': 'ORDER_REFUNDED',
  'refund.succeeded': 'REFUND_SUCCEEDED',
  'refund.failed': 'REFUND_FAILED',
};

const types: Record<TypeName, EventType> = {
  ORDER_CREATED: 'order.created',
  ORDER_CONFIRMED: 'order.confirmed',
  ORDER_PROCESSING: 'order.processing',
  ORDER_SHIPPED: 'order.shipped',
  ORDER_DELIVERED: 'order.delivered',
  ORDER_CANCELLED: 'order.cancelled',
  ORDER_REFUNDED: 'order.refunded',
  REFUND_SUCCEEDED: 'refund.succeeded',
  REFUND_FAILED: 'refund.failed',
};

export function eventTypeName(type: EventType): TypeName {
  return names[type];
}

export function eventTypeOf(name: TypeName): EventType {
  return types[name];
}
