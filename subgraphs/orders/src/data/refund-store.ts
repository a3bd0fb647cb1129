import { type Cents, centsFromNumeric, decimalText } from '@commerce/kit/money';
import { type Db, queryRows, timestampColumn, violatedConstraint } from '@commerce/kit/postgres';
import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { LEASE_SECONDS, MAX_ATTEMPTS } from './checkout-statements.ts';
import { insertEvent } from './event-statements.ts';
import { groupByOrder } from './order-reader.ts';
import { plainOrderColumns } from './order-rows.ts';
import { type RefundRecord, type RestockLine, refundStates } from './refund-record.ts';

export type NewRefund = {
  refundId: string;
  orderId: string;
  /** All that is left where null. */
  amount: Cents | null;
  reason: string | null;
  restock: readonly RestockLine[];
  requestedBy: string;
  idempotencyKey: string | null;
  requestHash: string;
};

/** Refunds. Each write is one statement. The provider's and the catalog's operations are keyed by the refund, so
 *  that two takers of one refund do no harm. */
export type RefundStore = {
  /** Records a refund and sets its amount aside.
   *  @returns null where the order cannot be refunded so far; `key-taken` where the key has a refund */
  request(refund: NewRefund): Promise<RefundRecord | 'key-taken' | null>;
  findByKey(orderId: string, idempotencyKey: string): Promise<RefundRecord | null>;
  /** The money is back: written once, with its event. */
  markRefunded(refundId: string): Promise<void>;
  /** All is back. An order that was shipped, and all of whose money is back, is refunded. */
  markDone(refundId: string): Promise<void>;
  /** Nothing goes back, for good: the amount may be refunded anew.
   *  @returns false where it is owed all the same: the order was cancelled less this refund, or is refunded */
  markRefused(refundId: string, lastError: string): Promise<boolean>;
  claimDue(limit: number): Promise<RefundRecord[]>;
  postpone(refundId: string, postponement: { delayMs: number; lastError: string }): Promise<void>;
  /** @returns the refunds that were parked */
  parkHopeless(): Promise<string[]>;
  /** Lets the parked refunds of an order be taken up again.
   *  @returns false where there is none */
  retry(orderId: string): Promise<boolean>;
  /** @returns result[i] are the refunds of orderIds[i], oldest first */
  listByOrders(orderIds: readonly string[]): Promise<RefundRecord[][]>;
};

const refundRow = z.object({
  refundId: z.string(),
  orderId: z.string(),
  amount: z.string().transform(centsFromNumeric),
  currency: z.string(),
  reason: z.string().nullable(),
  restock: z.array(z.object({ productId: z.string(), quantity: z.number() })),
  state: z.enum(refundStates),
  attempts: z.number(),
  requestHash: z.string(),
  createdAt: timestampColumn,
  refundedAt: timestampColumn.nullable(),
});

/** For a refund named `r` of an order named `o`. */
const refundColumns: SQL =
  sql.raw(`r.refund_id as "refundId", r.order_id as "orderId", r.amount, o.currency, r.reason,
  r.restock, r.state, r.attempts, r.request_hash as "requestHash", r.created_at as "createdAt",
  r.refunded_at as "refundedAt"`);
const isUnfinished: SQL = sql.raw(`r.state not in ('done', 'refused') and r.parked_at is null`);
const refundIdRow = z.object({ refundId: z.string() });

