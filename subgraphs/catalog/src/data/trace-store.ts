import { type Db, queryRows } from '@commerce/kit/postgres';
import { sql } from 'drizzle-orm';
import { z } from 'zod';

const traceRow = z.object({ what: z.string(), count: z.number() });

/** What was found, and how much of it: never nothing. */
export type Trace = z.output<typeof traceRow>;

export type TraceStore = {
  /** Looks for a customer in all tables of the catalog. */
  find(userId: string): Promise<Trace[]>;
};

export function createTraceStore(db: Db): TraceStore {
  return {
    find: async (userId) =>
      await queryRows(db, sql`select what, count from customer_traces(${userId}) order by what`, traceRow),
  };
}
