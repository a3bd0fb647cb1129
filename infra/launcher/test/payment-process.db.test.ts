import { execFileSync } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ensureDatabases } from '../src/databases.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../src/embedded-postgres.ts';
import { migrateOne } from '../src/migrate-databases.ts';
import { type PaymentProcess, startPaymentProcess } from '../src/payment-process.ts';

const secret = 'the secret of the payment provider in tests';
const passwords = { users: 'pw', catalog: 'pw', cart: 'pw', orders: 'pw', payments: 'pw' };
const notices: string[] = [];
let server: EmbeddedPostgres;
let provider: PaymentProcess;

beforeAll(async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'commerce-launcher-test-'));
  const options = { folder, removeOnStop: folder, isDurable: false, maxConnections: 30 };
  server = await startEmbeddedPostgres({ ...options, password: 'the superuser password' });
  const { payments = '' } = await ensureDatabases(server, ['payments'], passwords);
  const logFile = path.join(folder, 'provider.log');
  provider = await startPaymentProcess({
    environmentAt: ({ host, port }) => ({
      PATH: process.env.PATH,
      HOST: host,
      PORT: String(port),
      PAYMENTS_DATABASE_URL: payments,
      PAYMENT_PROVIDER_SECRET: secret,
    }),
    logFile,
    isFromSource: true,
    onNotice: (text) => notices.push(text),
  });
  // After its start, as the launcher does.
  await migrateOne('payments', payments);
  await provider.isHealthy();
});
afterAll(async () => {
  await provider.stop();
  await server.close();
});

async function authorise(key: string) {
  const body = {
    orderId: 'ord_1',
    authorisationKey: key,
    amountCents: 100,
    currency: 'USD',
    token: 'tok_visa',
  };
  const response = await fetch(`${provider.url}/authorisations`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}` },
    body: JSON.stringify(body),
  });
  return await response.json();
}

/** Kills it as a crash would: it is the child of a supervisor that is our child. */
function crash(): void {
  const rows = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .map(([pid, parent, ...args]) => ({ pid, parent, command: args.join(' ') }))
    .filter(({ command }) => command.includes('payment-provider'));
  const supervisor = rows.find(({ parent }) => parent === String(process.pid));
  const child = rows.find(
    ({ parent, pid, command }) => pid && parent === supervisor?.pid && !command.startsWith('sh'),
  );
  process.kill(Number(child?.pid), 'SIGKILL');
}

describe('the payment provider’s process', () => {
  it('answers, and is started again at the same address when it ends unasked', async () => {
    const before = await authorise('key 1');
    expect(before).toMatchObject({ kind: 'approved' });
    crash();
    await vi.waitFor(async () => expect(await authorise('key 1')).toEqual(before), 20_000);
    expect(notices).toEqual([
      expect.stringMatching(/has ended \(.+\) and is started again; its log is .+\./),
    ]);
  });

  it('stays away after it was stopped, until it is started', async () => {
    notices.length = 0;
    await provider.stop();
    await delay(800);
    await expect(authorise('key 2')).rejects.toThrow();
    expect(notices).toEqual([]);
    provider.start();
    await provider.isHealthy();
    expect(await authorise('key 2')).toMatchObject({ kind: 'approved' });
  });
});