export function createRefundStore(db: Db): RefundStore {
  const run = async (statement: SQL) => void (await db.execute(statement));
  return {
    async request(refund) {
      try {
        const [requested = null] = await queryRows(db, requestStatement(refund), refundRow);
        return requested;
      } catch (error) {
        if (violatedConstraint(error) === 'refunds_idempotency_key_key') return 'key-taken';
        throw error;
      }
    },
    async findByKey(orderId, key) {
      const statement = sql`select ${refundColumns} from refunds r join orders o on o.order_id = r.order_id
        where r.order_id = ${orderId} and r.idempotency_key = ${key}`;
      const [found = null] = await queryRows(db, statement, refundRow);
      return found;
    },
    markRefunded: (refundId) => run(refundedStatement(refundId)),
    markDone: (refundId) => run(doneStatement(refundId)),
    async markRefused(refundId, lastError) {
      return (await queryRows(db, refusedStatement(refundId, lastError), refundIdRow)).length > 0;
    },
    claimDue: (limit) => queryRows(db, claimStatement(limit), refundRow),
    postpone: (refundId, { delayMs, lastError }) =>
      run(sql`update refunds set last_error = ${lastError.slice(0, 500)},
          due_at = now() + make_interval(secs => ${delayMs / 1_000}::float8)
        where refund_id = ${refundId} and state not in ('done', 'refused')`),
    async parkHopeless() {
      const parked = sql`update refunds r set parked_at = now()
        where ${isUnfinished} and r.due_at <= now() and r.attempts >= ${MAX_ATTEMPTS}
        returning r.refund_id as "refundId"`;
      return (await queryRows(db, parked, refundIdRow)).map(({ refundId }) => refundId);
    },
    async retry(orderId) {
      const retried = sql`update refunds r set parked_at = null, attempts = 0, due_at = now()
        where r.order_id = ${orderId} and r.parked_at is not null returning r.refund_id as "refundId"`;
      return (await queryRows(db, retried, refundIdRow)).length > 0;
    },
    async listByOrders(orderIds) {
      const statement = sql`select ${refundColumns} from refunds r join orders o on o.order_id = r.order_id
        where r.order_id in ${orderIds} order by r.order_id, r.created_at, r.refund_id`;
      return groupByOrder(orderIds, await queryRows(db, statement, refundRow));
    },
  };
}

// Before shipment all of it is a cancellation, which stops the parcel as well.
function requestStatement(refund: NewRefund): SQL {
  const amount = refund.amount === null ? null : decimalText(refund.amount);
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
    ), r as (
      insert into refunds (refund_id, order_id, amount, reason, restock, requested_by, idempotency_key, request_hash,
        due_at)
      select ${refund.refundId}, o.order_id, o.amount, ${refund.reason}::varchar,
        ${JSON.stringify(refund.restock)}::jsonb, ${refund.requestedBy}, ${refund.idempotencyKey}::varchar,
        ${refund.requestHash}, now() + make_interval(secs => ${LEASE_SECONDS})
      from o returning *)
    select ${refundColumns} from r join o on o.order_id = r.order_id`;
}

function refundedStatement(refundId: string): SQL {
  const refund = sql`jsonb_build_object('refund',
    (select jsonb_build_object('refundId', r.refund_id, 'amount', r.amount::text) from r))`;
  return sql`with r as (
      update refunds set state = 'refunded', refunded_at = now(), attempts = 0, last_error = null, parked_at = null
      where refund_id = ${refundId} and state = 'requested'
      returning refund_id, order_id, amount
    ), o as (
      update orders set updated_at = greatest(now(), updated_at) where order_id in (select order_id from r)
      returning ${plainOrderColumns})
    ${insertEvent('refund.succeeded', { more: refund })}`;
}

// Of several refunds that end at once, each sees the others' money: it was back before any of them ends.
function doneStatement(refundId: string): SQL {
  return sql`with r as (
      update refunds set state = 'done', last_error = null, parked_at = null
      where refund_id = ${refundId} and state = 'refunded' returning order_id, reason
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
function refusedStatement(refundId: string, lastError: string): SQL {
  return sql`with o as (
      select order_id from orders
      where order_id = (select order_id from refunds where refund_id = ${refundId})
        and status not in ('cancelled', 'refunded') for update
    ), r as (
      update refunds set state = 'refused', last_error = ${lastError.slice(0, 500)}, parked_at = null
      where refund_id = ${refundId} and state = 'requested' and order_id in (select order_id from o)
      returning refund_id, order_id, amount
    ), freed as (
      update orders set refunded_amount = refunded_amount - r.amount, updated_at = greatest(now(), updated_at)
      from r where orders.order_id = r.order_id)
    select refund_id as "refundId" from r`;
}

function claimStatement(limit: number): SQL {
  return sql`with due as (
      select r.refund_id from refunds r
      where ${isUnfinished} and r.due_at <= now() and r.attempts < ${MAX_ATTEMPTS}
      order by r.due_at, r.refund_id limit ${limit} for update skip locked
    ), r as (
      update refunds set attempts = attempts + 1, due_at = now() + make_interval(secs => ${LEASE_SECONDS})
      where refund_id in (select refund_id from due) returning *)
    select ${refundColumns} from r join orders o on o.order_id = r.order_id`;
}
