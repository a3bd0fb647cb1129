import type { Pool } from 'pg';

/** The queue of graphile-worker keeps the jobs of a process that was killed locked for four hours. Here a lock
 *  lasts for seconds only and is renewed: what nobody renews is taken over.
 *
 *  The tables are the queue's own, whose version package.json pins; test/worker.db.test.ts tells if they change. */
export type JobLeases = {
  /** Makes due what waits. */
  hasten(keys: readonly string[]): Promise<void>;
  renew(jobIds: readonly string[]): Promise<void>;
  /** Makes due what was locked and not renewed for so long. */
  takeOver(keys: readonly string[], leaseSeconds: number): Promise<void>;
};

export function createJobLeases(pool: Pool): JobLeases {
  return {
    async hasten(keys) {
      await pool.query(hastenStatement, [keys]);
    },
    async renew(jobIds) {
      await pool.query(renewStatement, [jobIds]);
    },
    async takeOver(keys, leaseSeconds) {
      await pool.query(takeOverStatement, [keys, leaseSeconds]);
    },
  };
}

const hastenStatement = `
  update graphile_worker._private_jobs set run_at = least(run_at, now())
  where key = any($1::text[]) and locked_at is null`;

const renewStatement = `
  update graphile_worker._private_jobs set locked_at = now()
  where id = any($1::bigint[]) and locked_at is not null`;

// Without a key are jobs whose successors were put into their place before they could be removed.
const takeOverStatement = `
  with given_up as (
    delete from graphile_worker._private_jobs
    where key is null and locked_at < now() - make_interval(secs => $2::double precision)
  )
  update graphile_worker._private_jobs set locked_at = null, locked_by = null, attempts = 0, run_at = now()
  where key = any($1::text[]) and locked_at < now() - make_interval(secs => $2::double precision)`;
