import { type Db, queryRows } from '@commerce/kit/postgres';
import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { type MailKind, mailKinds } from './event-record.ts';

/** Longer than finding the recipient (3 s) and sending take, also behind three others on two connections. */
const LEASE_SECONDS = 90;

/** A mail that is held by one sender. */
export type ClaimedMail = {
  orderId: string;
  kind: MailKind;
  /** This one included. */
  attempts: number;
  /** The claim's own: who holds another one cannot put the mail off. */
  lease: string;
};

export type MailStore = {
  /** Takes up what is due, each mail by one sender. */
  claim(limit: number): Promise<ClaimedMail[]>;
  markSent(mail: ClaimedMail): Promise<void>;
  postpone(mail: ClaimedMail, failure: { reason: string; delaySeconds: number }): Promise<void>;
  /** Gives a mail up until somebody has looked into it. */
  park(mail: ClaimedMail, reason: string): Promise<void>;
  /** Forgets a mail to a customer whose account was deleted.
   *  @returns false where it was not: then the mail stays */
  forget(mail: ClaimedMail): Promise<boolean>;
  /** Lets the parked mails of an order be taken up again.
   *  @returns false where there is none */
  retry(orderId: string): Promise<boolean>;
};

const claimedRow = z.object({
  orderId: z.string(),
  kind: z.enum(mailKinds),
  attempts: z.number(),
  lease: z.string(),
});

export function createMailStore(db: Db): MailStore {
  return {
    async claim(limit) {
      const statement = sql`
        with due as (
          select order_id, kind from order_mails
          where sent_at is null and parked_at is null and due_at <= now()
          order by due_at, order_id, kind limit ${limit} for update skip locked
        )
        update order_mails m
        set attempts = m.attempts + 1, due_at = now() + make_interval(secs => ${LEASE_SECONDS})
        from due where m.order_id = due.order_id and m.kind = due.kind
        returning m.order_id as "orderId", m.kind, m.attempts, m.due_at::text as "lease"`;
      return await queryRows(db, statement, claimedRow);
    },
    async markSent({ orderId, kind }) {
      // Whoever holds it by now: it was sent.
      await db.execute(sql`update order_mails set sent_at = coalesce(sent_at, now()), last_error = null, parked_at = null
        where order_id = ${orderId} and kind = ${kind}`);
    },
    async postpone(mail, { reason, delaySeconds }) {
      const due = sql`due_at = now() + make_interval(secs => ${delaySeconds}::float8)`;
      await db.execute(failureOf(mail, reason, due));
    },
    async park(mail, reason) {
      await db.execute(failureOf(mail, reason, sql`parked_at = now()`));
    },
    async forget({ orderId, kind, lease }) {
      const forgotten = sql`delete from order_mails m
        where order_id = ${orderId} and kind = ${kind} and due_at = ${lease}::timestamptz and sent_at is null
          and exists (select from orders o join erased_customers e on e.user_id = o.user_id
            where o.order_id = m.order_id)
        returning kind`;
      return (await queryRows(db, forgotten, z.object({ kind: z.string() }))).length > 0;
    },
    async retry(orderId) {
      const retried = sql`update order_mails set parked_at = null, attempts = 0, due_at = now()
        where order_id = ${orderId} and parked_at is not null returning kind`;
      return (await queryRows(db, retried, z.object({ kind: z.string() }))).length > 0;
    },
  };
}

function failureOf({ orderId, kind, lease }: ClaimedMail, reason: string, outcome: SQL): SQL {
  return sql`update order_mails set last_error = ${reason.slice(0, 500)}, ${outcome}
    where order_id = ${orderId} and kind = ${kind} and due_at = ${lease}::timestamptz
      and sent_at is null and parked_at is null`;
}
