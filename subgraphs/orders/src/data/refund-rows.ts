import { centsFromNumeric } from '@commerce/kit/money';
import { timestampColumn } from '@commerce/kit/postgres';
import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { refundStates } from './refund-record.ts';

/** A row of `refundColumns`. */
export const refundRow = z.object({
  refundId: z.string(),
  orderId: z.string(),
  amount: z.string().transform(centsFromNumeric),
  currency: z.string(),
  reason: z.string().nullable(),
  restock: z.array(z.object({ productId: z.string(), quantity: z.number() })),
  state: z.enum(refundStates),
  providerKey: z.string(),
  paidElsewhereBy: z.string().nullable(),
  attempts: z.number(),
  requestHash: z.string(),
  createdAt: timestampColumn,
  refundedAt: timestampColumn.nullable(),
});

/** For a refund named `r` of an order named `o`. */
export const refundColumns: SQL =
  sql.raw(`r.refund_id as "refundId", r.order_id as "orderId", r.amount, o.currency, r.reason,
  r.restock, r.state,
  coalesce(r.provider_key, r.order_id || ':refund:' || r.refund_id) as "providerKey",
  r.paid_elsewhere_by as "paidElsewhereBy", r.attempts, r.request_hash as "requestHash", r.created_at as "createdAt",
  r.refunded_at as "refundedAt"`);
