import { type OrderStatus, orderStatuses } from '../data/order-record.ts';

/** What brings a transition about.
 *  capture: the payment was taken. cancel: the customer or an administrator gives the order up, and stock
 *  and money go back. refund: an administrator pays back what was shipped. fulfil: an administrator says so. */
export type TransitionCause = 'capture' | 'cancel' | 'refund' | 'fulfil';

/** The legal transitions; there are no others. */
const transitions: Record<OrderStatus, Partial<Record<OrderStatus, TransitionCause>>> = {
  pending: { confirmed: 'capture', cancelled: 'cancel' },
  confirmed: { processing: 'fulfil', shipped: 'fulfil', cancelled: 'cancel' },
  processing: { shipped: 'fulfil', cancelled: 'cancel' },
  shipped: { delivered: 'fulfil', refunded: 'refund' },
  delivered: { refunded: 'refund' },
  cancelled: {},
  refunded: {},
};

/** The statuses from which an order may come to `to` for this cause. */
export function statusesBefore(to: OrderStatus, cause: TransitionCause): OrderStatus[] {
  return orderStatuses.filter((from) => transitions[from][to] === cause);
}
