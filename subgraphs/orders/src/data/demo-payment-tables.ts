import { sql } from 'drizzle-orm';
import { check, index, integer, numeric, pgSchema, timestamp, varchar } from 'drizzle-orm/pg-core';

// The demonstration provider's own books. Nothing of orders refers to them: a real provider keeps
// its own elsewhere.
export const demoPayments = pgSchema('demo_payments');

const key = (name: string) => varchar(name, { length: 100 });
const amount = (name: string) => numeric(name, { precision: 10, scale: 2 }).notNull();
const createdAt = () => timestamp('created_at', { withTimezone: true, precision: 3 }).notNull().defaultNow();

/** One row a payment: where it stands. */
export const payments = demoPayments.table(
  'payments',
  {
    /** Key under which it was, or was to be, authorised. */
    authorisationKey: key('authorisation_key').primaryKey(),
    orderId: varchar('order_id', { length: 50 }).notNull(),
    state: varchar('state', { length: 20 }).notNull(),
    amount: amount('amount'),
    currency: varchar('currency', { length: 3 }).notNull(),
  },
  (t) => [
    check(
      'payments_state_is_known',
      sql`${t.state} in ('authorised', 'declined', 'voided', 'captured', 'refunded')`,
    ),
    check('payments_amount_is_positive', sql`${t.amount} >= 0`),
  ],
);

/** Every operation that had an outcome, once; only ever added to. */
export const entries = demoPayments.table(
  'entries',
  {
    entryId: integer('entry_id').primaryKey().generatedAlwaysAsIdentity(),
    /** The caller's key: the same key is the same operation. */
    entryKey: key('entry_key').notNull().unique('entries_entry_key_key'),
    kind: varchar('kind', { length: 20 }).notNull(),
    orderId: varchar('order_id', { length: 50 }).notNull(),
    authorisationKey: key('authorisation_key').notNull(),
    amount: amount('amount'),
    currency: varchar('currency', { length: 3 }).notNull(),
    outcome: varchar('outcome', { length: 20 }).notNull(),
    reason: varchar('reason', { length: 200 }),
    reference: varchar('reference', { length: 50 }),
    brand: varchar('brand', { length: 20 }),
    last4: varchar('last4', { length: 4 }),
    createdAt: createdAt(),
  },
  (t) => [
    // What happened to an order's money.
    index('entries_order_id_idx').on(t.orderId),
    check('entries_kind_is_known', sql`${t.kind} in ('authorise', 'capture', 'void', 'refund')`),
    check('entries_outcome_is_known', sql`${t.outcome} in ('approved', 'declined')`),
  ],
);
