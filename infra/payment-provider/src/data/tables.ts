import { sql } from 'drizzle-orm';
import {
  check,
  index,
  integer,
  numeric,
  pgTable,
  timestamp,
  uniqueIndex,
  varchar,
} from 'drizzle-orm/pg-core';

const key = (name: string) => varchar(name, { length: 100 });
const amount = (name: string) => numeric(name, { precision: 10, scale: 2 }).notNull();

/** One row a payment: where it stands. A payment that was voided before it came has an amount of zero. */
export const payments = pgTable(
  'payments',
  {
    /** Key under which it was, or was to be, authorised. */
    authorisationKey: key('authorisation_key').primaryKey(),
    orderId: varchar('order_id', { length: 50 }).notNull(),
    state: varchar('state', { length: 20 }).notNull(),
    amount: amount('amount'),
    capturedAmount: amount('captured_amount').default('0'),
    refundedAmount: amount('refunded_amount').default('0'),
    currency: varchar('currency', { length: 3 }).notNull(),
  },
  (t) => [
    check(
      'payments_state_fits',
      sql`case ${t.state}
        when 'authorised' then ${t.capturedAmount} = 0
        when 'declined' then ${t.capturedAmount} = 0
        when 'voided' then ${t.capturedAmount} = 0
        when 'captured' then ${t.capturedAmount} > 0 and ${t.refundedAmount} < ${t.capturedAmount}
        when 'refunded' then ${t.capturedAmount} > 0 and ${t.refundedAmount} = ${t.capturedAmount}
        else false end`,
    ),
    check('payments_amount_is_positive', sql`${t.amount} > 0 or (${t.amount} = 0 and ${t.state} = 'voided')`),
    check(
      'payments_captured_is_in_range',
      sql`${t.capturedAmount} >= 0 and ${t.capturedAmount} <= ${t.amount}`,
    ),
    check(
      'payments_refunded_is_in_range',
      sql`${t.refundedAmount} >= 0 and ${t.refundedAmount} <= ${t.capturedAmount}`,
    ),
    check('payments_currency_is_iso', sql`${t.currency} ~ '^[A-Z]{3}$'`),
  ],
);

/** Every operation that had an outcome, once; only ever added to. Tokens are not kept. */
export const entries = pgTable(
  'entries',
  {
    entryId: integer('entry_id').primaryKey().generatedAlwaysAsIdentity(),
    /** The caller's key: the same key is the same operation. */
    entryKey: key('entry_key').notNull().unique('entries_entry_key_key'),
    kind: varchar('kind', { length: 20 }).notNull(),
    orderId: varchar('order_id', { length: 50 }).notNull(),
    authorisationKey: key('authorisation_key')
      .notNull()
      .references(() => payments.authorisationKey),
    /** What was asked for; it moved only where the outcome is approved. */
    amount: amount('amount'),
    currency: varchar('currency', { length: 3 }).notNull(),
    outcome: varchar('outcome', { length: 20 }).notNull(),
    reason: varchar('reason', { length: 200 }),
    reference: varchar('reference', { length: 50 }),
    brand: varchar('brand', { length: 20 }),
    last4: varchar('last4', { length: 4 }),
    createdAt: timestamp('created_at', { withTimezone: true, precision: 3 }).notNull().defaultNow(),
  },
  (t) => [
    // What happened to an order's money.
    index('entries_order_id_idx').on(t.orderId),
    // All but refunds happen at most once to a payment.
    uniqueIndex('entries_single_key')
      .on(t.authorisationKey, t.kind)
      .where(sql`${t.kind} <> 'refund' and ${t.outcome} = 'approved'`),
    check('entries_kind_is_known', sql`${t.kind} in ('authorise', 'capture', 'void', 'refund')`),
    check('entries_outcome_is_known', sql`${t.outcome} in ('approved', 'declined')`),
    check('entries_declined_have_reason', sql`(${t.outcome} = 'declined') = (${t.reason} is not null)`),
    check(
      'entries_approvals_have_reference',
      sql`(${t.kind} = 'authorise' and ${t.outcome} = 'approved') = (${t.reference} is not null)`,
    ),
    check(
      'entries_card_is_of_an_approval',
      sql`${t.reference} is not null or (${t.brand} is null and ${t.last4} is null)`,
    ),
    check('entries_amount_is_positive', sql`${t.amount} > 0 or (${t.amount} = 0 and ${t.kind} = 'void')`),
  ],
);
