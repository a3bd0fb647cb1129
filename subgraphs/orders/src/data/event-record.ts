/** What can happen to an order. Each is told once an order; refunds may be several. */
export const eventTypes = [
  'order.created',
  'order.confirmed',
  'order.processing',
  'order.shipped',
  'order.delivered',
  'order.cancelled',
  'order.refunded',
  'refund.succeeded',
  'refund.failed',
] as const;
export type EventType = (typeof eventTypes)[number];

/** Mails to customers about an order. */
export const mailKinds = ['confirmation', 'shipped', 'cancelled'] as const;
export type MailKind = (typeof mailKinds)[number];

/** Which event a mail of a kind is sent for. */
export const mailedEvents: Record<MailKind, EventType> = {
  confirmation: 'order.confirmed',
  shipped: 'order.shipped',
  cancelled: 'order.cancelled',
};
