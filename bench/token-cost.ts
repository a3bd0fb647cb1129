import { cpus } from 'node:os';
import { Pool } from 'undici';
import { z } from 'zod';
import { startCrowdedShop } from '../e2e/torture/crowd.ts';

/** What an access token costs the router: `npm run bench:token -- [requests of each kind] [rounds]`.
 *  Asks for the same public field with a customer's token and without, one request after the other, in short stretches that
 *  take turns: what the machine does meanwhile, it does to both. The difference is the router's whole work for the
 *  token: reading and verifying it, asking whether its session ended, and telling the subgraph who it is.
 *  Fails where the median of the time of a request, or the router's processor time for one, differs by more than 0.3 ms. */

const [count = 10_000, rounds = 50] = process.argv.slice(2).map(Number);
const LIMIT_MS = 0.3;
const WARM_UP_REQUESTS = 1_000;
const body = JSON.stringify({ query: 'query Name { product(productId: "prod_001") { name } }' });
const answerSchema = z.object({ data: z.object({ product: z.object({ name: z.string() }) }) });

type Kind = { name: string; headers: Record<string, string>; times: number[]; cpuMs: number };

const shop = await startCrowdedShop({ customers: 1 });
const pool = new Pool(shop.url, { connections: 1 });
try {
  process.exitCode = (await run()) ? 1 : 0;
} finally {
  await pool.destroy();
  await shop.close();
}

/** @returns whether a token costs too much */
async function run(): Promise<boolean> {
  const [customer] = shop.customers;
  if (!customer) throw new Error('Nobody is there');
  const authorization = `Bearer ${shop.tokenOf(customer)}`;
  const without: Kind = { name: 'without', headers: {}, times: [], cpuMs: 0 };
  const withToken: Kind = { name: 'with a token', headers: { authorization }, times: [], cpuMs: 0 };
  for (const kind of [without, withToken]) await askOften(kind, WARM_UP_REQUESTS);
  for (const kind of [without, withToken]) Object.assign(kind, { times: [], cpuMs: 0 });
  for (let round = 0; round < rounds; round += 1) {
    // Whoever comes second has a warmer machine: they take turns at that too.
    const order = round % 2 === 0 ? [without, withToken] : [withToken, without];
    for (const kind of order) await askOften(kind, Math.ceil(count / rounds));
  }
  return report(without, withToken);
}

async function askOften(kind: Kind, times: number): Promise<void> {
  const before = await routerCpuMs();
  for (let index = 0; index < times; index += 1) {
    const startedAt = performance.now();
    const response = await pool.request({
      method: 'POST',
      path: '/graphql',
      headers: { 'content-type': 'application/json', ...kind.headers },
      body,
    });
    const answer = await response.body.json();
    kind.times.push(performance.now() - startedAt);
    answerSchema.parse(answer);
  }
  kind.cpuMs += (await routerCpuMs()) - before;
}

async function routerCpuMs(): Promise<number> {
  const { body: metrics } = await pool.request({ method: 'GET', path: '/metrics' });
  const seconds = /^process_cpu_seconds_total\S* (\S+)/m.exec(await metrics.text())?.[1];
  if (seconds === undefined) throw new Error('The router does not tell its processor time');
  return Number(seconds) * 1_000;
}

function report(without: Kind, withToken: Kind): boolean {
  const rows = [
    { name: 'p50 of a request, ms', of: (kind: Kind) => quantile(kind.times, 0.5) },
    { name: 'processor time of the router for one, ms', of: (kind: Kind) => kind.cpuMs / kind.times.length },
  ].map(({ name, of }) => ({ name, without: of(without), with: of(withToken) }));
  console.log(
    `${without.times.length} requests of each kind, ${rounds} rounds, Node ${process.version}, ${cpus().length} cores\n`,
  );
  console.log(`| | ${without.name} | ${withToken.name} | more |\n|---|---:|---:|---:|`);
  for (const row of rows) {
    const cells = [row.without, row.with, row.with - row.without].map((ms) => ms.toFixed(3));
    console.log(`| ${row.name} | ${cells.join(' | ')} |`);
  }
  return rows.some((row) => !(row.with - row.without <= LIMIT_MS));
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
