import type { OrderStatus } from '../data/order-record.ts';
import type { OrderStatus as StatusName } from './generated.ts';

const names: Record<OrderStatus, StatusName> = {
  pending: 'PENDING',
  confirmed: 'CONFIRMED',
  processing: 'PROCESSING',
  shipped: 'SHIPPED',
  delivered: 'DELIVERED',
  cancelled: 'CANCELLED',
  refunded: 'REFUNDED',
};

const statuses: Record<StatusName, OrderStatus> = {
  PENDING: 'pending',
  CONFIRMED: 'confirmed',
  PROCESSING: 'processing',
  SHIPPED: 'shipped',
  DELIVERED: 'delivered',
  CANCELLED: 'cancelled',
  REFUNDED: 'refunded',
};

export function statusName(status: OrderStatus): StatusName {
  return names[status];
}

export function statusOf(name: StatusName): OrderStatus {
  return statuses[name];
}
