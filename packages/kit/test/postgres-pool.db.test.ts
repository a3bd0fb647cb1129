import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { type SQL, sql } from 'drizzle-orm';
import { integer, pgTable, text } from 'drizzle-orm/pg-core';
import postgres from 'postgres';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it, vi } from 'vitest';
import { type Database, databaseError, databaseErrorCode, openDatabase } from '../src/postgres.ts';
import { type RestartablePostgres, startRestartablePostgres } from './restartable-postgres.ts';
import { expectAllConnections } from './statement-load.ts';

/** What a caller is promised, and time for a busy machine. */
const REFUSED_WITHIN_MS = 2_000 + 2_000;
const RECOVERS_WITHIN_MS = 2_000;

const opened: Database[] = [];
function open(options: { url?: string; poolSize?: number; statementTimeoutMs?: number } = {}): Database {
  const database = openDatabase({
    url: inject('testPostgres').adminUrl,
    applicationName: 'pool test',
    ...options,
  });
  opened.push(database);
  return database;
}
afterEach(async () => {
  await Promise.all(opened.splice(0).map(async (database) => await database.close()));
});

type Outcome = { status: number; retryAfterSeconds: number | undefined; reason: string | null; ms: number };

/** What a statement's caller is told, 200 where it was done. */
async function outcomeOf(statement: Promise<unknown>): Promise<Outcome> {
  const startedAt = performance.now();
  const error = await statement.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  const told = error === null ? null : databaseError(error);
  return {
    status: error === null ? 200 : (told?.httpStatus ?? 500),
    retryAfterSeconds: told?.retryAfterSeconds,
    reason: error === null ? null : databaseErrorCode(error),
    ms: performance.now() - startedAt,
  };
}

async function expectRecovery({ db }: Database): Promise<void> {
  const recovered = async () => expect((await outcomeOf(db.execute(sql`select 1`))).status).toBe(200);
  await vi.waitFor(recovered, { timeout: RECOVERS_WITHIN_MS, interval: 20 });
}

describe('a pool whose connections are all taken by slow statements', () => {
  it('refuses those that waited too long, and serves again as soon as one is free', async () => {
    const database = open({ poolSize: 3, statementTimeoutMs: 6_000 });
    const { db } = database;
    await expectAllConnections(db, 3);
    const slow = Array.from({ length: 3 }, () => outcomeOf(db.execute(sql`select pg_sleep(3)`)));
    const waiting = await Promise.all(Array.from({ length: 50 }, () => outcomeOf(db.execute(sql`select 1`))));
    for (const one of waiting) {
      expect(one).toMatchObject({ status: 503, retryAfterSeconds: 2, reason: 'ACQUIRE_TIMEOUT' });
      expect(one.ms).toBeLessThan(REFUSED_WITHIN_MS);
    }
    expect((await Promise.all(slow)).map(({ status }) => status)).toEqual([200, 200, 200]);
    await expectRecovery(database);
    await expectAllConnections(db, 3);
  });

  it('serves those that wait in their order', async () => {
    const { db } = open({ poolSize: 1 });
    const served: number[] = [];
    await Promise.all(
      [1, 2, 3, 4].map(async (id) => {
        await db.execute(sql`select pg_sleep(0.02)`);
        served.push(id);
      }),
    );
    expect(served).toEqual([1, 2, 3, 4]);
  });

  it('takes no statement for lost while this process is busy itself', async () => {
    const { db } = open({ poolSize: 1, statementTimeoutMs: 1_000 });
    await db.execute(sql`select 1`);
    const first = outcomeOf(db.execute(sql`select pg_sleep(0.1)`));
    const second = outcomeOf(db.execute(sql`select 1`));
    await delay(20);
    // The first one's answer comes meanwhile and lies unread, and the time of both runs out.
    const until = performance.now() + 1_700;
    while (performance.now() < until);
    expect([(await first).status, (await second).status]).toEqual([200, 200]);
  });
});

