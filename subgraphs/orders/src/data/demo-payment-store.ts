import { type Cents, decimalText } from '@commerce/kit/money';
import { type Db, queryRows } from '@commerce/kit/postgres';
import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';

/** What names an operation and its payment. */
export type DemoOperation = { key: string; orderId: string; authorisationKey: string };
export type DemoAmount = { amount: Cents; currency: string };

export type DemoVerdict =
  | { outcome: 'approved'; reference: string; brand: string | null; last4: string | null }
  | { outcome: 'declined'; reason: string };

const entryRow = z.object({
  outcome: z.enum(['approved', 'declined']),
  reason: z.string().nullable(),
  reference: z.string().nullable(),
  brand: z.string().nullable(),
  last4: z.string().nullable(),
});
export type DemoEntry = z.output<typeof entryRow>;

const paymentStates = ['authorised', 'declined', 'voided', 'captured', 'refunded'] as const;
export type DemoPaymentState = (typeof paymentStates)[number];

const entryColumns = sql.raw('outcome, reason, reference, brand, last4');

/** The demonstration provider's books. Each operation is one statement, and repeating it under its
 *  key changes nothing. */
export type DemoPaymentStore = {
  findEntry(key: string): Promise<DemoEntry | null>;
  /** Where a payment stands; null where it was never heard of. */
  findState(authorisationKey: string): Promise<DemoPaymentState | null>;
  /** Enters an authorisation, unless one was entered under the same key or the payment was voided before. */
  authorise(operation: DemoOperation & DemoAmount, verdict: DemoVerdict): Promise<void>;
  /** Takes what is authorised; does nothing where the payment stands elsewhere. */
  capture(operation: DemoOperation): Promise<void>;
  /** Gives back what was captured; does nothing where the payment stands elsewhere. */
  refund(operation: DemoOperation): Promise<void>;
  /** Gives up an authorisation. One that never arrived is closed as well, so that it cannot arrive later. */
  void(operation: DemoOperation, currency: string): Promise<void>;
};

export function createDemoPaymentStore(db: Db): DemoPaymentStore {
  const run = async (statement: SQL) => {
    await db.execute(statement);
  };
  return {
    async findEntry(key) {
      const statement = sql`select ${entryColumns} from demo_payments.entries where entry_key = ${key}`;
      const [entry = null] = await queryRows(db, statement, entryRow);
      return entry;
    },
    async findState(authorisationKey) {
      const statement = sql`
        select state from demo_payments.payments where authorisation_key = ${authorisationKey}`;
      const [payment] = await queryRows(db, statement, z.object({ state: z.enum(paymentStates) }));
      return payment?.state ?? null;
    },
    authorise: (operation, verdict) => run(authoriseStatement(operation, verdict)),
    capture: (operation) =>
      run(moveStatement(operation, { kind: 'capture', from: 'authorised', to: 'captured' })),
    refund: (operation) =>
      run(moveStatement(operation, { kind: 'refund', from: 'captured', to: 'refunded' })),
    void: (operation, currency) => run(voidStatement(operation, currency)),
  };
}

function authoriseStatement(operation: DemoOperation & DemoAmount, verdict: DemoVerdict): SQL {
  const state: DemoPaymentState = verdict.outcome === 'approved' ? 'authorised' : 'declined';
  const { reason, reference, brand, last4 } = { ...emptyVerdict, ...verdict };
  return sql`with opened as (
      insert into demo_payments.payments (authorisation_key, order_id, state, amount, currency)
      values (${operation.authorisationKey}, ${operation.orderId}, ${state},
              ${decimalText(operation.amount)}::numeric, ${operation.currency})
      on conflict (authorisation_key) do nothing returning amount, currency)
    insert into demo_payments.entries (entry_key, kind, order_id, authorisation_key, amount, currency,
      outcome, reason, reference, brand, last4)
    select ${operation.key}, 'authorise', ${operation.orderId}, ${operation.authorisationKey}, amount,
      currency, ${verdict.outcome}, ${reason}::varchar, ${reference}::varchar, ${brand}::varchar,
      ${last4}::varchar
    from opened on conflict (entry_key) do nothing`;
}

function moveStatement(
  operation: DemoOperation,
  step: { kind: 'capture' | 'refund'; from: DemoPaymentState; to: DemoPaymentState },
): SQL {
  return sql`with moved as (
      update demo_payments.payments set state = ${step.to}
      where authorisation_key = ${operation.authorisationKey} and state = ${step.from}
      returning amount, currency)
    ${enter(operation, step.kind)}`;
}

function voidStatement(operation: DemoOperation, currency: string): SQL {
  return sql`with moved as (
      insert into demo_payments.payments as p (authorisation_key, order_id, state, amount, currency)
      values (${operation.authorisationKey}, ${operation.orderId}, 'voided', 0, ${currency})
      on conflict (authorisation_key) do update set state = 'voided' where p.state = 'authorised'
      returning amount, currency)
    ${enter(operation, 'void')}`;
}

const emptyVerdict = { reason: null, reference: null, brand: null, last4: null };

function enter(operation: DemoOperation, kind: 'capture' | 'refund' | 'void'): SQL {
  return sql`insert into demo_payments.entries (entry_key, kind, order_id, authorisation_key, amount, currency, outcome)
    select ${operation.key}, ${kind}, ${operation.orderId}, ${operation.authorisationKey}, amount, currency, 'approved'
    from moved on conflict (entry_key) do nothing`;
}
