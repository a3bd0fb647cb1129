import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { cloneTemplate, type TestDatabase } from '@commerce/testkit/database';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { migrateDatabase } from '../src/migrate.ts';

let database: TestDatabase;
let sql: postgres.Sql;
let folder: string;
beforeAll(async () => {
  database = await cloneTemplate({
    name: 'kit_migrate',
    fill: async (url) => {
      const client = postgres(url, { max: 1, onnotice: () => {} });
      await client`create table things (id integer)`;
      await client.end();
    },
  });
  sql = postgres(database.url, { max: 3, onnotice: () => {} });
  folder = await mkdtemp(path.join(tmpdir(), 'kit-migrations-'));
  await mkdir(path.join(folder, 'meta'));
  const entries = [{ idx: 0, version: '7', when: 1, tag: '0000_names', breakpoints: true }];
  await writeFile(
    path.join(folder, 'meta', '_journal.json'),
    JSON.stringify({ version: '7', dialect: 'postgresql', entries }),
  );
  await writeFile(path.join(folder, '0000_names.sql'), 'ALTER TABLE things ADD COLUMN name text;');
});
afterAll(async () => {
  await sql?.end({ timeout: 5 });
  await database?.drop();
  await rm(folder, { recursive: true, force: true });
});

it('a migration does not keep others waiting behind it while it cannot have a table', async () => {
  const reader = await sql.reserve();
  await reader`begin`;
  await reader`select * from things`;
  let isOver = false;
  const migrating = migrateDatabase(database.url, folder).finally(() => {
    isOver = true;
  });
  // Whoever waits in vain gives the table up for others, again and again.
  for (let read = 0; read < 5; read += 1) {
    await sql.begin(async (transaction) => {
      await transaction`set local lock_timeout = '900ms'`;
      await transaction`select * from things`;
    });
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  expect(isOver).toBe(false);
  await reader`commit`;
  reader.release();
  await migrating;
  expect(await sql`select name from things`).toEqual([]);
});
