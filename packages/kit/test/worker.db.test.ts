import { setTimeout as sleep } from 'node:timers/promises';
import { Logger, runMigrations } from 'graphile-worker';
import postgres from 'postgres';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
// By path: the testkit depends on the kit, and a dependency back would be a cycle of workspaces.
import { cloneTemplate, type TestDatabase } from '../../testkit/src/database.ts';
import { createLogger } from '../src/logger.ts';
import { type BackgroundWorker, type RecurringTask, startWorker } from '../src/worker.ts';
import { startTcpProxy } from './tcp-proxy.ts';

let database: TestDatabase;
let sql: postgres.Sql;
let workers: BackgroundWorker[];
let lines: string[];

beforeEach(async () => {
  database = await cloneTemplate({ name: 'worker', fill: async () => {} });
  sql = postgres(database.url, { max: 1, onnotice: () => {}, onclose: () => {} });
  workers = [];
  lines = [];
});
afterEach(async () => {
  await Promise.all(workers.map((worker) => worker.close()));
  await sql.end();
  await database.drop();
});

const logger = createLogger({
  service: 'test',
  level: 'info',
  destination: { write: (line) => void lines.push(line) },
});

function start(task: RecurringTask, url = database.url): BackgroundWorker {
  const worker = startWorker({ url, tasks: { sweep: task }, logger });
  workers.push(worker);
  return worker;
}

/** A task that takes its time, and counts. */
function slowTask(options: { everySeconds: number; runMs: number }) {
  const seen = { runs: 0, atOnce: 0, mostAtOnce: 0 };
  const task: RecurringTask = {
    everySeconds: options.everySeconds,
    async run(signal) {
      seen.runs += 1;
      seen.atOnce += 1;
      seen.mostAtOnce = Math.max(seen.mostAtOnce, seen.atOnce);
      await sleep(options.runMs, undefined, { signal }).catch(() => undefined);
      seen.atOnce -= 1;
    },
  };
  return { seen, task };
}

async function waitForRuns(seen: { runs: number }, runs: number, timeout: number): Promise<void> {
  await vi.waitFor(() => expect(seen.runs).toBeGreaterThanOrEqual(runs), { timeout, interval: 20 });
}

describe('a recurring task', () => {
  it('runs at the start, and again so long after its end', async () => {
    const { seen, task } = slowTask({ everySeconds: 2, runMs: 0 });
    start(task);
    await waitForRuns(seen, 1, 3_000);
    await sleep(1_500);
    expect(seen.runs).toBe(1);
    await waitForRuns(seen, 2, 3_000);
    await waitForRuns(seen, 3, 4_000);
  });

  it('runs at the start also where it would not be due for long', async () => {
    const { seen, task } = slowTask({ everySeconds: 3_600, runMs: 0 });
    await start(task).close();
    start(task);
    await waitForRuns(seen, 1, 3_000);
    await workers.at(-1)?.close();
    start(task);
    await waitForRuns(seen, 2, 3_000);
  });

  it('comes again after a failure, which is logged', async () => {
    let runs = 0;
    start({
      everySeconds: 0,
      run: async () => {
        runs += 1;
        throw new Error('not today');
      },
    });
    await vi.waitFor(() => expect(runs).toBeGreaterThan(2), { timeout: 10_000 });
    expect(lines.join()).toContain('not today');
  });
});

