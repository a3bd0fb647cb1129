import path from 'node:path';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@commerce/launcher/embedded-postgres';
import { readPidFile } from '@commerce/launcher/postgres-cluster';
import type { z } from 'zod';
import { openShopDatabase } from '../shop-database.ts';

export type CrashablePostgres = {
  /** Another one after a crash. */
  port(): number;
  adminUrl(database?: string): string;
  /** Stops at once, without a checkpoint, and starts again: committed transactions are recovered from the log. */
  crash(): Promise<void>;
  /** Runs a statement as the superuser, past all proxies. */
  query<Row extends z.ZodType>(database: string, statement: string, row: Row): Promise<z.output<Row>[]>;
  close(): Promise<void>;
};

/** A server of the harness's own.
 *  @param removeOnStop a folder that goes when this process is killed */
export async function startCrashablePostgres(options: {
  folder: string;
  password: string;
  removeOnStop: string;
}): Promise<CrashablePostgres> {
  const start = async (): Promise<EmbeddedPostgres> =>
    await startEmbeddedPostgres({ ...options, isDurable: false, maxConnections: 150 });
  let server = await start();
  let isCrashing: Promise<void> = Promise.resolve();

  async function crash(): Promise<void> {
    const found = await readPidFile(path.join(options.folder, 'data'));
    if (found === null) throw new Error('Postgres has no process');
    process.kill(found.pid, 'SIGQUIT');
    await server.exited;
    server = await start();
  }

  return {
    port: () => server.port,
    adminUrl: (database) => server.adminUrl(database),
    crash() {
      isCrashing = isCrashing.then(crash);
      return isCrashing;
    },
    async query(database, statement, row) {
      const shopDatabase = openShopDatabase(server.adminUrl(database));
      try {
        return await shopDatabase.query(statement, row);
      } finally {
        await shopDatabase.close();
      }
    },
    close: async () => await server.close(),
  };
}

/** A crash must not lose what was told to be committed, though the server is told to be careless for speed. */
export const CAREFUL = `do $$ declare name text; begin
  for name in select rolname from pg_roles where rolcanlogin loop
    execute format('alter role %I set synchronous_commit = on', name);
  end loop; end $$`;
