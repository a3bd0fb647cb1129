import postgres from 'postgres';
import { afterAll, describe, expect, it } from 'vitest';
import { cloneTemplate, type TestDatabase } from '../src/database.ts';

let fills = 0;
const template = {
  name: 'sample',
  async fill(url: string) {
    fills += 1;
    const sql = postgres(url, { max: 1 });
    await sql`create table notes (body text not null)`;
    await sql.end();
  },
};

describe('a test database', () => {
  const open: TestDatabase[] = [];
  const create = async () => {
    const database = await cloneTemplate(template);
    open.push(database);
    return postgres(database.url, { max: 1 });
  };
  afterAll(async () => {
    await Promise.all(open.map((database) => database.drop()));
  });

  it('has the tables of its template, which is filled once', async () => {
    const [first, second, third] = await Promise.all([create(), create(), create()]);
    await first`insert into notes (body) values ('mine')`;
    const count = async (sql: postgres.Sql) => (await sql`select * from notes`).length;
    expect(await Promise.all([count(first), count(second), count(third)])).toEqual([1, 0, 0]);
    expect(fills).toBe(1);
  });

  it('is gone after drop, also with a connection left open', async () => {
    const database = await cloneTemplate(template);
    const sql = postgres(database.url, { max: 1, onclose: () => {} });
    await sql`select 1`;
    await database.drop();
    await expect(postgres(database.url, { max: 1 })`select 1`).rejects.toThrow(/does not exist/);
  });

  it('of a template that cannot be filled fails with the reason, every time', async () => {
    const broken = { name: 'broken', fill: async () => await Promise.reject(new Error('no table')) };
    await expect(cloneTemplate(broken)).rejects.toThrow('no table');
    await expect(cloneTemplate(broken)).rejects.toThrow('no table');
  });
});