describe('a server that has too many connections', () => {
  let server: RestartablePostgres;
  let others: postgres.Sql[];
  beforeAll(async () => {
    server = await startRestartablePostgres(12);
  });
  afterAll(() => server.stop());
  beforeEach(() => {
    others = [];
  });
  afterEach(() => free());

  /** Others take all connections but the given number. */
  async function takeAllBut(left: number): Promise<void> {
    // One is reserved for superusers, whom this test is; the pool is a common user.
    const count = 12 - 1 - left;
    others = Array.from({ length: count }, () => postgres(server.url, { max: 1, onnotice: () => {} }));
    await Promise.all(others.map(async (other) => await other`select 1`));
  }

  async function free(): Promise<void> {
    await Promise.all(others.splice(0).map(async (other) => await other.end()));
  }

  async function openAsUser(poolSize: number): Promise<Database> {
    const admin = postgres(server.url, { max: 1, onnotice: () => {} });
    await admin`drop role if exists common`;
    await admin`create role common login password 'common'`;
    await admin.end();
    // The server frees a connection a moment after its client has ended.
    await delay(100);
    const url = new URL(server.url);
    url.username = 'common';
    url.password = 'common';
    return open({ url: url.href, poolSize });
  }

  it('answers 503 within 2 s, and is used as soon as some are freed', async () => {
    const database = await openAsUser(10);
    await takeAllBut(0);
    const refused = await Promise.all(
      Array.from({ length: 20 }, () => outcomeOf(database.db.execute(sql`select 1`))),
    );
    for (const one of refused) {
      expect(one).toMatchObject({ status: 503, retryAfterSeconds: 2, reason: '53300' });
      expect(one.ms).toBeLessThan(REFUSED_WITHIN_MS);
    }
    await free();
    await expectRecovery(database);
    await expectAllConnections(database.db, 10);
  });

  it('is used through the few connections that it has left', async () => {
    const database = await openAsUser(10);
    await takeAllBut(2);
    const served = await Promise.all(
      Array.from({ length: 40 }, () => outcomeOf(database.db.execute(sql`select pg_sleep(0.01)`))),
    );
    expect(served.map(({ status }) => status)).toEqual(Array(40).fill(200));
  });
});

describe('a statement without an answer', () => {
  it('fails soon after its timeout and leaves the pool whole', async () => {
    const database = open({ poolSize: 2, statementTimeoutMs: 300 });
    const { db } = database;
    await expectAllConnections(db, 2);
    // The server would cancel it by itself; without that it is as one that a lost network swallows.
    const silent = sql`select set_config('statement_timeout', '0', false), pg_sleep(4)`;
    const mute = await Promise.all([outcomeOf(db.execute(silent)), outcomeOf(db.execute(silent))]);
    for (const one of mute) expect(['57014', 'ANSWER_TIMEOUT']).toContain(one.reason);
    expect(mute.map(({ status }) => status)).toEqual([503, 503]);
    await expectAllConnections(db, 2);
  });

  it('fails where the server takes connections and says nothing', async () => {
    const silent = createServer((socket) => socket.resume().on('error', () => undefined));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', () => resolve()));
    const address = silent.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const database = open({ url: `postgres://nobody@127.0.0.1:${port}/none` });
    const refused = await outcomeOf(database.db.execute(sql`select 1`));
    expect(refused.status).toBe(503);
    expect(refused.ms).toBeLessThan(REFUSED_WITHIN_MS);
    await database.close();
    // Closes only when no connection is left.
    await new Promise((resolve) => silent.close(resolve));
  });

  it('is told at once from a refusal that waiting does not mend', async () => {
    const url = new URL(inject('testPostgres').adminUrl);
    url.pathname = '/no_such_database';
    const refused = await outcomeOf(open({ url: url.href }).db.execute(sql`select 1`));
    expect(refused).toMatchObject({ status: 500, reason: '3D000' });
  });
});

