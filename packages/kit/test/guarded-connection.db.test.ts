import postgres from 'postgres';
import { afterAll, beforeAll, expect, inject, it, vi } from 'vitest';
import { createConnection } from '../src/guarded-connection.ts';

let admin: postgres.Sql;
beforeAll(() => {
  admin = postgres(inject('testPostgres').adminUrl, { max: 1 });
});
afterAll(async () => await admin.end());

it('a connection does not outlive its socket: it dies at once, and makes no other session', async () => {
  const name = `guarded_${process.pid}`;
  const sessions = () => admin`select pid from pg_stat_activity where application_name = ${name}`;
  const onDead = vi.fn();
  const connection = createConnection({
    url: inject('testPostgres').adminUrl,
    session: { application_name: name },
    types: { parsers: {}, serializers: {} },
    attempt: 0,
    onDead,
  });
  await connection.open();
  expect(await sessions()).toHaveLength(1);

  await admin`select pg_terminate_backend(pid, 5000) from pg_stat_activity where application_name = ${name}`;

  await vi.waitFor(() => expect(connection.isDead()).toBe(true), { timeout: 5_000 });
  await expect(connection.run((sql) => sql.unsafe('select 1'), 2_000)).rejects.toThrow('was lost');
  expect(onDead).toHaveBeenCalledOnce();
  expect(await sessions()).toHaveLength(0);
});
