import { type Cents, decimalText } from '@commerce/kit/money';
import { type Db, queryRows, violatedConstraint } from '@commerce/kit/postgres';
import { type SQL, sql } from 'drizzle-orm';
import type {
  CheckoutState,
  OrderRecord,
  OrderStatus,
  PaymentMethodRecord,
  PostalAddress,
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
  cartId: string;
  cartVersion: number;
  lines: readonly NewOrderLine[];
  /** The client's key for this request; null without one. */
  idempotency: { key: string; requestHash: string } | null;
};

export type OpenOutcome =
  | { kind: 'opened'; order: OrderRecord }
  /** Another order stands under the same key. */
  | { kind: 'key-taken' }
  /** Another live order stands for the same version of the cart, or has yet to take its pieces out of it. */
  | { kind: 'cart-taken' };

export type StatusChange = {
  orderId: string;
  /** Only an order of this user; anybody's where null. */
  ownerId?: string | null;
  from: readonly OrderStatus[];
  to: OrderStatus;
  fromCheckout: readonly CheckoutState[];
  /** Where the checkout then stands; as before where absent. */
  toCheckout?: CheckoutState;
  tracking?: TrackingRecord;
  note?: string | null;
};

/** Writes of orders. Each is one statement, and decides alone who of several wins: no process has to
 *  be alive between two of them. */
export type OrderStore = {
  /** Records an order that is being placed, with its lines, its key and its first timeline entry.
   *  Keys of orders that failed, and of those older than a day, are taken over. */
  open(order: NewOrder): Promise<OpenOutcome>;
  /** The decision: from here on the order stands and the customer may be told.
   *  @returns null where the order is no longer being placed: it was, or is being, undone */
  take(orderId: string, paymentMethod: PaymentMethodRecord): Promise<OrderRecord | null>;
  /** Changes the status and notes it in the timeline.
   *  @returns null where there is no such order, or it stands elsewhere */
  changeStatus(change: StatusChange): Promise<OrderRecord | null>;
  /** Moves what customers do not see.
   *  @returns false where the order stands elsewhere, or there already */
  moveCheckout(orderId: string, from: CheckoutState, to: CheckoutState): Promise<boolean>;
  /** Records that the ordered pieces are out of the cart, which frees the cart for other orders.
   *  @returns the order as it stands then; null where there is none */
  markCartConsumed(orderId: string): Promise<OrderRecord | null>;
  /** Notes that unfinished work is taken up: the next time, others come first. */
  noteAttempt(orderId: string): Promise<void>;
};

const cartKeys: ReadonlySet<string | null> = new Set([
  'orders_live_cart_version_key',
  'orders_open_cart_key',
]);

export function createOrderStore(db: Db): OrderStore {
  return {
    async open(order) {
      try {
        const [opened] = await queryRows(db, openStatement(order), orderRow);
        return opened ? { kind: 'opened', order: opened } : { kind: 'key-taken' };
      } catch (error) {
        if (cartKeys.has(violatedConstraint(error))) return { kind: 'cart-taken' };
        throw error;
      }
    },
    async take(orderId, paymentMethod) {
      const [taken = null] = await queryRows(db, takeStatement(orderId, paymentMethod), orderRow);
      return taken;
    },
    async changeStatus(change) {
      if (change.from.length === 0) return null;
      const [changed = null] = await queryRows(db, changeStatement(change), orderRow);
      return changed;
    },
    async moveCheckout(orderId, from, to) {
      const moved = await db.execute(sql`
        update orders set checkout_state = ${to}
        where order_id = ${orderId} and checkout_state = ${from}
        returning order_id`);
      return moved.length > 0;
    },
    async markCartConsumed(orderId) {
      const [marked = null] = await queryRows(db, consumedStatement(orderId), orderRow);
      return marked;
    },
    async noteAttempt(orderId) {
      await db.execute(sql`update orders set attempted_at = now() where order_id = ${orderId}`);
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
      select o.order_id, o.status, o.created_at from o)
    select ${orderColumns} from o`;
}

function insertOrder(order: NewOrder): SQL {
  const itemCount = order.lines.reduce((sum, line) => sum + line.quantity, 0);
  return sql`
    insert into orders (order_id, user_id, subtotal, tax, shipping, total_amount, currency, shipping_address,
      billing_address, payment_method, estimated_delivery, item_count, cart_id, cart_version)
    select ${order.orderId}, ${order.userId}, ${decimalText(order.subtotal)}::numeric,
      ${decimalText(order.tax)}::numeric, ${decimalText(order.shipping)}::numeric,
      ${decimalText(order.total)}::numeric, ${order.currency}, ${JSON.stringify(order.shippingAddress)}::jsonb,
      ${JSON.stringify(order.billingAddress)}::jsonb, ${JSON.stringify(order.paymentMethod)}::jsonb,
      now() + interval '5 days', ${itemCount}::int, ${order.cartId}, ${order.cartVersion}::int
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

function takeStatement(orderId: string, paymentMethod: PaymentMethodRecord): SQL {
  return sql`
    update orders o
    set checkout_state = 'taken', payment_method = ${JSON.stringify(paymentMethod)}::jsonb,
      acknowledged_at = greatest(now(), o.updated_at), updated_at = greatest(now(), o.updated_at)
    where o.order_id = ${orderId} and o.checkout_state = 'placing'
    returning ${orderColumns}`;
}

function consumedStatement(orderId: string): SQL {
  return sql`
    update orders o set cart_consumed_at = coalesce(o.cart_consumed_at, now())
    where o.order_id = ${orderId}
    returning ${orderColumns}`;
}

function changeStatement(change: StatusChange): SQL {
  const { ownerId, toCheckout, tracking } = change;
  return sql`with o as (
      update orders set status = ${change.to}, updated_at = greatest(now(), updated_at)
        ${toCheckout ? sql`, checkout_state = ${toCheckout}` : sql``}
        ${tracking ? sql`, tracking_info = ${JSON.stringify(tracking)}::jsonb` : sql``}
      where order_id = ${change.orderId} and status in ${change.from}
        and checkout_state in ${change.fromCheckout}
        ${ownerId == null ? sql`` : sql`and user_id = ${ownerId}`}
      returning ${plainOrderColumns}
    ), entry as (
      insert into order_timeline (order_id, status, note, created_at)
      select order_id, status, ${change.note ?? null}::varchar, updated_at from o
    )
    select ${orderColumns} from o`;
}
