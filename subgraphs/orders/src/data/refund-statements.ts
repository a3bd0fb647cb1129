import { decimalText } from '@commerce/kit/money';
import { type SQL, sql } from 'drizzle-orm';
import type { Postponement } from './checkout-record.ts';
import { LEASE_SECONDS, MAX_ATTEMPTS } from './checkout-statements.ts';
import { insertEvent } from './event-statements.ts';
import { plainOrderColumns } from './order-rows.ts';
import { insertOwedRefund } from './owed-refund.ts';
import type { NewRefund, PaidElsewhere, RefundRecord } from './refund-record.ts';
import { refundColumns } from './refund-rows.ts';

const isOpen: SQL = sql.raw(`r.state not in ('done', 'refused')`);
const isUnfinished: SQL = sql`${isOpen} and r.parked_at is null`;

/** What subscribers are told of the refund `r`. */
const refundData: SQL = sql.raw(`jsonb_build_object('refund',
  (select jsonb_build_object('refundId', r.refund_id, 'amount', r.amount::text) from r))`);

// Where both are written, the order's row is locked before its refunds', in every statement, and of several refunds the
// one with the smaller id: two that met in the other order would wait for each other.

function held(orderId: string): SQL {
  return sql`held as (select order_id from orders where order_id = ${orderId} for update)`;
}

function later(ms: number): SQL {
  return sql`now() + make_interval(secs => ${ms / 1_000}::float8)`;
}

/** The provider's key of a refund; as it was where none is written down. */
const keyOf: SQL = sql.raw(`coalesce(provider_key, order_id || ':refund:' || refund_id)`);

/** The lines of a refund's `restock`, named `l`. */
function linesOf(restock: SQL): SQL {
  return sql`jsonb_to_recordset(${restock}) as l ("productId" varchar, quantity integer)`;
}

// Before shipment all of it is a cancellation, which stops the parcel as well. Of pieces, the table's CHECK says how
// many may go back: the whole statement fails where they are too many.
export function requestStatement(refund: NewRefund): SQL {
  const amount = refund.amount === null ? null : decimalText(refund.amount);
  const restock = JSON.stringify(refund.restock);
  return sql`with old as (
      select order_id, coalesce(${amount}::numeric, total_amount - refunded_amount) as amount
      from orders where order_id = ${refund.orderId} for update
    ), o as (
      update orders set refunded_amount = refunded_amount + old.amount, updated_at = greatest(now(), updated_at)
      from old
      where orders.order_id = old.order_id and old.amount > 0 and acknowledged_at is not null
        and (status in ('shipped', 'delivered') and refunded_amount + old.amount <= total_amount
          or status in ('confirmed', 'processing') and refunded_amount + old.amount < total_amount)
      returning orders.order_id, currency, old.amount
    ), items as (
      update order_items i set restocked_quantity = i.restocked_quantity + l.quantity
      from o, ${linesOf(sql`${restock}::jsonb`)}
      where i.order_id = o.order_id and i.product_id = l."productId"
    ), r as (
      insert into refunds (refund_id, order_id, amount, reason, restock, requested_by, provider_key, idempotency_key,
        request_hash, due_at)
      select ${refund.refundId}, o.order_id, o.amount, ${refund.reason}::varchar, ${restock}::jsonb,
        ${refund.requestedBy}, ${refund.providerKey}, ${refund.idempotencyKey}::varchar, ${refund.requestHash},
        ${later(LEASE_SECONDS * 1_000)}
      from o returning *)
    select ${refundColumns} from r join o on o.order_id = r.order_id`;
}

export function refundedStatement({ refundId, orderId }: RefundRecord): SQL {
  return sql`with ${held(orderId)}, ${backAgain(refundId, sql``, sql``)}
    ${insertEvent('refund.succeeded', { more: refundData, where: sql`(select is_new from r)` })}`;
}

export function paidElsewhereStatement({ refundId, orderId, paidElsewhereBy }: PaidElsewhere): SQL {
  // While the provider might still pay it, nobody else is to.
  const isParked = sql`and order_id = ${orderId} and parked_at is not null and is_refused`;
  return sql`with ${held(orderId)},
    ${backAgain(refundId, isParked, sql`, paid_elsewhere_by = ${paidElsewhereBy}`)},
    event as (${insertEvent('refund.succeeded', { more: refundData, where: sql`(select is_new from r)` })})
    select ${refundColumns} from r join o on o.order_id = r.order_id`;
}

