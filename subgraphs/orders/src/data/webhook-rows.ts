import { timestampColumn } from '@commerce/kit/postgres';
import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { eventTypes } from './event-record.ts';
import { eventColumns, eventRow } from './event-rows.ts';
import type { DeliveryRecord } from './webhook-record.ts';

/** The columns of `webhook_endpoints`, for what is named `e`: never the secret. */
export const endpointColumns: SQL = sql.raw(
  `e.endpoint_id as "endpointId", e.url, e.event_types as "eventTypes", e.description,
   e.is_active as "isActive", e.created_at as "createdAt"`,
);

export const endpointRow = z.object({
  endpointId: z.string(),
  url: z.string(),
  // Types that a newer version has written are none that this one sends.
  eventTypes: z
    .array(z.string())
    .transform((names) => eventTypes.filter((type) => names.includes(type)))
    .nullable(),
  description: z.string().nullable(),
  isActive: z.boolean(),
  createdAt: timestampColumn,
});

/** The columns of a delivery, named `d`, and of its event, named `v`. */
export const deliveryColumns: SQL = sql`${eventColumns}, ${sql.raw(
  `d.endpoint_id as "endpointId", d.attempts, d.due_at as "dueAt", d.delivered_at as "deliveredAt",
   d.parked_at as "parkedAt", d.last_status as "lastStatus", d.last_error as "lastError",
   d.created_at as "createdAt"`,
)}`;

/** The columns of a delivery under their own names. */
export const plainDeliveryColumns: SQL = sql.raw(
  `endpoint_id, event_id, attempts, due_at, delivered_at, parked_at, last_status, last_error, created_at`,
);

/** A row of `deliveryColumns`; parses to a DeliveryRecord. */
export const deliveryRow = eventRow
  .extend({
    endpointId: z.string(),
    attempts: z.number(),
    dueAt: timestampColumn,
    deliveredAt: timestampColumn.nullable(),
    parkedAt: timestampColumn.nullable(),
    lastStatus: z.number().nullable(),
    lastError: z.string().nullable(),
    createdAt: timestampColumn,
  })
  .transform(({ eventId, position, type, orderId, occurredAt, data, ...delivery }): DeliveryRecord => {
    return { ...delivery, event: { eventId, position, type, orderId, occurredAt, data } };
  });
