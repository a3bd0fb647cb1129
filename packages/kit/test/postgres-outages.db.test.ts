import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../src/postgres.ts';
import { type RestartablePostgres, startRestartablePostgres } from './restartable-postgres.ts';
import { expectAllConnections, startLoad } from './statement-load.ts';
import { startTcpProxy } from './tcp-proxy.ts';

/** The figure to reach is 50, which takes minutes. */
const ROUNDS = Number(process.env.RESTARTS ?? 8);
const POOL_SIZE = 10;
/** At most 3 s for a connection, the timeout of 2 s, half a second for the answer; and time for a busy machine. */
const BOUND_MS = 5_500 + 3_000;

let server: RestartablePostgres;
let admin: Database;
let proxy: Awaited<ReturnType<typeof startTcpProxy>>;
const faults: unknown[] = [];
const noteFault = (error: unknown) => void faults.push(error);

beforeAll(async () => {
  process.on('uncaughtException', noteFault);
  process.on('unhandledRejection', noteFault);
  server = await startRestartablePostgres(60);
  proxy = await startTcpProxy(new URL(server.url));
  admin = openDatabase({ url: server.url, applicationName: 'admin', poolSize: 1 });
});
afterAll(async () => {
  await admin.close();
  await proxy.cut();
  await server.stop();
  process.off('uncaughtException', noteFault);
  process.off('unhandledRejection', noteFault);
});

const outages: { name: string; breakAndMend(): Promise<void> }[] = [
  {
    name: 'a restart of Postgres',
    async breakAndMend() {
      await server.stop();
      await delay(Math.random() * 200);
      await server.start();
    },
  },
  { name: 'a crash of Postgres', breakAndMend: async () => await server.crash() },
  {
    name: 'terminated sessions',
    async breakAndMend() {
      await admin.db.execute(
        sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'test'`,
      );
    },
  },
  {
    name: 'cut connections',
    async breakAndMend() {
      await proxy.cut();
      await delay(Math.random() * 200);
      await proxy.mend();
    },
  },
];

describe.each(outages)('$name under load', ({ name, breakAndMend }) => {
  let database: Database;
  beforeEach(() => {
    const url = name === 'cut connections' ? proxy.url : server.url;
    database = openDatabase({ url, applicationName: 'test', poolSize: POOL_SIZE });
  });
  afterEach(() => database.close());

  it(`is over within 5 s, ${ROUNDS} times, with every statement settled`, {
    timeout: ROUNDS * 40_000,
  }, async () => {
    const { db } = database;
    for (let round = 0; round < ROUNDS; round += 1) {
      const load = await startLoad(db, 40);
      await delay(Math.random() * 300);
      await breakAndMend();
      await delay(Math.random() * 100);
      await expectSettled(await load.stop());
      await expectAllConnections(db, POOL_SIZE);
    }
    expect(faults).toEqual([]);
  });
});

describe('a Postgres that hangs under load', () => {
  it('keeps nobody waiting, and is used again when it goes on', { timeout: 60_000 }, async () => {
    const { db, close } = openDatabase({ url: server.url, applicationName: 'test', poolSize: POOL_SIZE });
    try {
      await expectAllConnections(db, POOL_SIZE);
      const load = await startLoad(db, 40);
      await delay(100);
      await server.signalAll('SIGSTOP');
      try {
        // Longer than statement and connection may take.
        await delay(6_000);
      } finally {
        await server.signalAll('SIGCONT');
      }
      await delay(200);
      const ended = await load.stop();
      await expectSettled(ended);
      expect(ended.settled.filter(({ outcome }) => outcome === 'SYS_002').length).toBeGreaterThan(40);
      await expectAllConnections(db, POOL_SIZE);
      expect(faults).toEqual([]);
    } finally {
      await close();
    }
  });
});

type Ended = Awaited<ReturnType<Awaited<ReturnType<typeof startLoad>>['stop']>>;

async function expectSettled({ settled, unsettled }: Ended): Promise<void> {
  expect(unsettled).toBe(0);
  expect(settled.filter(({ outcome }) => outcome !== 'done' && outcome !== 'SYS_002')).toEqual([]);
  expect(settled.some(({ outcome }) => outcome === 'done')).toBe(true);
  expect(Math.max(...settled.map(({ ms }) => ms))).toBeLessThan(BOUND_MS);
}
