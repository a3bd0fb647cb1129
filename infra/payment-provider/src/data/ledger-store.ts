import { type Cents, centsFromNumeric, decimalText } from '@commerce/kit/money';
import { type Db, queryRows } from '@commerce/kit/postgres';
import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';

/** What names an operation and its payment. */
export type Operation = { key: string; orderId: string; authorisationKey: string };

export type Verdict =
  | { outcome: 'approved'; reference: string; brand: string; last4: string | null }
  | { outcome: 'declined'; reason: string };

const entryRow = z.object({
  kind: z.enum(['authorise', 'capture', 'void', 'refund']),
  authorisationKey: z.string(),
  amount: z.string().transform(centsFromNumeric),
  outcome: z.enum(['approved', 'declined']),
  reason: z.string().nullable(),
  reference: z.string().nullable(),
  brand: z.string().nullable(),
  last4: z.string().nullable(),
});
export type Entry = z.output<typeof entryRow>;

const paymentStates = ['authorised', 'declined', 'voided', 'captured', 'refunded'] as const;
export type PaymentState = (typeof paymentStates)[number];

export type AuthoriseOperation = Operation & { amount: Cents; currency: string };
export type MoveOperation = Operation & {
  amount: Cents;
  /** Why it is refused whatever the payment's state; null where that decides. */
  refusal: string | null;
};

/** The books. Each operation is one statement, so that no crash leaves half of it, and repeating it under its
 *  key changes nothing. What is refused is entered as well: it stays refused. */
export type LedgerStore = {
  findEntry(key: string): Promise<Entry | null>;
  /** Where a payment stands; null where it was never heard of. */
  findState(authorisationKey: string): Promise<PaymentState | null>;
  /** Enters an authorisation, unless one was entered under the same key or the payment was voided before. */
  authorise(operation: AuthoriseOperation, verdict: Verdict): Promise<void>;
  /** Takes all that is authorised. Enters nothing where the payment was never heard of. */
  capture(operation: MoveOperation): Promise<void>;
  /** Gives back all or a part of what was captured. Enters nothing where the payment was never heard of. */
  refund(operation: MoveOperation): Promise<void>;
  /** Gives up an authorisation. One that never arrived is closed as well, so that it cannot arrive later. */
  void(operation: Operation & { currency: string }): Promise<void>;
};

export function createLedgerStore(db: Db): LedgerStore {
  const run = async (statement: SQL) => {
    await db.execute(statement);
  };
  return {
    async findEntry(key) {
      const statement = sql`select kind, authorisation_key as "authorisationKey", amount, outcome, reason,
        reference, brand, last4 from entries where entry_key = ${key}`;
      const [entry = null] = await queryRows(db, statement, entryRow);
      return entry;
    },
    async findState(authorisationKey) {
      const statement = sql`select state from payments where authorisation_key = ${authorisationKey}`;
      const [payment] = await queryRows(db, statement, z.object({ state: z.enum(paymentStates) }));
      return payment?.state ?? null;
    },
    authorise: (operation, verdict) => run(authoriseStatement(operation, verdict)),
    capture: (operation) => run(captureStatement(operation)),
    refund: (operation) => run(refundStatement(operation)),
    void: (operation) => run(voidStatement(operation)),
  };
}

const emptyVerdict = { reason: null, reference: null, brand: null, last4: null };

function authoriseStatement(operation: AuthoriseOperation, verdict: Verdict): SQL {
  const { key, orderId, authorisationKey, amount, currency } = operation;
  const state: PaymentState = verdict.outcome === 'approved' ? 'authorised' : 'declined';
  const { reason, reference, brand, last4 } = { ...emptyVerdict, ...verdict };
  return sql`with opened as (
      insert into payments (authorisation_key, order_id, state, amount, currency)
      values (${authorisationKey}, ${orderId}, ${state}, ${decimalText(amount)}::numeric, ${currency})
      on conflict (authorisation_key) do nothing returning amount, currency)
    insert into entries (entry_key, kind, order_id, authorisation_key, amount, currency, outcome, reason,
      reference, brand, last4)
    select ${key}, 'authorise', ${orderId}, ${authorisationKey}, amount, currency, ${verdict.outcome},
      ${reason}::varchar, ${reference}::varchar, ${brand}::varchar, ${last4}::varchar
    from opened on conflict (entry_key) do nothing`;
}

function captureStatement(operation: MoveOperation): SQL {
  return sql`with ${entered(operation, {
    kind: 'capture',
    reason: sql`case when state <> 'authorised' then 'The payment is ' || state
      when amount <> asked then 'The amount is not what was authorised' end`,
  })}
    update payments p set state = 'captured', captured_amount = entered.amount
    from entered
    where p.authorisation_key = ${operation.authorisationKey} and entered.outcome = 'approved'`;
}

function refundStatement(operation: MoveOperation): SQL {
  return sql`with ${entered(operation, {
    kind: 'refund',
    reason: sql`case when captured_amount = 0 then 'The payment is ' || state
      when refunded_amount + asked > captured_amount then 'It is more than what is left of the payment' end`,
  })}
    update payments p set refunded_amount = p.refunded_amount + entered.amount,
      state = case when p.refunded_amount + entered.amount = p.captured_amount then 'refunded' else 'captured' end
    from entered
    where p.authorisation_key = ${operation.authorisationKey} and entered.outcome = 'approved'`;
}

// The entry comes before the money: of two deliveries of one operation, the one that enters it moves the money.
// The lock makes the second see what the first has done.
function entered(operation: MoveOperation, step: { kind: 'capture' | 'refund'; reason: SQL }): SQL {
  const { key, orderId, authorisationKey, amount, refusal } = operation;
  return sql`payment as (
      select state, amount, captured_amount, refunded_amount, currency, ${decimalText(amount)}::numeric as asked
      from payments where authorisation_key = ${authorisationKey} for update),
    judged as (
      select coalesce(${refusal}::varchar, ${step.reason}) as reason, asked, currency from payment),
    entered as (
      insert into entries (entry_key, kind, order_id, authorisation_key, amount, currency, outcome, reason)
      select ${key}, ${step.kind}, ${orderId}, ${authorisationKey}, asked, currency,
        case when reason is null then 'approved' else 'declined' end, reason
      from judged on conflict (entry_key) do nothing returning outcome, amount)`;
}

function voidStatement(operation: Operation & { currency: string }): SQL {
  const { key, orderId, authorisationKey, currency } = operation;
  return sql`with moved as (
      insert into payments as p (authorisation_key, order_id, state, amount, currency)
      values (${authorisationKey}, ${orderId}, 'voided', 0, ${currency})
      on conflict (authorisation_key) do update set state = 'voided' where p.state = 'authorised'
      returning amount, currency)
    insert into entries (entry_key, kind, order_id, authorisation_key, amount, currency, outcome)
    select ${key}, 'void', ${orderId}, ${authorisationKey}, amount, currency, 'approved'
    from moved on conflict (entry_key) do nothing`;
}