describe('several workers on one database', () => {
  it('make the queue together where there is none, and run a task once at a time', async () => {
    const { seen, task } = slowTask({ everySeconds: 0, runMs: 200 });
    for (let instance = 0; instance < 4; instance += 1) start(task);
    await waitForRuns(seen, 5, 15_000);
    // As in a rolling restart.
    start(task);
    await workers[0]?.close();
    await waitForRuns(seen, seen.runs + 5, 15_000);
    expect(seen.mostAtOnce).toBe(1);
    expect(lines).toEqual([]);
  });

  it('leave a task alone that takes long', async () => {
    const { seen, task } = slowTask({ everySeconds: 0, runMs: 12_000 });
    start(task);
    start(task);
    await waitForRuns(seen, 2, 20_000);
    expect(seen.mostAtOnce).toBe(1);
  });

  it('take over within 10 seconds what a killed one had under way', async () => {
    const { seen, task } = slowTask({ everySeconds: 3_600, runMs: 0 });
    start(task);
    await waitForRuns(seen, 1, 5_000);
    await vi.waitFor(async () => {
      const taken =
        await sql`update graphile_worker._private_jobs set locked_at = now(), locked_by = 'pool-killed'
        where key = 'sweep' and locked_at is null returning id`;
      expect(taken).toHaveLength(1);
    });
    await sql`insert into graphile_worker._private_jobs (task_id, attempts, max_attempts, locked_at, locked_by)
      select task_id, 25, 25, locked_at, locked_by from graphile_worker._private_jobs`;
    await sleep(5_000);
    expect(seen.runs).toBe(1);
    await waitForRuns(seen, 2, 7_000);
    await vi.waitFor(async () => {
      expect(await sql`select key, locked_at from graphile_worker.jobs`).toEqual([
        { key: 'sweep', locked_at: null },
      ]);
    });
  });
});

describe('a worker', () => {
  it('goes on after Postgres ended its connections, whatever they were doing', async () => {
    const { seen, task } = slowTask({ everySeconds: 0, runMs: 5 });
    start(task);
    start(task);
    await waitForRuns(seen, 3, 10_000);
    for (let round = 0; round < 30; round += 1) {
      await sql`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()`;
      await sleep(Math.random() * 200);
    }
    await waitForRuns(seen, seen.runs + 5, 20_000);
  });

  it('waits for a database that is away, and says so once', async () => {
    const proxy = await startTcpProxy(new URL(database.url));
    await proxy.cut();
    const { seen, task } = slowTask({ everySeconds: 0, runMs: 0 });
    const worker = start(task, proxy.url);
    await sleep(2_500);
    await proxy.mend();
    await waitForRuns(seen, 1, 5_000);
    expect(lines).toHaveLength(1);
    await worker.close();
    await proxy.cut();
  });

  it('is closed at once where its database is away', async () => {
    const worker = start(slowTask({ everySeconds: 0, runMs: 0 }).task, 'postgres://nobody@127.0.0.1:1/none');
    await sleep(100);
    const before = performance.now();
    await worker.close();
    expect(performance.now() - before).toBeLessThan(500);
  });

  it('tells the task under way to end, waits for it, and leaves the next run to others', async () => {
    let ended = 0;
    let begun = 0;
    const task: RecurringTask = {
      everySeconds: 1,
      async run(signal) {
        begun += 1;
        await sleep(20_000, undefined, { signal }).catch(() => undefined);
        await sleep(300);
        ended += 1;
      },
    };
    const worker = start(task);
    await vi.waitFor(() => expect(begun).toBe(1), { timeout: 5_000 });
    await worker.close();
    expect(ended).toBe(1);
    await sleep(1_500);
    expect(begun).toBe(1);
    const { seen, task: next } = slowTask({ everySeconds: 1, runMs: 0 });
    start(next);
    await waitForRuns(seen, 1, 3_000);
  });

  it('may be closed before it has started', async () => {
    const { seen, task } = slowTask({ everySeconds: 0, runMs: 0 });
    await start(task).close();
    expect(seen.runs).toBe(0);
  });
});

describe("the queue's own tables", () => {
  // As each worker does where it starts.
  const makeTables = async () =>
    await runMigrations({ connectionString: database.url, logger: new Logger(() => () => undefined) });

  it('may be made again, and by several at once', async () => {
    await Promise.all(Array.from({ length: 4 }, () => makeTables()));
    const readVersion = async () => await sql`select max(id) as version from graphile_worker.migrations`;
    const [made] = await readVersion();
    await makeTables();
    expect(await readVersion()).toEqual([made]);
  });
});