/** The CTEs of a refund `r` whose money is back, and of its order `o`. Nobody is told twice. */
function backAgain(refundId: string, condition: SQL, changes: SQL): SQL {
  return sql`old as (
      select refund_id, refunded_at is null as is_new from refunds
      where refund_id = ${refundId} and state = 'requested' and exists (select from held) ${condition} for update
    ), r as (
      update refunds set state = 'refunded', refunded_at = coalesce(refunded_at, now()), attempts = 0,
        last_error = null, parked_at = null, due_at = greatest(due_at, ${later(LEASE_SECONDS * 1_000)}) ${changes}
      from old where refunds.refund_id = old.refund_id and state = 'requested'
      returning refunds.*, is_new
    ), o as (
      update orders set updated_at = greatest(now(), updated_at) where order_id in (select order_id from r)
      returning ${plainOrderColumns})`;
}

// Of several refunds that end at once, each sees the others' money: it was back before any of them ends.
export function doneStatement({ refundId, orderId }: RefundRecord): SQL {
  return sql`with ${held(orderId)}, r as (
      update refunds set state = 'done', last_error = null, parked_at = null
      where refund_id = ${refundId} and state = 'refunded' and exists (select from held)
      returning order_id, reason
    ), o as (
      update orders set status = 'refunded', updated_at = greatest(now(), updated_at)
      where order_id in (select order_id from r) and status in ('shipped', 'delivered') and total_amount = (
        select sum(others.amount) from refunds others
        where others.order_id = orders.order_id and others.state in ('refunded', 'done'))
      returning ${plainOrderColumns}
    ), entry as (
      insert into order_timeline (order_id, status, note, created_at)
      select order_id, status, (select reason from r), updated_at from o)
    ${insertEvent('order.refunded')}`;
}

// The order is locked first: its cancellation gives back all but what is set aside here, and must not be missed.
export function refusedStatement(refundId: string, lastError: string): SQL {
  return sql`with o as (
      select order_id from orders
      where order_id = (select order_id from refunds where refund_id = ${refundId})
        and status not in ('cancelled', 'refunded') for update
    ), r as (
      update refunds set state = 'refused', last_error = ${lastError.slice(0, 500)}, parked_at = null
      where refund_id = ${refundId} and state = 'requested' and not is_owed
        and order_id in (select order_id from o)
      returning refund_id, order_id, amount, restock
    ), items as (
      update order_items i set restocked_quantity = greatest(i.restocked_quantity - l.quantity, 0)
      from r, ${linesOf(sql`r.restock`)}
      where i.order_id = r.order_id and i.product_id = l."productId"
    ), freed as (
      update orders set refunded_amount = refunded_amount - r.amount, updated_at = greatest(now(), updated_at)
      from r where orders.order_id = r.order_id)
    select refund_id as "refundId" from r`;
}

export function claimStatement(limit: number): SQL {
  return sql`with due as (
      select r.refund_id from refunds r
      where ${isUnfinished} and r.due_at <= now() and r.attempts < ${MAX_ATTEMPTS}
      order by r.due_at, r.refund_id limit ${limit} for update skip locked
    ), r as (
      update refunds set attempts = attempts + 1, last_error = null, is_refused = false, due_at = ${later(LEASE_SECONDS * 1_000)}
      where refund_id in (select refund_id from due) returning *)
    select ${refundColumns} from r join orders o on o.order_id = r.order_id`;
}

export function findByKeyStatement(orderId: string, idempotencyKey: string): SQL {
  return sql`select ${refundColumns} from refunds r join orders o on o.order_id = r.order_id
    where r.order_id = ${orderId} and r.idempotency_key = ${idempotencyKey}`;
}

export function listStatement(orderIds: readonly string[]): SQL {
  return sql`select ${refundColumns} from refunds r join orders o on o.order_id = r.order_id
    where r.order_id in ${orderIds} order by r.order_id, r.created_at, r.refund_id`;
}

// While the money is still on its way back, its checkout finds out by itself what became of it.
export function oweStatement(orderId: string, providerKey: string): SQL {
  return sql`with o as (
      select order_id, total_amount - refunded_amount as left_amount from orders
      where order_id = ${orderId} and status = 'cancelled' and refunded_amount < total_amount
        and exists (select from checkouts c where c.order_id = orders.order_id and c.state in ('releasing', 'failed'))
      for update
    ), r as (${insertOwedRefund(providerKey, sql`o.left_amount`)} returning order_id)
    update orders set refunded_amount = total_amount, updated_at = greatest(now(), updated_at)
    where order_id in (select order_id from r)`;
}

