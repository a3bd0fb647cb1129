import { fileURLToPath } from 'node:url';
import { migrateDatabase } from '@commerce/kit/migrate';
import postgres from 'postgres';
import { inject } from 'vitest';

export type TestDatabase = {
  url: string;
  /** Ends the connections that are left and removes the database. */
  drop(): Promise<void>;
};

export type Subgraph = 'users' | 'catalog' | 'cart' | 'orders';
/** The subgraphs' databases, and the demonstration payment provider's. */
export type DatabaseName = Subgraph | 'payments';

let clones = 0;

/** A database of the caller's own with its owner's tables, empty. Create one in `beforeAll` of
 *  each test file and drop it in `afterAll`. */
export async function createTestDatabase(name: DatabaseName): Promise<TestDatabase> {
  return await cloneTemplate({ name, fill: async (url) => await migrateTo(name, url) });
}

/** Brings a database to its owner's newest schema. */
export async function migrateTo(name: DatabaseName, url: string): Promise<void> {
  const workspace = name === 'payments' ? 'infra/payment-provider' : `subgraphs/${name}`;
  const folder = new URL(`../../../${workspace}/migrations`, import.meta.url);
  await migrateDatabase(url, fileURLToPath(folder));
}

/** How a template database is made, once a run: by whichever test file asks for it first. */
export type Template = { name: string; fill(url: string): Promise<void> };

/** A copy of a template. */
export async function cloneTemplate(template: Template): Promise<TestDatabase> {
  const { adminUrl, prefix } = inject('testPostgres');
  const source = `${prefix}template_${template.name}`;
  clones += 1;
  // Names are unique over the workers of a run: each is a process of its own.
  const name = `${prefix}${template.name}_${process.pid}_${clones}`;
  await withAdmin(async (sql) => {
    await ensureTemplate(sql, source, template);
    await sql`create database ${sql(name)} template ${sql(source)}`;
  });
  return {
    url: urlOf(adminUrl, name),
    drop: async () =>
      await withAdmin(async (sql) => {
        await sql`drop database if exists ${sql(name)} with (force)`;
      }),
  };
}

async function withAdmin(use: (sql: postgres.Sql) => Promise<void>): Promise<void> {
  const sql = postgres(inject('testPostgres').adminUrl, { max: 1, onnotice: () => {} });
  try {
    await use(sql);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

// Workers that ask at once wait for the first. The template gets its name when it is complete:
// one whose filling failed is not cloned by the next file.
async function ensureTemplate(sql: postgres.Sql, name: string, template: Template): Promise<void> {
  await sql`select pg_advisory_lock(hashtext(${name}))`;
  try {
    const [found] = await sql`select 1 from pg_database where datname = ${name}`;
    if (found !== undefined) return;
    const draft = `${name}_draft`;
    await sql`drop database if exists ${sql(draft)} with (force)`;
    await sql`create database ${sql(draft)}`;
    await template.fill(urlOf(inject('testPostgres').adminUrl, draft));
    await sql`alter database ${sql(draft)} rename to ${sql(name)}`;
  } finally {
    await sql`select pg_advisory_unlock(hashtext(${name}))`;
  }
}

function urlOf(adminUrl: string, database: string): string {
  const url = new URL(adminUrl);
  url.pathname = `/${database}`;
  return url.href;
}
