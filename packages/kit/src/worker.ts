import { setTimeout } from 'node:timers/promises';
import { type Runner, run, type TaskList, Logger as WorkerLogger } from 'graphile-worker';
import pg from 'pg';
import { describeError } from './graphql-errors.ts';
import { createJobLeases, type JobLeases } from './job-leases.ts';
import type { Logger } from './logger.ts';

/** Work that comes again and again. What it works on lies in tables, claimed row by row: a run that a crash
 *  cuts off loses nothing, since the next one finds the rows. */
export type RecurringTask = {
  /** How long after its end it comes again. */
  everySeconds: number;
  /** A failure is logged, and the task comes again as ever.
   *  @param signal once aborted, what is under way ends and nothing more is taken up */
  run(signal: AbortSignal): Promise<void>;
};

export type WorkerOptions = {
  /** Database that holds the job queue, in a schema of its own (`graphile_worker`), made where absent: the role
   *  may create schemas in it. */
  url: string;
  /** Names are the keys of the jobs: the same in all instances of a service. */
  tasks: Readonly<Record<string, RecurringTask>>;
  logger: Logger;
};

export type BackgroundWorker = {
  /** Waits for the tasks under way. */
  close(): Promise<void>;
};

/** How soon a worker that ended, such as with its database, is started again. */
const RESTART_MS = 1_000;
const POLL_MS = 1_000;
/** A process that says nothing for this long has lost its tasks to whoever lives. */
const LEASE_SECONDS = 8;
const BEAT_MS = 2_000;
/** Enough for the queue's own short statements and its listener: tasks have their service's pool. */
const MAX_CONNECTIONS = 4;
const CONNECT_TIMEOUT_MS = 5_000;
const QUERY_TIMEOUT_MS = 10_000;

/** Runs recurring tasks on the queue of graphile-worker, at the start and then again and again: over all instances
 *  of a service each at most once at a time, unless an instance hangs. A database that is away is waited for. */
export function startWorker(options: WorkerOptions): BackgroundWorker {
  const stopping = new AbortController();
  const ended = supervise(options, stopping.signal);
  return {
    async close() {
      stopping.abort();
      await ended;
    },
  };
}

/** For a task that works in bounded batches: goes on while they are full.
 *  @param batch does at most `size` and returns how many
 *  @returns how many in all */
export async function repeatWhileFull(
  batch: () => Promise<number>,
  size: number,
  signal: AbortSignal,
): Promise<number> {
  let total = 0;
  let done = size;
  while (done >= size && !signal.aborted) {
    done = await batch();
    total += done;
  }
  return total;
}

async function supervise(options: WorkerOptions, stopping: AbortSignal): Promise<void> {
  let isAway = false;
  while (!stopping.aborted) {
    try {
      await serve(options, stopping, () => {
        isAway = false;
      });
    } catch (error) {
      // Once an outage, not once a second.
      if (!isAway) options.logger.warn({ reason: describeError(error) }, 'The background worker has ended');
      isAway = true;
    }
    await pause(stopping);
  }
}

/** Returns once it was stopped. @throws whatever ends it before */
async function serve(options: WorkerOptions, stopping: AbortSignal, onStarted: () => void): Promise<void> {
  const pool = openPool(options);
  try {
    await serveQueue({ options, pool, stopping, onStarted });
  } finally {
    await pool.end();
  }
}

// Not the queue's own pool: that waits without end for a server that does not answer, and ends the process where
// a connection breaks while it is being closed.
function openPool({ url, logger }: WorkerOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: MAX_CONNECTIONS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: QUERY_TIMEOUT_MS,
    application_name: 'worker',
  });
  const onError = (error: Error) => logger.debug({ reason: error.message }, 'The worker lost a connection');
  pool.on('error', onError);
  pool.on('connect', (client) => client.on('error', onError));
  return pool;
}

