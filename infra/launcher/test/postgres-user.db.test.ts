import { chmod, chown, stat } from 'node:fs/promises';
import path from 'node:path';
import postgres from 'postgres';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startEmbeddedPostgres } from '../src/embedded-postgres.ts';
import { asNamespace, asPlainNobody, asUser, type PostgresUser } from '../src/postgres-user.ts';
import { temporaryFolder } from './temporary-folder.ts';

const isRoot = process.getuid?.() === 0;
const asNobody = asUser(65_534);

async function startAndStop(folder: string, strategies?: readonly PostgresUser[]): Promise<void> {
  const password = 'a password of the test 0123456789';
  const server = await startEmbeddedPostgres({
    folder,
    password,
    isDurable: false,
    maxConnections: 10,
    ...(strategies === undefined ? {} : { rootStrategies: strategies }),
  });
  onTestFinished(server.close);
  const sql = postgres(server.adminUrl(), { max: 1 });
  await sql`select 1`;
  await sql.end();
  await server.close();
}

describe.runIf(isRoot)('Postgres started by root', () => {
  it.each([asNamespace, asNobody, asPlainNobody])('runs as $name', async (strategy) => {
    const folder = await temporaryFolder();
    await chmod(folder, 0o711);
    await startAndStop(path.join(folder, 'postgres'), [strategy]);
  });

  it('says so where the only way left cannot enter the folder', async () => {
    const folder = path.join(await temporaryFolder(), 'postgres');
    await expect(startAndStop(folder, [asPlainNobody])).rejects.toThrow(/as nobody: .*postgres/);
  });

  it('takes over a folder that another way has left, and gives it back', async () => {
    const folder = path.join(await temporaryFolder(), 'postgres');
    await startAndStop(folder, [asNamespace]);
    expect((await stat(path.join(folder, 'data'))).uid).toBe(0);
    await startAndStop(folder, [asNobody]);
    expect((await stat(path.join(folder, 'data'))).uid).toBe(65_534);
    await startAndStop(folder, [asNamespace]);
    expect((await stat(path.join(folder, 'data'))).uid).toBe(0);
  });

  it('runs as the user whose data folder it is, so that they can come back to it', async () => {
    const folder = await temporaryFolder();
    await chown(folder, 65_534, 65_534);
    await startAndStop(path.join(folder, 'postgres'));
    expect((await stat(path.join(folder, 'postgres', 'data'))).uid).toBe(65_534);
  });

  it('goes on to the next way where one is forbidden', async () => {
    const folder = path.join(await temporaryFolder(), 'postgres');
    const forbidden = { ...asNamespace, prefix: ['sh', '-c', 'echo not permitted >&2; exit 1'] };
    await startAndStop(folder, [forbidden, asNobody]);
    await expect(startAndStop(folder, [forbidden])).rejects.toThrow(
      /refuses to run as root[\s\S]*not permitted[\s\S]*DATABASE_URL/,
    );
  });
});
