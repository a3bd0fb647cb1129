import { type Db, queryRows } from '@commerce/kit/postgres';
import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';

/** Longer than handling a batch of them takes. */
const LEASE_SECONDS = 30;

/** What a payment provider says by itself, as far as we read it. */
export type ProviderMessage = {
  /** The provider's own, by which a repeated message is known. */
  messageId: string;
  type: string;
  /** Null where it is about none of our orders. */
  orderId: string | null;
  /** Key of a refund that failed; null where it is about none. */
  failedRefundKey: string | null;
};

export type ClaimedMessage = ProviderMessage & {
  /** This one included. */
  attempts: number;
  /** The claim's own: who holds another one can note no failure. */
  lease: string;
};

export type ProviderMessageStore = {
  /** Keeps a message, once however often it comes.
   *  @returns whether it is new */
  receive(message: ProviderMessage): Promise<boolean>;
  /** Takes up what is due, each message by one handler. */
  claim(limit: number): Promise<ClaimedMessage[]>;
  markHandled(message: ClaimedMessage): Promise<void>;
  postpone(message: ClaimedMessage, failure: { reason: string; delaySeconds: number }): Promise<void>;
  /** Gives a message up until somebody has looked into it. */
  park(message: ClaimedMessage, reason: string): Promise<void>;
  /** Lets the parked messages about an order be taken up again.
   *  @returns false where there is none */
  retry(orderId: string): Promise<boolean>;
};

const claimedRow = z.object({
  messageId: z.string(),
  type: z.string(),
  orderId: z.string().nullable(),
  failedRefundKey: z.string().nullable(),
  attempts: z.number(),
  lease: z.string(),
});

const messageIdRow = z.object({ messageId: z.string() });

/** The inbox of what payment providers say by themselves. */
export function createProviderMessageStore(db: Db): ProviderMessageStore {
  return {
    async receive({ messageId, type, orderId, failedRefundKey }) {
      const statement = sql`insert into provider_messages (message_id, type, order_id, failed_refund_key)
        values (${messageId}, ${type}, ${orderId}, ${failedRefundKey}) on conflict do nothing returning message_id as "messageId"`;
      return (await queryRows(db, statement, messageIdRow)).length > 0;
    },
    async claim(limit) {
      const statement = sql`
        with due as (
          select message_id from provider_messages
          where handled_at is null and parked_at is null and due_at <= now()
          order by due_at, message_id limit ${limit} for update skip locked
        )
        update provider_messages m
        set attempts = m.attempts + 1, due_at = now() + make_interval(secs => ${LEASE_SECONDS})
        from due where m.message_id = due.message_id
        returning m.message_id as "messageId", m.type, m.order_id as "orderId",
          m.failed_refund_key as "failedRefundKey", m.attempts, m.due_at::text as "lease"`;
      return await queryRows(db, statement, claimedRow);
    },
    async markHandled({ messageId }) {
      await db.execute(sql`update provider_messages
        set handled_at = coalesce(handled_at, now()), last_error = null, parked_at = null
        where message_id = ${messageId}`);
    },
    async postpone(message, { reason, delaySeconds }) {
      const due = sql`due_at = now() + make_interval(secs => ${delaySeconds}::float8)`;
      await db.execute(failureOf(message, reason, due));
    },
    async park(message, reason) {
      await db.execute(failureOf(message, reason, sql`parked_at = now()`));
    },
    async retry(orderId) {
      const retried = sql`update provider_messages set parked_at = null, attempts = 0, due_at = now()
        where order_id = ${orderId} and parked_at is not null returning message_id as "messageId"`;
      return (await queryRows(db, retried, messageIdRow)).length > 0;
    },
  };
}

function failureOf({ messageId, lease }: ClaimedMessage, reason: string, outcome: SQL): SQL {
  return sql`update provider_messages set last_error = ${reason.slice(0, 500)}, ${outcome}
    where message_id = ${messageId} and due_at = ${lease}::timestamptz
      and handled_at is null and parked_at is null`;
}
