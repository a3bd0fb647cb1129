import { z } from 'zod';
import type { Databases } from './databases.ts';
import type { AckedOrder, Check, DatabaseName, Listing } from './invariant.ts';

export type Faults = {
  /** The first of them. */
  rows: Record<string, unknown>[];
  /** How many there are. */
  total: number;
};

/** What is shown of all that is wrong. */
export const MAX_ROWS = 20;
/** Orders a batch: few enough for a statement's parameter, also with a hundred lines each. */
const BATCH = 500;

const faultsRow = z.object({ total: z.number(), rows: z.array(z.record(z.string(), z.unknown())) });
const batchRow = z.object({ batch: z.string(), last: z.string().nullable() });

export type Acked = Iterable<AckedOrder> | AsyncIterable<AckedOrder>;

/** Asks a check's question, of each batch where it has some. Holds one batch at a time. */
export async function runCheck(databases: Databases, check: Check, acked: Acked): Promise<Faults> {
  if (check.batches === undefined) return await ask(databases, check, []);
  const found: Faults = { rows: [], total: 0 };
  const batches = check.batches === 'acked' ? ackedBatches(acked) : listedBatches(databases, check.batches);
  for await (const batch of batches) {
    const { rows, total } = await ask(databases, check, [batch]);
    found.total += total;
    found.rows.push(...rows.slice(0, MAX_ROWS - found.rows.length));
  }
  return found;
}

async function ask(
  databases: Databases,
  { database, faults }: { database: DatabaseName; faults: string },
  parameters: string[],
): Promise<Faults> {
  const statement = `with broken as materialized (${faults})
    select (select count(*)::integer from broken) as total,
      (select coalesce(jsonb_agg(f), '[]') from (select * from broken order by broken limit ${MAX_ROWS}) f) as rows`;
  const [row] = await databases.read(database, statement, parameters);
  return faultsRow.parse(row);
}

async function* listedBatches(databases: Databases, { database, rows }: Listing): AsyncGenerator<string> {
  // The database makes JSON of the rows, so that figures keep all their digits on the way.
  const statement = `with page as materialized (${rows})
    select coalesce(jsonb_agg(page), '[]')::text as batch, max(id) as last from page`;
  for (let after = ''; ; ) {
    const [row] = await databases.read(database, statement, [after, BATCH]);
    const { batch, last } = batchRow.parse(row);
    if (last === null) return;
    yield batch;
    after = last;
  }
}

async function* ackedBatches(acked: Acked): AsyncGenerator<string> {
  let batch: AckedOrder[] = [];
  for await (const order of acked) {
    batch.push(order);
    if (batch.length < BATCH) continue;
    yield JSON.stringify(batch);
    batch = [];
  }
  if (batch.length > 0) yield JSON.stringify(batch);
}
