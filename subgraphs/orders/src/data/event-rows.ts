import { type Cents, centsFromNumeric } from '@commerce/kit/money';
import { timestampColumn } from '@commerce/kit/postgres';
import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { type EventType, eventTypes } from './event-record.ts';
import { type OrderStatus, orderStatuses, type TrackingRecord } from './order-record.ts';

/** An order as it was at an event. */
export type EventData = {
  userId: string;
  status: OrderStatus;
  currency: string;
  subtotal: Cents;
  tax: Cents;
  shipping: Cents;
  total: Cents;
  refundedAmount: Cents;
  itemCount: number;
  tracking: TrackingRecord | null;
  createdAt: Date;
  updatedAt: Date;
  /** Of refund.succeeded and refund.failed; null for all other types. */
  refund: { refundId: string; amount: Cents } | null;
};

/** An event that has its place. */
export type EventRecord = {
  eventId: string;
  position: number;
  type: EventType;
  orderId: string;
  occurredAt: Date;
  /** Null where it is in a form that this version does not read. */
  data: EventData | null;
};

const amount = z.string().transform(centsFromNumeric);

const eventData = z.object({
  userId: z.string(),
  status: z.enum(orderStatuses),
  currency: z.string(),
  subtotal: amount,
  tax: amount,
  shipping: amount,
  total: amount,
  refundedAmount: amount,
  itemCount: z.number().int(),
  tracking: z
    .object({ carrier: z.string(), trackingNumber: z.string(), url: z.string().nullable() })
    .nullable(),
  createdAt: timestampColumn.refine(isTime),
  updatedAt: timestampColumn.refine(isTime),
  refund: z
    .object({ refundId: z.string(), amount })
    .nullish()
    .transform((refund) => refund ?? null),
});

function isTime(time: Date): boolean {
  return !Number.isNaN(time.getTime());
}

/** The columns of `order_events`, for what is named `v`, under names of their own beside other tables' columns. */
export const eventColumns: SQL = sql.raw(
  `v.event_id as "eventId", v.position, v.type, v.order_id as "orderId", v.created_at as "occurredAt", v.data`,
);

/** A row of `eventColumns`; parses to an EventRecord. */
export const eventRow = z.object({
  eventId: z.string(),
  position: z.coerce.number(),
  type: z.enum(eventTypes),
  orderId: z.string(),
  occurredAt: timestampColumn,
  // One that cannot be read must not keep readers from those behind it.
  data: z.unknown().transform((data): EventData | null => eventData.safeParse(data).data ?? null),
});
