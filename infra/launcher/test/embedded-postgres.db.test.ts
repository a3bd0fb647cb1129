import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import postgres from 'postgres';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import {
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  startEmbeddedPostgres,
} from '../src/embedded-postgres.ts';
import { findPostgresOn } from './postgres-processes.ts';
import { temporaryFolder } from './temporary-folder.ts';

const password = 'a password of the test 0123456789';

async function start(
  folder: string,
  options: Partial<EmbeddedPostgresOptions> = {},
): Promise<EmbeddedPostgres> {
  const defaults = { folder, password, isDurable: true, maxConnections: 20 };
  const server = await startEmbeddedPostgres({ ...defaults, ...options });
  onTestFinished(server.close);
  return server;
}

async function ask(url: string, query: string): Promise<unknown> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    const [row] = await sql.unsafe(query);
    return row === undefined ? undefined : Object.values(row)[0];
  } finally {
    await sql.end();
  }
}

/** Another Node process that holds a server, as `npm start` does. */
async function hold(folder: string): Promise<{ holder: ChildProcess; url: string }> {
  const fixture = fileURLToPath(new URL('fixtures/hold-postgres.ts', import.meta.url));
  const loader = ['--import', 'tsx', '--conditions=source'];
  const holder = spawn(process.execPath, [...loader, fixture, folder, password], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void holder.kill('SIGKILL'));
  const url = await new Promise<string>((resolve, reject) => {
    holder.stdout?.once('data', (text: Buffer) => resolve(text.toString().trim()));
    holder.once('exit', () => reject(new Error('The holder ended')));
  });
  return { holder, url };
}

describe('the embedded Postgres', () => {
  it('listens on loopback only, asks for the password and writes UTF-8 to disk at once', async () => {
    const folder = await temporaryFolder();
    const server = await start(folder);
    const setting = (name: string) => ask(server.adminUrl(), `select current_setting('${name}')`);
    expect(await setting('listen_addresses')).toBe('127.0.0.1');
    expect(await setting('server_encoding')).toBe('UTF8');
    expect(await setting('fsync')).toBe('on');
    const wrong = server.adminUrl().replace(encodeURI(password), 'wrong').replace(password, 'wrong');
    await expect(ask(wrong, 'select 1')).rejects.toThrow(/password/);
    expect((await stat(folder)).mode & 0o077).toBe(0);
  });

  it('keeps its data over a stop and a start, also under a path with spaces', async () => {
    const folder = path.join(await temporaryFolder(), 'my shop', 'postgres');
    const first = await start(folder);
    await ask(first.adminUrl(), 'create table kept as select 42 as answer');
    await first.close();
    expect(findPostgresOn(path.join(folder, 'data'))).toEqual([]);
    const second = await start(folder);
    expect(await ask(second.adminUrl(), 'select answer from kept')).toBe(42);
  });

  it('ends with a launcher that is killed, and its data is there at once again', async () => {
    const folder = await temporaryFolder();
    const { holder, url } = await hold(folder);
    await ask(url, 'create table kept as select 42 as answer');
    holder.kill('SIGKILL');
    // Not waiting: the next start comes while the old server may still be shutting down.
    const next = await start(folder);
    expect(await ask(next.adminUrl(), 'select answer from kept')).toBe(42);
    await next.close();
    await vi.waitFor(() => expect(findPostgresOn(path.join(folder, 'data'))).toEqual([]));
  });

  it('starts although a crash left a process number that another program has now', async () => {
    const folder = await temporaryFolder();
    const first = await start(folder);
    await first.close();
    const pidFile = path.join(folder, 'data', 'postmaster.pid');
    await writeFile(pidFile, `${process.pid}\n${folder}\n0\n1\n\n127.0.0.1\n\nready\n`);
    const second = await start(folder);
    expect(await ask(second.adminUrl(), 'select 1')).toBe(1);
  });

  it('begins anew where an earlier start was killed while it made the cluster', async () => {
    const folder = await temporaryFolder();
    await mkdir(path.join(folder, 'data.new', 'base'), { recursive: true });
    await writeFile(path.join(folder, 'data.new', 'PG_VERSION'), '15');
    await writeFile(path.join(folder, 'data.password'), 'another');
    const server = await start(folder);
    expect(await ask(server.adminUrl(), 'select 1')).toBe(1);
    await expect(readFile(path.join(folder, 'data.password'))).rejects.toThrow('ENOENT');
  });

  it('refuses data of another Postgres version and says so', async () => {
    const folder = await temporaryFolder();
    await (await start(folder)).close();
    await writeFile(path.join(folder, 'data', 'PG_VERSION'), '14\n');
    await expect(start(folder)).rejects.toThrow(/written by Postgres 14.*npm run reset/);
  });

  it('tells the reason from the log when the server cannot start', async () => {
    const folder = await temporaryFolder();
    await (await start(folder)).close();
    await writeFile(path.join(folder, 'data', 'postgresql.conf'), 'no_such_setting = 1\n');
    await expect(start(folder)).rejects.toThrow(/no_such_setting/);
    expect(findPostgresOn(path.join(folder, 'data'))).toEqual([]);
  });

  it('is removed with its folder where it was only for throwing away', async () => {
    const folder = await temporaryFolder();
    const server = await start(folder, { isDurable: false, removeOnStop: folder });
    expect(await ask(server.adminUrl(), "select current_setting('fsync')")).toBe('off');
    await server.close();
    await expect(stat(folder)).rejects.toThrow('ENOENT');
  });
});
