import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { integer, pgTable, text } from 'drizzle-orm/pg-core';
import { expect, vi } from 'vitest';
import { type Db, databaseError } from '../src/postgres.ts';

const load = pgTable('load', { id: integer().primaryKey(), body: text().notNull() });

/** What became of one statement: `done`, or the code of what its caller is told. */
type Settled = { outcome: string; ms: number; error?: unknown };

/** Keeps the given number of callers busy with statements of all kinds. */
export async function startLoad(db: Db, callers: number) {
  await db.execute(sql`create table if not exists load (id integer primary key, body text not null)`);
  const settled: Settled[] = [];
  let isStopped = false;
  let underWay = 0;
  let count = 0;

  async function call(): Promise<void> {
    while (!isStopped) {
      count += 1;
      underWay += 1;
      const startedAt = performance.now();
      const outcome = await statementOf(db, count).then(
        () => ({ outcome: 'done' }),
        (error: unknown) => ({ outcome: databaseError(error)?.code ?? 'a bug', error }),
      );
      underWay -= 1;
      settled.push({ ...outcome, ms: performance.now() - startedAt });
      // A caller that is refused at once would otherwise do nothing but ask.
      if (outcome.outcome !== 'done') await delay(10);
    }
  }

  const calls = Promise.all(Array.from({ length: callers }, call));
  return {
    settled: () => settled.length,
    /** Lets the statements under way settle.
     *  @returns what became of all, and how many had not settled 15 s later */
    async stop() {
      isStopped = true;
      await Promise.race([calls, delay(15_000, undefined, { ref: false })]);
      return { settled, unsettled: underWay };
    },
  };
}

function statementOf(db: Db, count: number): Promise<unknown> {
  const id = count % 1_000;
  switch (count % 6) {
    case 0:
      return db.execute(sql`select pg_sleep(0.02)`);
    case 1:
      return db.execute(sql`insert into load values (${id}, 'a') on conflict (id) do update set body = 'b'`);
    case 2:
      return db.execute(sql`select 1`);
    case 3:
      // Written at once, not with what else comes in this turn.
      return db.execute(sql`select length(${'x'.repeat(5_000)}::text)`);
    case 4:
      return db.select().from(load).where(sql`id < 20`).prepare('some').execute();
    default:
      return Promise.all([db.select().from(load).limit(5), db.execute(sql`select ${id}::int`)]);
  }
}

/** That every connection of the pool carries statements beside all others, within 5 s. */
export async function expectAllConnections(db: Db, poolSize: number): Promise<void> {
  const sessionOf = async () => {
    const [row] = await db.execute<{ pid: number }>(sql`select pg_backend_pid() as pid, pg_sleep(0.05)`);
    return row?.pid;
  };
  await vi.waitFor(
    async () => {
      const sessions = await Promise.all(Array.from({ length: poolSize }, sessionOf));
      expect(new Set(sessions).size).toBe(poolSize);
    },
    { timeout: 5_000, interval: 20 },
  );
}
