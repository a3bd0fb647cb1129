import { cpus } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { Pool } from 'undici';
import { startCrowdedShop } from '../e2e/torture/crowd.ts';
import { createHostileDocuments } from './hostile-documents.ts';
import { createMeasurements, type Summary } from './measurements.ts';

/** What a stream of distinct hostile documents does to the router's memory and to its other clients:
 *  `npm run bench:hostile -- [documents] [a second] [rounds]`.
 *  Stretches with the stream and without follow each other: what the machine does meanwhile, it does to both. The
 *  documents come from as many addresses as it takes to send them all within each address's limit of requests.
 *  Fails where the friendly clients' p50 or p99, or the router's memory, more than doubles. */

const [documents = 10_000, rate = 11, rounds = 4] = process.argv.slice(2).map(Number);
const LIMIT = 2;
const REQUESTS_OF_AN_ADDRESS = 1_000;
const FRIENDLY_CLIENTS = 2;
const page = `query Page { me { firstName } product(productId: "prod_001") { name price { amount } }
  products(limit: 10) { nodes { productId name } } cart { itemCount } orders(limit: 10) { totalCount } }`;

const shop = await startCrowdedShop({
  customers: 1,
  // As they are by default.
  env: {
    TRUSTED_PROXIES: '1',
    RATE_LIMIT_GRAPHQL_MAX: String(REQUESTS_OF_AN_ADDRESS),
    GRAPHQL_MAX_COST: '5000',
    GRAPHQL_COST_BUDGET: '50000',
    GRAPHQL_PLANNING_BUDGET: '1000',
  },
});
const pool = new Pool(shop.url, { connections: 64 });
const [customer] = shop.customers;
if (!customer) throw new Error('Nobody is there');
const token = shop.tokenOf(customer);
try {
  process.exitCode = (await run()) ? 1 : 0;
} finally {
  await pool.destroy();
  await shop.close();
}

async function ask(query: string, address: string): Promise<number> {
  const response = await pool.request({
    method: 'POST',
    path: '/graphql',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${token}`,
      'x-forwarded-for': address,
    },
    body: JSON.stringify({ query }),
  });
  await response.body.dump();
  return response.statusCode;
}

/** Clients that ask for a page again and again, and pause as people do. */
function startFriends(record: (ms: number, status: number) => void): () => Promise<void> {
  let isOver = false;
  let sent = 0;
  const running = Array.from({ length: FRIENDLY_CLIENTS }, async () => {
    while (!isOver) {
      sent += 1;
      const address = `10.0.0.${Math.floor(sent / 900)}`;
      const startedAt = performance.now();
      const status = await ask(page, address);
      record(performance.now() - startedAt, status);
      await delay(10);
    }
  });
  return async () => {
    isOver = true;
    await Promise.all(running);
  };
}

async function sendHostile(
  count: number,
  state: { sent: number; make: () => string },
  statuses: Map<number, number>,
): Promise<void> {
  const startedAt = performance.now();
  const pending: Promise<void>[] = [];
  for (let index = 0; index < count; index += 1) {
    const address = `10.9.0.${Math.floor(state.sent / REQUESTS_OF_AN_ADDRESS)}`;
    state.sent += 1;
    pending.push(
      ask(state.make(), address).then((status) => void statuses.set(status, (statuses.get(status) ?? 0) + 1)),
    );
    await delay(Math.max(0, startedAt + ((index + 1) * 1_000) / rate - performance.now()));
  }
  await Promise.all(pending);
}

/** @returns whether something is as it must not be */
async function run(): Promise<boolean> {
  const measurements = createMeasurements();
  const statuses = new Map<number, number>();
  const memory = { calm: 0, hostile: 0 };
  const state = { sent: 0, make: createHostileDocuments() };
  let phase = 'warm-up';
  let faults = 0;
  const stop = startFriends((ms, status) => {
    measurements.add(phase, ms);
    if (status !== 200) faults += 1;
  });
  await delay(5_000);
  for (let round = 0; round < rounds; round += 1) {
    phase = 'calm';
    await delay((documents / rounds / rate) * 1_000);
    if (round === 0) memory.calm = await routerMemory();
    phase = 'hostile';
    await sendHostile(documents / rounds, state, statuses);
    memory.hostile = Math.max(memory.hostile, await routerMemory());
  }
  await stop();
  return report({ summaries: measurements.summaries(), statuses, memory, faults });
}

async function routerMemory(): Promise<number> {
  const { body } = await pool.request({ method: 'GET', path: '/metrics' });
  const bytes = /^process_resident_memory_bytes\S* (\S+)/m.exec(await body.text())?.[1];
  if (bytes === undefined) throw new Error('The router does not tell its memory');
  return Number(bytes) / 1024 / 1024;
}

function report(found: {
  summaries: readonly Summary[];
  statuses: ReadonlyMap<number, number>;
  memory: { calm: number; hostile: number };
  faults: number;
}): boolean {
  const { summaries, statuses, memory, faults } = found;
  const of = (name: string) => summaries.find((summary) => summary.name === name);
  const [calm, hostile] = [of('calm'), of('hostile')];
  if (!calm || !hostile) throw new Error('Nothing was measured');
  const ratios = {
    p50: hostile.p50 / calm.p50,
    p99: hostile.p99 / calm.p99,
    memory: memory.hostile / memory.calm,
  };
  console.log(
    `${documents} documents, ${rate}/s, ${rounds} rounds, Node ${process.version}, ${cpus().length} cores\n`,
  );
  console.log('| | without | with | times |\n|---|---:|---:|---:|');
  console.log(
    `| friendly p50 ms (${calm.count}, ${hostile.count} pages) | ${cells(calm.p50, hostile.p50)} |`,
  );
  console.log(`| friendly p99 ms | ${cells(calm.p99, hostile.p99)} |`);
  console.log(`| router, resident MB | ${cells(memory.calm, memory.hostile)} |`);
  const answers = [...statuses].map(([status, count]) => `${status}: ${count}`).join(', ');
  console.log(`\nhostile documents were answered ${answers}; ${faults} friendly pages failed`);
  return faults > 0 || Object.values(ratios).some((ratio) => !(ratio <= LIMIT));
}

function cells(before: number, after: number): string {
  return `${before.toFixed(1)} | ${after.toFixed(1)} | ${(after / before).toFixed(2)}`;
}
