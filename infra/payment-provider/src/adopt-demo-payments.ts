import { type Db, databaseErrorCode, openDatabase, queryRows } from '@commerce/kit/postgres';
import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';

/** Statements that copy a whole ledger. */
const STATEMENT_TIMEOUT_MS = 60_000;

/** Takes the ledger over that older versions kept in the orders database (schema `demo_payments`), where there is one
 *  and the ledger here is still empty: without it nobody could be refunded. The old one stays as it is.
 *  @param databases.isMigrated settles when the ledger's own tables are there */
export async function adoptDemoPayments(databases: {
  ordersUrl: string;
  paymentsUrl: string;
  isMigrated: Promise<void>;
}): Promise<void> {
  const { ordersUrl, paymentsUrl, isMigrated } = databases;
  const old = await withDatabase(ordersUrl, readOldLedger);
  await isMigrated;
  if (old !== null) await withDatabase(paymentsUrl, async (db) => await db.execute(adoptStatement(old)));
}

/** Whether an orders database still holds such a ledger with anything in it. */
export async function hasDemoPayments(ordersUrl: string): Promise<boolean> {
  const old = await withDatabase(ordersUrl, readOldLedger);
  return old !== null && !(old.payments === '[]' && old.entries === '[]');
}

async function withDatabase<Result>(url: string, use: (db: Db) => Promise<Result>): Promise<Result> {
  const database = openDatabase({
    url,
    applicationName: 'migrate',
    poolSize: 1,
    statementTimeoutMs: STATEMENT_TIMEOUT_MS,
  });
  try {
    return await use(database.db);
  } finally {
    await database.close();
  }
}

/** Both tables as JSON. */
type OldLedger = { payments: string; entries: string };

async function readOldLedger(db: Db): Promise<OldLedger | null> {
  const exists = sql`select to_regclass('demo_payments.payments') is not null as "isThere"`;
  const [found] = await queryRows(db, exists, z.object({ isThere: z.boolean() }));
  if (!found?.isThere) return null;
  const ledger = sql`select
      (select coalesce(json_agg(p), '[]')::text from demo_payments.payments p) as payments,
      (select coalesce(json_agg(e order by e.entry_id), '[]')::text from demo_payments.entries e) as entries`;
  try {
    const [old = null] = await queryRows(db, ledger, z.object({ payments: z.string(), entries: z.string() }));
    return old;
  } catch (error) {
    // Another instance has taken it over and removed it in between.
    if (databaseErrorCode(error) === UNDEFINED_TABLE) return null;
    throw error;
  }
}

const UNDEFINED_TABLE = '42P01';

// One statement: all of it or nothing, and nothing where another instance was faster.
function adoptStatement({ payments, entries }: OldLedger): SQL {
  return sql`with adopted as (
      insert into payments (authorisation_key, order_id, state, amount, captured_amount, refunded_amount, currency)
      select authorisation_key, order_id, state, amount,
        case when state in ('captured', 'refunded') then amount else 0 end,
        case when state = 'refunded' then amount else 0 end, currency
      from jsonb_to_recordset(${payments}::jsonb) as old (
        authorisation_key text, order_id text, state text, amount numeric, currency text)
      where not exists (select 1 from payments)
      on conflict do nothing returning authorisation_key)
    insert into entries (entry_key, kind, order_id, authorisation_key, amount, currency, outcome, reason,
      reference, brand, last4, created_at)
    select entry_key, kind, order_id, authorisation_key, amount, currency, outcome, reason, reference, brand,
      last4, created_at
    from jsonb_to_recordset(${entries}::jsonb) as old (
      entry_id int, entry_key text, kind text, order_id text, authorisation_key text, amount numeric,
      currency text, outcome text, reason text, reference text, brand text, last4 text, created_at timestamptz)
    join adopted using (authorisation_key)
    order by entry_id
    on conflict do nothing`;
}
