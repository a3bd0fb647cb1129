import { type SQL, sql } from 'drizzle-orm';
import type { CheckoutRecord, Postponement, Transition } from './checkout-record.ts';
import { checkoutColumns, plainCheckoutColumns } from './checkout-rows.ts';
import { insertEvent } from './event-statements.ts';
import type { OrderScope } from './order-reader.ts';
import { orderColumns, plainOrderColumns } from './order-rows.ts';
import { insertOwedRefund } from './owed-refund.ts';

/** Longer than any step takes (the provider has 5 s): whoever holds it works, or is dead. */
export const LEASE_SECONDS = 15;
/** Times a checkout is taken up without getting on. */
export const MAX_ATTEMPTS = 8;

const lease: SQL = sql`now() + make_interval(secs => ${LEASE_SECONDS})`;
// The column's milliseconds round up as well: that would be a moment from now.
const atOnce: SQL = sql.raw(`date_trunc('milliseconds', now())`);
const isUnfinished: SQL = sql.raw(`c.state not in ('done', 'failed')`);

// Where both are written, the checkout's row is locked before the order's, in every statement: two that met in
// the other order would wait for each other.

/** The fence: the checkout as the writer knows it. */
function isHeld({ order, state, epoch }: CheckoutRecord): SQL {
  return sql`c.order_id = ${order.orderId} and c.epoch = ${epoch} and c.state = ${state}`;
}

export function findStatement(orderId: string): SQL {
  return sql`select ${checkoutColumns} from checkouts c join orders o on o.order_id = c.order_id
    where c.order_id = ${orderId}`;
}

export function advanceStatement(checkout: CheckoutRecord, transition: Transition): SQL {
  const { to, failure } = transition;
  const held = sql`c as (
    update checkouts c set state = ${to}, attempts = 0, last_error = null, due_at = ${lease}, updated_at = now()
      ${failure ? sql`, failure = ${failure}` : sql``}
    where ${isHeld(checkout)}
    returning ${plainCheckoutColumns})`;
  const sets = orderChanges(checkout, transition);
  if (sets.length === 0) {
    return sql`with ${held} select ${checkoutColumns} from c join orders o on o.order_id = c.order_id`;
  }
  const changed = sql`update orders set updated_at = greatest(now(), updated_at), ${sql.join(sets, sql`, `)}`;
  // What is owed is what was not set aside before.
  const o = transition.owedUnder
    ? sql`before as (
      select order_id as id, total_amount - refunded_amount as left_amount from orders
      where order_id in (select order_id from c) for update
    ), o as (${changed} from before where order_id = before.id returning ${plainOrderColumns}, left_amount)`
    : sql`o as (${changed} where order_id in (select order_id from c) returning ${plainOrderColumns})`;
  return sql`with ${held}, ${o}
    ${consequences(transition)}
    select ${checkoutColumns} from c join o on o.order_id = c.order_id`;
}

function orderChanges({ order }: CheckoutRecord, transition: Transition): SQL[] {
  const { status, approval, isDecision, isConsumed, owedUnder } = transition;
  const sets: SQL[] = [];
  if (status) sets.push(sql`status = ${status}`);
  if (approval) {
    const { reference, brand, last4 } = approval;
    const paymentMethod = JSON.stringify({ ...order.paymentMethod, reference, brand, last4 });
    // Who was answered before was told of no card.
    sets.push(sql`payment_method = ${paymentMethod}::jsonb
      || case when acknowledged_at is null then '{}' else '{"isToldLate": true}' end::jsonb`);
  }
  if (isDecision) sets.push(sql`acknowledged_at = coalesce(acknowledged_at, greatest(now(), updated_at))`);
  if (isConsumed) sets.push(sql`cart_consumed_at = coalesce(cart_consumed_at, now())`);
  if (owedUnder) sets.push(sql`refunded_amount = total_amount`);
  return sets;
}

/** The timeline, the events and the refund that follow from a changed order. */
function consequences({ status, note, isDecision, owedUnder }: Transition): SQL {
  const entry = status
    ? sql`, entry as (
      insert into order_timeline (order_id, status, note, created_at)
      select order_id, status, ${note ?? null}::varchar, updated_at from o)`
    : sql``;
  const told = isDecision ? 'order.created' : status ? (`order.${status}` as const) : null;
  const event = told ? sql`, event as (${insertEvent(told)})` : sql``;
  const owed = owedUnder ? sql`, owed as (${insertOwedRefund(owedUnder, sql`o.left_amount`)})` : sql``;
  return sql`${entry}${event}${owed}`;
}

