import type { PageRequest } from '@commerce/kit/pagination';
import { type Db, queryRows, timestampColumn } from '@commerce/kit/postgres';
import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';

const countsRow = z.object({
  orders: z.number(),
  items: z.number(),
  refunds: z.number(),
  timeline: z.number(),
  mails: z.number(),
});
const exportedRow = z.object({
  orderId: z.string(),
  createdAt: timestampColumn,
  order: z.record(z.string(), z.unknown()),
});

/** An order with all that belongs to it, as it is handed out. */
export type ExportedOrder = z.output<typeof exportedRow>;

export type ExportStore = {
  /** A page of all that is kept of a user's orders, hidden ones too; newest first, one too many where more follow. */
  list(userId: string, request: Extract<PageRequest, { kind: 'cursor' }>): Promise<ExportedOrder[]>;
  count(userId: string): Promise<z.output<typeof countsRow>>;
};

export function createExportStore(db: Db): ExportStore {
  return {
    list: async (userId, request) => await queryRows(db, pageStatement(userId, request), exportedRow),
    async count(userId) {
      const [row] = await queryRows(db, countStatement(userId), countsRow);
      if (!row) throw new Error('A count gave no row');
      return row;
    },
  };
}

function pageStatement(userId: string, { after, size }: Extract<PageRequest, { kind: 'cursor' }>): SQL {
  const [createdAt = null, orderId = null] = after ?? [];
  const isBehind =
    after === null ? sql`true` : sql`(o.created_at, o.order_id) < (${createdAt}::timestamptz, ${orderId})`;
  return sql`
    select o.order_id as "orderId", o.created_at as "createdAt", ${exportedOrder} as "order"
    from orders o where o.order_id in (select orders_of(${userId})) and ${isBehind}
    order by o.created_at desc, o.order_id desc limit ${size + 1}`;
}

/** All columns but those that say how the shop works. */
const exportedOrder: SQL = sql.raw(`jsonb_build_object(
  'orderId', o.order_id, 'status', o.status, 'createdAt', o.created_at, 'updatedAt', o.updated_at,
  'estimatedDelivery', o.estimated_delivery, 'currency', o.currency, 'subtotal', o.subtotal::text,
  'tax', o.tax::text, 'shipping', o.shipping::text, 'total', o.total_amount::text,
  'refunded', o.refunded_amount::text, 'pricing', o.pricing, 'shippingAddress', o.shipping_address,
  'billingAddress', o.billing_address, 'paymentMethod', o.payment_method - 'isToldLate',
  'tracking', o.tracking_info, 'wasAccepted', o.acknowledged_at is not null,
  'items', (select coalesce(jsonb_agg(jsonb_build_object('itemId', i.item_id, 'productId', i.product_id,
      'name', i.product_name, 'quantity', i.quantity, 'price', i.price::text, 'subtotal', i.subtotal::text)
    order by i.position), '[]') from order_items i where i.order_id = o.order_id),
  'timeline', (select coalesce(jsonb_agg(jsonb_build_object('status', t.status, 'note', t.note, 'at', t.created_at)
    order by t.created_at, t.status), '[]') from order_timeline t where t.order_id = o.order_id),
  'refunds', (select coalesce(jsonb_agg(jsonb_build_object('refundId', r.refund_id, 'amount', r.amount::text,
      'reason', r.reason, 'restock', r.restock, 'state', r.state, 'createdAt', r.created_at,
      'refundedAt', r.refunded_at) order by r.created_at, r.refund_id), '[]')
    from refunds r where r.order_id = o.order_id),
  'mails', (select coalesce(jsonb_agg(jsonb_build_object('kind', m.kind, 'createdAt', m.created_at,
      'sentAt', m.sent_at) order by m.created_at, m.kind), '[]') from order_mails m where m.order_id = o.order_id),
  'idempotencyKeys', (select coalesce(jsonb_agg(jsonb_build_object('key', k.idempotency_key,
      'createdAt', k.created_at, 'expiresAt', k.expires_at) order by k.created_at, k.idempotency_key), '[]')
    from idempotency_keys k where k.order_id = o.order_id))`);

function countStatement(userId: string): SQL {
  const count = (table: SQL) =>
    sql`(select count(*)::int from ${table} where order_id in (select orders_of(${userId})))`;
  return sql`select ${count(sql`orders`)} as orders, ${count(sql`order_items`)} as items,
    ${count(sql`refunds`)} as refunds, ${count(sql`order_timeline`)} as timeline,
    ${count(sql`order_mails`)} as mails`;
}
