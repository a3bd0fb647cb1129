import { cents, decimalText } from '@commerce/kit/money';
import { type Db, queryRows } from '@commerce/kit/postgres';
import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { type DemoOrder, demoOrders } from './demo-orders.ts';
import { trackingInput } from './domain/tracking.ts';

/** The demonstration customer, as the users subgraph's seed has it. */
const userId = 'usr_demo_customer';
const address = { street: '123 Main St', city: 'New York', state: 'NY', zipCode: '10001', country: 'USA' };

/** The design's, by which the demonstration orders were added up. */
const pricing = { taxRateBasisPoints: 800, taxRounding: 'down', shippingFlatCents: 1_000 };

/** No cart of a user is named so: its versions never meet a real one's. */
const cartId = 'cart_demo_history';

/** Adds the demonstration customer's orders; the demonstration provider's seed has their payments. Those that are there stay as they are; a second time costs one statement. Not for production.
 *  @param now a clock that is behind the orders' times moves them back: none lies in the future */
export async function seedOrders({ db, now }: { db: Db; now: Date }): Promise<void> {
  const ids = demoOrders.map(({ orderId }) => orderId);
  const known = await queryRows(
    db,
    sql`select order_id as "orderId" from orders where order_id in ${ids}`,
    z.object({ orderId: z.string() }),
  );
  const knownIds = new Set(known.map(({ orderId }) => orderId));
  const latest = Math.max(...demoOrders.map((order) => Date.parse(lastOf(order).at)));
  const shiftMs = Math.min(0, now.getTime() - latest);
  for (const [index, order] of demoOrders.entries()) {
    if (!knownIds.has(order.orderId)) await db.execute(addStatement(moved(order, shiftMs), index + 1));
  }
}

function lastOf(order: DemoOrder): DemoOrder['timeline'][number] {
  const last = order.timeline.at(-1);
  if (!last) throw new Error('An order without a timeline');
  return last;
}

function moved(order: DemoOrder, shiftMs: number): DemoOrder {
  const timeline = order.timeline.map((entry) => ({
    ...entry,
    at: new Date(Date.parse(entry.at) + shiftMs).toISOString(),
  }));
  return { ...order, timeline };
}

// One statement, so that an order never stands without its lines.
function addStatement(order: DemoOrder, cartVersion: number): SQL {
  const state = order.status === 'cancelled' ? 'failed' : 'done';
  return sql`with o as (${insertOrder(order, cartVersion)}), lines as (
      insert into order_items (item_id, order_id, product_id, product_name, quantity, price, subtotal,
        created_at, position)
      select o.order_id || '_item_' || line.ordinality, o.order_id, line."productId", line.name, line.quantity,
        line."priceCents" / 100, line."priceCents" * line.quantity / 100, o.created_at, line.ordinality - 1
      from o, rows from (jsonb_to_recordset(${JSON.stringify(order.lines)}::jsonb) as (
        "productId" text, name text, quantity int, "priceCents" numeric)) with ordinality as line
    ), timeline as (
      insert into order_timeline (order_id, status, note, created_at)
      select o.order_id, entry.status, entry.note, entry.at
      from o, jsonb_to_recordset(${JSON.stringify(order.timeline)}::jsonb) as entry (
        status text, note text, at timestamptz)
    )
    insert into checkouts (order_id, state, due_at, updated_at)
    select o.order_id, ${state}::varchar, o.created_at, o.created_at from o`;
}

function insertOrder(order: DemoOrder, cartVersion: number): SQL {
  const [placed] = order.timeline;
  const { at: updatedAt } = lastOf(order);
  const createdAt = placed?.at ?? updatedAt;
  const itemCount = order.lines.reduce((sum, { quantity }) => sum + quantity, 0);
  const postal = JSON.stringify(address);
  const { trackingNumber } = order;
  const tracking =
    trackingNumber === null ? null : JSON.stringify(trackingInput.parse({ carrier: 'UPS', trackingNumber }));
  const amount = (value: number) => sql`${decimalText(cents(value))}::numeric`;
  return sql`
    insert into orders (order_id, user_id, status, subtotal, tax, shipping, total_amount, currency,
      shipping_address, billing_address, payment_method, tracking_info, item_count, cart_id, cart_version,
      created_at, acknowledged_at, cart_consumed_at, updated_at, estimated_delivery, pricing)
    select ${order.orderId}, ${userId}, ${order.status},
      ${amount(order.subtotalCents)}, ${amount(order.taxCents)}, ${amount(order.shippingCents)},
      ${amount(order.totalCents)}, 'USD', ${postal}::jsonb, ${postal}::jsonb,
      ${JSON.stringify({ type: 'credit_card', ...cardOf(order) })}::jsonb, ${tracking}::jsonb, ${itemCount}::int,
      ${cartId}, ${cartVersion}::int, at, at, at, ${updatedAt}::timestamptz, at + interval '5 days',
      ${JSON.stringify(pricing)}::jsonb
    from (select ${createdAt}::timestamptz as at) as placed
    on conflict do nothing
    returning order_id, created_at`;
}

function cardOf({ orderId }: DemoOrder): { brand: string; last4: string; reference: string } {
  return { brand: 'visa', last4: '4242', reference: orderId.replace('ord_', 'pay_') };
}