describe('the database', () => {
  const refusals: [name: string, run: (database: Database) => Promise<unknown>][] = [
    [
      'drizzle’s transaction',
      async ({ db }) => await db.transaction(async (other) => await other.execute(sql`select 1`)),
    ],
    ['BEGIN as a statement', async ({ db }) => await db.execute(sql`  begin`)],
    ['START TRANSACTION as a statement', async ({ db }) => await db.execute(sql`start transaction`)],
  ];
  it.each(refusals)('refuses %s and says why', async (_, run) => {
    const database = open();
    const error = await run(database).then(
      () => null,
      (thrown: unknown) => thrown,
    );
    const reason = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    expect(String(reason)).toMatch(/Transactions are refused: postgres.js .* one statement/);
  });

  it('keeps its connection after a refused statement', async () => {
    const { db } = open({ poolSize: 1 });
    const session = async () => (await db.execute(sql`select pg_backend_pid() as pid`))[0];
    const before = await session();
    await expect(db.execute(sql`select 1 / 0`)).rejects.toThrow();
    expect(await session()).toEqual(before);
  });

  it('gives a connection up after an error that is not the server’s', async () => {
    const { db } = open({ poolSize: 1 });
    const session = async () => (await db.execute(sql`select pg_backend_pid() as pid`))[0];
    const before = await session();
    await expect(db.execute(sql`select ${sql.param(undefined)}::text`)).rejects.toThrow();
    expect(await session()).not.toEqual(before);
  });

  it('reads and writes arrays of Postgres’s own types', async () => {
    const { db } = open();
    const readValue = async (value: SQL) =>
      (await db.execute<{ value: unknown }>(sql`select ${value} as value`))[0]?.value;
    const texts = ['a', 'with "quotes"', 'back\\slash', '{brace,comma}', ''];
    expect(await readValue(sql`${sql.param(texts)}::text[]`)).toEqual(texts);
    expect(await readValue(sql`${sql.param([])}::varchar[]`)).toEqual([]);
    expect(
      await readValue(
        sql`${sql.param([
          [1, 2],
          [3, 4],
        ])}::integer[]`,
      ),
    ).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(await readValue(sql`array[true, false]`)).toEqual([true, false]);
    expect(await readValue(sql`${sql.param(['NULL', null])}::text[]`)).toEqual(['NULL', null]);
    expect(await readValue(sql`array[null, 1]`)).toEqual([null, 1]);
    expect(await readValue(sql`array['{"a": "\\""}'::jsonb]`)).toEqual([{ a: '"' }]);
    expect(await readValue(sql`'b' = any(${sql.param(['a', 'b'])}::varchar[])`)).toBe(true);
  });

  it('prepares a statement once a connection', async () => {
    const { db } = open({ poolSize: 1 });
    const bodies = pgTable('pg_class', { oid: integer(), relname: text() });
    const prepared = db
      .select()
      .from(bodies)
      .where(sql`oid = ${sql.placeholder('oid')}::int`)
      .prepare('some');
    for (const oid of [1, 2, 3]) await prepared.execute({ oid });
    const held = await db.execute(sql`select statement from pg_prepared_statements`);
    expect(held).toHaveLength(1);
  });

  it('lets statements under way end when it is closed, and takes none after that', async () => {
    const database = open({ poolSize: 1 });
    const { db } = database;
    await db.execute(sql`select 1`);
    const underWay = outcomeOf(db.execute(sql`select pg_sleep(0.2)`));
    const waiting = outcomeOf(db.execute(sql`select 1`));
    await delay(20);
    await database.close();
    expect((await underWay).status).toBe(200);
    expect(await waiting).toMatchObject({ status: 503, reason: 'CONNECTION_ENDED' });
    const late = await outcomeOf(db.execute(sql`select 1`));
    expect(late).toMatchObject({ status: 503, reason: 'CONNECTION_ENDED' });
    await database.close();
  });
});
