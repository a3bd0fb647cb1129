import { type Cents, decimalText } from '@commerce/kit/money';
import { type Db, queryRows, violatedConstraint } from '@commerce/kit/postgres';
import { type SQL, sql } from 'drizzle-orm';
import type { CheckoutRecord } from './checkout-record.ts';
import { checkoutColumns, checkoutRow, plainCheckoutColumns } from './checkout-rows.ts';
import { LEASE_SECONDS } from './checkout-statements.ts';
import { insertEvent } from './event-statements.ts';
import type {
  OrderRecord,
  OrderStatus,
  PaymentMethodRecord,
  PostalAddress,
  PricingRecord,
  TrackingRecord,
} from './order-record.ts';
import { orderColumns, orderRow, plainOrderColumns } from './order-rows.ts';

export type NewOrderLine = {
  itemId: string;
  productId: string;
  name: string;
  quantity: number;
  price: Cents;
  subtotal: Cents;
};

export type NewOrder = {
  orderId: string;
  userId: string;
  currency: string;
  subtotal: Cents;
  tax: Cents;
  shipping: Cents;
  total: Cents;
  shippingAddress: PostalAddress;
  billingAddress: PostalAddress;
  paymentMethod: PaymentMethodRecord;
  pricing: PricingRecord;
  cartId: string;
  cartVersion: number;
  lines: readonly NewOrderLine[];
  /** The client's key for this request; null without one. */
  idempotency: { key: string; requestHash: string } | null;
};

export type OpenOutcome =
  | { kind: 'opened'; checkout: CheckoutRecord }
  /** Another order stands under the same key. */
  | { kind: 'key-taken' }
  /** Another live order stands for the same version of the cart, or has yet to take its pieces out of it. */
  | { kind: 'cart-taken' }
  /** The customer's account was deleted. */
  | { kind: 'customer-erased' };

export type StatusChange = {
  orderId: string;
  from: readonly OrderStatus[];
  to: 'processing' | 'shipped' | 'delivered';
  tracking?: TrackingRecord;
  note: string | null;
};

/** Writes of orders. Each is one statement, and decides alone who of several wins: no process has to
 *  be alive between two of them. */
export type OrderStore = {
  /** Records an order that is being placed, with its lines, its key, its checkout and its first timeline entry.
   *  Keys of orders that failed, and of those older than a day, are taken over. */
  open(order: NewOrder): Promise<OpenOutcome>;
  /** Changes the status and notes it in the timeline.
   *  @returns null where there is no such order, or it stands elsewhere */
  changeStatus(change: StatusChange): Promise<OrderRecord | null>;
};

const cartKeys: ReadonlySet<string | null> = new Set([
  'orders_live_cart_version_key',
  'orders_open_cart_key',
]);

export function createOrderStore(db: Db): OrderStore {
  return {
    async open(order) {
      try {
        const [opened] = await queryRows(db, openStatement(order), checkoutRow);
        return opened ? { kind: 'opened', checkout: opened } : { kind: 'key-taken' };
      } catch (error) {
        const constraint = violatedConstraint(error);
        if (cartKeys.has(constraint)) return { kind: 'cart-taken' };
        if (constraint === 'orders_customers_are_not_erased') return { kind: 'customer-erased' };
        throw error;
      }
    },
    async changeStatus(change) {
      if (change.from.length === 0) return null;
      const [changed = null] = await queryRows(db, changeStatement(change), orderRow);
      return changed;
    },
  };
}

function openStatement(order: NewOrder): SQL {
  const { idempotency } = order;
  const claim = idempotency
    ? sql`claimed as (
        insert into idempotency_keys as k (user_id, idempotency_key, request_hash, order_id, expires_at)
        values (${order.userId}, ${idempotency.key}, ${idempotency.requestHash}, ${order.orderId},
                now() + interval '24 hours')
        on conflict (user_id, idempotency_key) do update
        set request_hash = excluded.request_hash, order_id = excluded.order_id,
            created_at = excluded.created_at, expires_at = excluded.expires_at
        where k.expires_at <= now() or exists (
          select 1 from orders former
          where former.order_id = k.order_id and former.status = 'cancelled' and former.acknowledged_at is null)
        returning k.order_id),`
    : sql``;
  return sql`with ${claim} o as (${insertOrder(order)}), lines as (${insertLines(order)}), entry as (
      insert into order_timeline (order_id, status, created_at)
      select o.order_id, o.status, o.created_at from o
    ), c as (
      insert into checkouts (order_id, due_at)
      select o.order_id, now() + make_interval(secs => ${LEASE_SECONDS}) from o
      returning ${plainCheckoutColumns})
    select ${checkoutColumns} from c join o on o.order_id = c.order_id`;
}

function insertOrder(order: NewOrder): SQL {
  const itemCount = order.lines.reduce((sum, line) => sum + line.quantity, 0);
  return sql`
    insert into orders (order_id, user_id, subtotal, tax, shipping, total_amount, currency, shipping_address,
      billing_address, payment_method, pricing, estimated_delivery, item_count, cart_id, cart_version)
    select ${order.orderId}, ${order.userId}, ${decimalText(order.subtotal)}::numeric,
      ${decimalText(order.tax)}::numeric, ${decimalText(order.shipping)}::numeric,
      ${decimalText(order.total)}::numeric, ${order.currency}, ${JSON.stringify(order.shippingAddress)}::jsonb,
      ${JSON.stringify(order.billingAddress)}::jsonb, ${JSON.stringify(order.paymentMethod)}::jsonb,
      ${JSON.stringify(order.pricing)}::jsonb, now() + interval '5 days', ${itemCount}::int, ${order.cartId}, ${order.cartVersion}::int
    ${order.idempotency ? sql`where exists (select 1 from claimed)` : sql``}
    returning ${plainOrderColumns}`;
}

function insertLines(order: NewOrder): SQL {
  const lines = order.lines.map((line) => ({
    ...line,
    price: decimalText(line.price),
    subtotal: decimalText(line.subtotal),
  }));
  return sql`
    insert into order_items (item_id, order_id, product_id, product_name, quantity, price, subtotal,
      created_at, position)
    select line."itemId", o.order_id, line."productId", line.name, line.quantity, line.price, line.subtotal,
      o.created_at, line.ordinality - 1
    from o, rows from (jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as (
      "itemId" text, "productId" text, name text, quantity int, price numeric, subtotal numeric
    )) with ordinality as line`;
}

function changeStatement({ orderId, from, to, tracking, note }: StatusChange): SQL {
  return sql`with o as (
      update orders set status = ${to}, updated_at = greatest(now(), updated_at)
        ${tracking ? sql`, tracking_info = ${JSON.stringify(tracking)}::jsonb` : sql``}
      where order_id = ${orderId} and status in ${from} and acknowledged_at is not null
      returning ${plainOrderColumns}
    ), entry as (
      insert into order_timeline (order_id, status, note, created_at)
      select order_id, status, ${note}::varchar, updated_at from o
    ), event as (${insertEvent(`order.${to}`)})
    select ${orderColumns} from o`;
}