export function postponeStatement(checkout: CheckoutRecord, { delayMs, lastError }: Postponement): SQL {
  return sql`update checkouts c set last_error = ${lastError.slice(0, 500)}, updated_at = now(),
      due_at = now() + make_interval(secs => ${delayMs / 1_000}::float8)
    where ${isHeld(checkout)}`;
}

export function claimStatement(limit: number): SQL {
  return sql`with due as (
      select c.order_id from checkouts c
      where ${isUnfinished} and c.parked_at is null and c.due_at <= now() and c.attempts < ${MAX_ATTEMPTS}
      order by c.due_at, c.order_id limit ${limit} for update skip locked
    ), c as (
      update checkouts set epoch = epoch + 1, attempts = attempts + 1, due_at = ${lease}, last_error = null,
        updated_at = now()
      where order_id in (select order_id from due)
      returning ${plainCheckoutColumns})
    select ${checkoutColumns} from c join orders o on o.order_id = c.order_id`;
}

export function parkStatement(): SQL {
  return sql`update checkouts c set parked_at = now(), epoch = epoch + 1, updated_at = now()
    where ${isUnfinished} and c.parked_at is null and c.due_at <= now() and c.attempts >= ${MAX_ATTEMPTS}
    returning c.order_id as "orderId"`;
}

export function acknowledgeStatement(orderId: string): SQL {
  return sql`with o as (
      update orders set acknowledged_at = greatest(now(), updated_at), updated_at = greatest(now(), updated_at)
      where order_id = ${orderId} and status = 'pending' and acknowledged_at is null
      returning ${plainOrderColumns}
    ), event as (${insertEvent('order.created')})
    select ${orderColumns} from o
    union all
    select ${orderColumns} from orders o where o.order_id = ${orderId} and o.acknowledged_at is not null
    limit 1`;
}

/** The states from which an order can be given up: from all but those in which it is already. */
const revocable: SQL = sql.raw(
  `'started', 'authorising', 'authorised', 'committed', 'capturing', 'captured', 'done'`,
);

export function cancelStatement({
  orderId,
  scope,
  note,
}: {
  orderId: string;
  scope: OrderScope;
  note: string | null;
}): SQL {
  const owner = scope.kind === 'owner' ? sql`and user_id = ${scope.userId}` : sql``;
  return sql`with held as (
      select c.order_id from checkouts c where c.order_id = ${orderId} and c.state in (${revocable}) for update
    ), o as (
      update orders set status = 'cancelled', updated_at = greatest(now(), updated_at)
      where order_id in (select order_id from held) and status in ('pending', 'confirmed', 'processing')
        and acknowledged_at is not null ${owner}
      returning ${plainOrderColumns}
    ), c as (
      update checkouts set state = 'voiding', epoch = epoch + 1, attempts = 0, due_at = ${lease},
        parked_at = null, last_error = null, updated_at = now()
      where order_id in (select order_id from o)
      returning ${plainCheckoutColumns}
    ), entry as (
      insert into order_timeline (order_id, status, note, created_at)
      select order_id, status, ${note}::varchar, updated_at from o
    ), event as (${insertEvent('order.cancelled')})
    select ${checkoutColumns} from c join o on o.order_id = c.order_id`;
}

export function retryStatement(orderId: string): SQL {
  return sql`update checkouts c set parked_at = null, attempts = 0, due_at = ${atOnce}, updated_at = now()
    where c.order_id = ${orderId} and c.parked_at is not null
    returning c.order_id as "orderId"`;
}

/** News of a checkout: it is due at once, also where it was parked, and that try is one more. Who is at work on it
 *  keeps the lease; a row comes back where somebody is. */
export function wakeStatement(orderId: string): SQL {
  return sql`with woken as (
      update checkouts c set due_at = ${atOnce}, parked_at = null,
        attempts = least(greatest(c.attempts - 1, 0), ${MAX_ATTEMPTS - 1})
      where c.order_id = ${orderId} and ${isUnfinished} and (c.parked_at is not null or c.last_error is not null))
    select c.order_id as "orderId" from checkouts c
    where c.order_id = ${orderId} and ${isUnfinished} and c.parked_at is null and c.last_error is null
      and c.due_at > now()`;
}
