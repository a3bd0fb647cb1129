import { cpus } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { fillCarts, placeOrder, startCrowdedShop } from '../e2e/torture/crowd.ts';
import { createRequests } from '../e2e/torture/requests.ts';
import { settle } from '../e2e/torture/settle.ts';
import type { TortureShop } from '../e2e/torture/shop.ts';
import { createTally } from '../e2e/torture/tally.ts';
import { createMeasurements, type Measurements, type Summary } from './measurements.ts';
import {
  type NeighbourLoad,
  requestClasses,
  type ServiceToKill,
  startNeighbourLoad,
} from './neighbour-load.ts';

/** How much a dead service slows down what does not need it:
 *  `npm run bench:neighbours -- [requests of each class and phase] [clients] [rounds]`.
 *  Kills each subgraph in turn, several times, with stretches in between in which all are alive: what the machine
 *  does meanwhile, it does to both. Fails where an answer was wrong, or a p99 more than doubled. */

const [count = 2_000, clients = 2, rounds = 4] = process.argv.slice(2).map(Number);
const LIMIT = 2;
const services: readonly ServiceToKill[] = ['users', 'catalog', 'cart', 'orders'];
/** A service that has just started is slow by itself, and slows the others: nothing is measured meanwhile. */
const WARM_UP_MS = 2_000;

type Row = { dead: ServiceToKill; name: string; before: Summary; after: Summary; ratio: number };

const shop = await startCrowdedShop({ customers: 1 });
try {
  const load = await startNeighbourLoad({ origin: shop.url, token: await prepareCustomer(shop), clients });
  const alive = createMeasurements();
  const without = new Map(services.map((name) => [name, createMeasurements()]));
  try {
    await delay(WARM_UP_MS);
    for (let round = 0; round < rounds; round += 1) {
      for (const [name, dead] of without) {
        await stretch(load, { dead: null, into: alive, share: count / rounds / services.length });
        await measureDead(name, dead, load);
      }
    }
  } finally {
    await load.stop();
  }
  const rows = [...without].flatMap(([name, dead]) => compare(name, alive, dead));
  process.exitCode = report(rows, load) ? 1 : 0;
} finally {
  await shop.close();
}

/** A customer with a few finished orders and a cart, none of which changes any more.
 *  @returns the customer's token */
async function prepareCustomer({ customers, administrator, tokenOf }: TortureShop): Promise<string> {
  const [customer] = customers;
  if (!customer) throw new Error('Nobody is there');
  const lines = [
    { productId: 'prod_001', quantity: 1 },
    { productId: 'prod_002', quantity: 1 },
  ];
  for (let order = 0; order < 3; order += 1) {
    await fillCarts(shop, [customer], () => lines);
    const { status } = await placeOrder(shop, customer);
    if (status !== 201) throw new Error(`An order was answered with ${status}`);
  }
  await fillCarts(shop, [customer], () => lines);
  const tally = createTally();
  const requests = createRequests(shop.url, tally);
  if ((await settle(shop, { tally, requests, token: tokenOf(administrator) })) === null)
    throw new Error('Orders do not get done');
  return tokenOf(customer);
}

async function measureDead(name: ServiceToKill, into: Measurements, load: NeighbourLoad): Promise<void> {
  // Measured from here on, so that whoever is on the way while it dies counts.
  const measuring = stretch(load, { dead: name, into, share: count / rounds });
  await shop.processes[name].kill();
  await measuring;
  load.enter({ dead: name, record: () => undefined });
  await shop.processes[name].start();
  await delay(WARM_UP_MS);
}

/** Measures until so many requests of each class were answered. */
async function stretch(
  load: NeighbourLoad,
  { dead, into, share }: { dead: ServiceToKill | null; into: Measurements; share: number },
): Promise<void> {
  const left = new Map(requestClasses.map(({ name, everyTurns }) => [name, share / everyTurns]));
  await new Promise<void>((resolve) => {
    load.enter({
      dead,
      record(name, durationMs) {
        into.add(name, durationMs);
        left.set(name, (left.get(name) ?? 0) - 1);
        if (Math.max(...left.values()) <= 0) resolve();
      },
    });
  });
}

function compare(dead: ServiceToKill, alive: Measurements, without: Measurements): Row[] {
  const of = (measurements: Measurements, wanted: string) =>
    measurements.summaries().find(({ name }) => name === wanted) ?? {
      name: wanted,
      count: 0,
      p50: 0,
      p99: 0,
      max: 0,
    };
  return requestClasses.map(({ name }) => {
    const before = of(alive, name);
    const after = of(without, name);
    return { dead, name, before, after, ratio: after.p99 / before.p99 };
  });
}

/** @returns whether something is as it must not be */
function report(rows: readonly Row[], { faults }: NeighbourLoad): boolean {
  console.log(
    `${clients} clients, ${rounds} rounds, Node ${process.version}, ${cpus().length} cores; times in ms\n`,
  );
  console.log('| dead | request | count, alive and dead | p50 | p99 | max | p99, times |');
  console.log('|---|---|---:|---:|---:|---:|---:|');
  for (const { dead, name, before, after, ratio } of rows) {
    const pair = (of: (summary: Summary) => number, digits = 1) =>
      `${of(before).toFixed(digits)}, ${of(after).toFixed(digits)}`;
    const counts = pair((summary) => summary.count, 0);
    const columns = [counts, pair(({ p50 }) => p50), pair(({ p99 }) => p99), pair(({ max }) => max)];
    console.log(
      `| ${dead} | ${name}${needs(name, dead) ? ' (null)' : ''} | ${columns.join(' | ')} | ${ratio.toFixed(2)} |`,
    );
  }
  for (const [fault, times] of faults) console.log(`FAULT ${times} x ${fault}`);
  const survivors = rows.filter(({ name, dead }) => !needs(name, dead));
  const worst = Math.max(...survivors.map(({ ratio }) => ratio));
  console.log(
    `\nothers' p99 at most ${worst.toFixed(2)} of what it was (at most ${LIMIT}); ${faults.size} kinds of faults`,
  );
  return faults.size > 0 || !(worst <= LIMIT);
}

function needs(name: string, service: ServiceToKill): boolean {
  return requestClasses.some((kind) => kind.name === name && kind.needs.includes(service));
}
