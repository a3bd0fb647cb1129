import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { startEmbeddedPostgres } from '@commerce/launcher/embedded-postgres';
import postgres from 'postgres';
import { createBoundFolder } from './bound-folder.ts';
import type { TestPostgres } from './provided.ts';

export type TestPostgresServer = TestPostgres & { close(): Promise<void> };

/** Two workers, each with up to five services of ten connections, and clones in the making. */
const MAX_CONNECTIONS = 200;

/** The server of one test run: TEST_POSTGRES_URL where given, else an embedded one in a temporary
 *  folder, which is gone after the run, also after a killed one. */
export async function startTestPostgres(url: string | undefined): Promise<TestPostgresServer> {
  const prefix = `test_${randomBytes(4).toString('hex')}_`;
  const folder = await createBoundFolder();
  const scratchFolder = path.join(folder.path, 'scratch');
  await mkdir(scratchFolder);
  if (url !== undefined) {
    const close = async () => {
      await dropDatabases(url, prefix);
      await folder.remove();
    };
    return { adminUrl: url, prefix, scratchFolder, close };
  }
  const server = await startEmbeddedPostgres({
    folder: path.join(folder.path, 'postgres'),
    password: randomBytes(24).toString('base64url'),
    isDurable: false,
    maxConnections: MAX_CONNECTIONS,
    // Whichever is last, the server or the folder's keeper, leaves nothing.
    removeOnStop: folder.path,
  });
  const close = async () => {
    await server.close();
    await folder.remove();
  };
  return { adminUrl: server.adminUrl(), prefix, scratchFolder, close };
}

async function dropDatabases(url: string, prefix: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    const rows = await sql`select datname from pg_database where starts_with(datname, ${prefix})`;
    for (const { datname } of rows) await sql`drop database if exists ${sql(datname)} with (force)`;
  } finally {
    await sql.end({ timeout: 5 });
  }
}