export function parkRefusedStatement(
  { refundId, orderId, providerKey: refusedKey }: RefundRecord,
  { providerKey, lastError }: { providerKey: string; lastError: string },
): SQL {
  return sql`with ${held(orderId)}, old as (
      select refund_id, refunded_at is not null as was_told from refunds
      where refund_id = ${refundId} and state = 'requested' and exists (select from held)
        and ${keyOf} = ${refusedKey} for update
    ), r as (
      update refunds set parked_at = now(), provider_key = ${providerKey}, is_owed = true, is_refused = true,
        pending_since = null, refunded_at = null, last_error = ${lastError.slice(0, 500)}
      from old where refunds.refund_id = old.refund_id
      returning refunds.refund_id, order_id, amount, was_told
    ), o as (
      update orders set updated_at = greatest(now(), updated_at)
      where order_id in (select order_id from r where was_told)
      returning ${plainOrderColumns}
    ), event as (${insertEvent('refund.failed', { more: refundData })})
    select refund_id as "refundId" from r`;
}

// Like putting off, this is no news where somebody else has got on since, or parked it.
export function leaveStatement({ refundId, providerKey }: RefundRecord, delayMs: number): SQL {
  return sql`update refunds set attempts = 0, last_error = 'The provider has it under way', due_at = ${later(delayMs)},
      pending_since = coalesce(pending_since, now()),
      parked_at = case when pending_since < now() - interval '14 days' then now() end
    where refund_id = ${refundId} and state = 'requested' and parked_at is null and ${keyOf} = ${providerKey}
    returning parked_at is not null as "isParked"`;
}

// As of a checkout: that try is one more, and a row comes back where somebody is at work. What was refused waits for an
// administrator.
export function wakeStatement(orderId: string): SQL {
  return sql`with due as (
      select r.refund_id from refunds r
      where r.order_id = ${orderId} and ${isOpen}
        and case when r.parked_at is null then r.last_error is not null or r.due_at <= now() else not r.is_refused end
      order by r.refund_id for update
    ), woken as (
      update refunds set due_at = now(), parked_at = null,
        attempts = least(greatest(attempts - 1, 0), ${MAX_ATTEMPTS - 1})
      where refund_id in (select refund_id from due))
    select r.refund_id as "refundId" from refunds r
    where r.order_id = ${orderId} and ${isUnfinished} and r.last_error is null and r.due_at > now()`;
}

// Under whichever of its keys the provider remembers it.
export function reopenStatement(orderId: string, providerKey: string): SQL {
  return sql`update refunds
    set state = 'requested', is_owed = true, attempts = 0, due_at = now(), parked_at = null
    where order_id = ${orderId} and split_part(${keyOf}, ':', 3) = split_part(${providerKey}::text, ':', 3)
      and state in ('refunded', 'done') and paid_elsewhere_by is null
    returning refund_id as "refundId"`;
}

export function postponeStatement(
  { refundId, providerKey }: RefundRecord,
  { delayMs, lastError }: Postponement,
): SQL {
  return sql`update refunds set last_error = ${lastError.slice(0, 500)}, due_at = ${later(delayMs)}
    where refund_id = ${refundId} and state not in ('done', 'refused') and parked_at is null
      and ${keyOf} = ${providerKey}`;
}

export function parkHopelessStatement(): SQL {
  return sql`with hopeless as (
      select r.refund_id from refunds r
      where ${isUnfinished} and r.due_at <= now() and r.attempts >= ${MAX_ATTEMPTS}
      order by r.refund_id for update
    )
    update refunds set parked_at = now(), last_error = coalesce(last_error, 'Its last try did not end')
    where refund_id in (select refund_id from hopeless)
    returning refund_id as "refundId"`;
}

export function retryStatement(orderId: string): SQL {
  return sql`with parked as (
      select r.refund_id from refunds r
      where r.order_id = ${orderId} and r.parked_at is not null order by r.refund_id for update
    )
    update refunds set parked_at = null, attempts = 0, pending_since = null, due_at = now()
    where refund_id in (select refund_id from parked) returning refund_id as "refundId"`;
}