async function serveQueue(parts: {
  options: WorkerOptions;
  pool: pg.Pool;
  stopping: AbortSignal;
  onStarted: () => void;
}): Promise<void> {
  const { options, pool, stopping, onStarted } = parts;
  const leases = createJobLeases(pool);
  const underWay = new Set<string>();
  const runner = await startRunner(pool, options, { stopping, underWay });
  let stopped: Promise<void> | undefined;
  const stop = (): void => {
    // One that has just ended by itself cannot be stopped again.
    stopped ??= runner.stop().catch(() => undefined);
  };
  stopping.addEventListener('abort', stop);
  try {
    if (stopping.aborted) return;
    await enqueueAll(runner, leases, Object.keys(options.tasks));
    onStarted();
    keepLeases(runner, { leases, underWay, ...options });
    await runner.promise;
    if (!stopping.aborted) throw new Error('The queue can go on no more');
  } finally {
    stopping.removeEventListener('abort', stop);
    stop();
    await stopped;
  }
}

async function startRunner(
  pool: pg.Pool,
  { tasks, logger }: WorkerOptions,
  state: { stopping: AbortSignal; underWay: Set<string> },
): Promise<Runner> {
  const runner = await run({
    pgPool: pool,
    // None waits for another.
    concurrency: Object.keys(tasks).length,
    pollInterval: POLL_MS,
    noHandleSignals: true,
    logger: logTo(logger),
    taskList: taskList(tasks, { logger, ...state }),
    parsedCronItems: [],
    // Unless batched, a job whose end cannot be written rejects a promise that nobody awaits, which ends the process.
    preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
  });
  // Handled where it is awaited; until then it must not end the process either.
  runner.promise.catch(() => undefined);
  return runner;
}

/** One job a task, and now. One that runs elsewhere goes on. */
async function enqueueAll(runner: Runner, leases: JobLeases, names: readonly string[]): Promise<void> {
  for (const name of names) await runner.addJob(name, {}, { jobKey: name, jobKeyMode: 'unsafe_dedupe' });
  await leases.hasten(names);
}

function keepLeases(
  runner: Runner,
  parts: Pick<WorkerOptions, 'tasks' | 'logger'> & { leases: JobLeases; underWay: ReadonlySet<string> },
): void {
  const { tasks, logger, leases, underWay } = parts;
  let isBeating = false;
  const beat = async () => {
    if (isBeating) return;
    isBeating = true;
    try {
      if (underWay.size > 0) await leases.renew([...underWay]);
      await leases.takeOver(Object.keys(tasks), LEASE_SECONDS);
    } catch (error) {
      logger.debug({ reason: describeError(error) }, 'No heartbeat');
    }
    isBeating = false;
  };
  const timer = setInterval(beat, BEAT_MS);
  const end = () => clearInterval(timer);
  runner.promise.then(end, end);
}

function taskList(
  tasks: WorkerOptions['tasks'],
  { logger, stopping, underWay }: { logger: Logger; stopping: AbortSignal; underWay: Set<string> },
): TaskList {
  return Object.fromEntries(
    Object.entries(tasks).map(([name, task]) => [
      name,
      async (_payload, { job, query, abortSignal }) => {
        underWay.add(job.id);
        const isTaken = !stopping.aborted;
        try {
          if (isTaken) await task.run(AbortSignal.any([stopping, abortSignal]));
        } catch (error) {
          logger.warn({ task: name, reason: describeError(error) }, 'A background task has failed');
        }
        underWay.delete(job.id);
        // Also while stopping: another instance goes on with it.
        await query(enqueueNext, [name, isTaken ? task.everySeconds : 0]);
      },
    ]),
  );
}

/** By the database's clock, as all due times. */
const enqueueNext = `select graphile_worker.add_job($1::text, job_key => $1::text,
  run_at => now() + make_interval(secs => $2::double precision))`;

async function pause(stopping: AbortSignal): Promise<void> {
  if (stopping.aborted) return;
  await setTimeout(RESTART_MS, undefined, { signal: stopping }).catch(() => undefined);
}

/** The queue speaks of each job at info; only what is wrong is of interest. Its messages may quote payloads,
 *  which are empty here. */
function logTo(logger: Logger): WorkerLogger {
  return new WorkerLogger(() => (level, message) => {
    if (level === 'error') logger.warn({ queue: message }, 'The job queue reports a fault');
  });
}
