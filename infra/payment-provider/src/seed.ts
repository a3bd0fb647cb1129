import { cents, decimalText } from '@commerce/kit/money';
import type { Db } from '@commerce/kit/postgres';
import { type SQL, sql } from 'drizzle-orm';
import { type DemoPayment, demoPayments } from './demo-payments.ts';

/** Adds the payments of the demonstration customer's orders, in one statement. Those that are there stay as they
 *  are. Not for production.
 *  @param now nothing of it lies in the future of this clock */
export async function seedPayments({ db, now }: { db: Db; now: Date }): Promise<void> {
  await db.execute(addStatement(demoPayments, now));
}

function addStatement(payments: readonly DemoPayment[], now: Date): SQL {
  const rows = JSON.stringify(payments.map(paymentRow));
  const entries = JSON.stringify(payments.flatMap(entryRows));
  return sql`with added as (
      insert into payments (authorisation_key, order_id, state, amount, captured_amount, refunded_amount, currency)
      select authorisation_key, order_id, state, amount, amount, refunded_amount, 'USD'
      from jsonb_to_recordset(${rows}::jsonb) as demo (
        authorisation_key text, order_id text, state text, amount numeric, refunded_amount numeric)
      on conflict do nothing returning authorisation_key, order_id, amount)
    insert into entries (entry_key, kind, order_id, authorisation_key, amount, currency, outcome, reference,
      brand, last4, created_at)
    select order_id || ':' || key, kind, order_id, authorisation_key, amount, 'USD', 'approved', reference,
      brand, last4, least(at, ${now.toISOString()}::timestamptz)
    from jsonb_to_recordset(${entries}::jsonb) as entry (
      authorisation_key text, key text, kind text, reference text, brand text, last4 text, at timestamptz)
    join added using (authorisation_key)
    order by at`;
}

function paymentRow({ orderId, amountCents, refundedAt }: DemoPayment) {
  const amount = decimalText(cents(amountCents));
  return {
    authorisation_key: authorisationKeyOf(orderId),
    order_id: orderId,
    state: refundedAt === null ? 'captured' : 'refunded',
    amount,
    refunded_amount: refundedAt === null ? '0' : amount,
  };
}

function entryRows({ orderId, authorisedAt, capturedAt, refundedAt }: DemoPayment) {
  const card = { reference: orderId.replace('ord_', 'pay_'), brand: 'visa', last4: '4242' };
  return [
    { key: 'auth:1', kind: 'authorise', at: authorisedAt, ...card },
    { key: 'capture:1', kind: 'capture', at: capturedAt },
    ...(refundedAt === null ? [] : [{ key: 'refund:1', kind: 'refund', at: refundedAt }]),
  ].map((entry) => ({ authorisation_key: authorisationKeyOf(orderId), ...entry }));
}

function authorisationKeyOf(orderId: string): string {
  return `${orderId}:auth:1`;
}
