import { cpus } from 'node:os';
import { findViolations } from '@commerce/invariants/find-violations';
import { startBenchShop } from './bench-shop.ts';
import { createMeasurements, summaryTable } from './measurements.ts';
import { type ProcessMemory, processTreeMemory } from './memory.ts';
import { createShopper, type Shopper } from './shopper.ts';

/** Concurrent shoppers against the embedded shop: `npm run bench -- [seconds] [shoppers] [seed]`.
 *  Prints requests/s, times, memory of each process, and whether the shop keeps its invariants; fails where an
 *  answer was an error or an invariant is broken. */

const [seconds = 30, count = 20, seed = 1] = process.argv.slice(2).map(Number);
/** After the last request, captures and mails that are under way end well within this. */
const SETTLE_SECONDS = 60;

const shop = await startBenchShop();
let isFailed = false;
try {
  const shoppers: Shopper[] = [];
  // One after the other: passwords are costly to hash, and the load to measure is another.
  for (let index = 0; index < count; index += 1) {
    const random = randomFrom(seed * 1_000 + index);
    shoppers.push(await createShopper(shop.origin, { name: `shopper-${index}`, random }));
  }
  const peak = watchMemory(shop.pid);
  const { measurements, elapsedSeconds } = await run(shoppers);
  const memory = peak.stop();
  const acked = shoppers.flatMap((shopper) => shopper.placedOrders);
  const violations = await findViolations(shop.urls, { mode: 'quiet', acked, settleSeconds: SETTLE_SECONDS });
  const faults = shoppers.flatMap((shopper) => [...shopper.faults]);
  isFailed = faults.length > 0 || violations.length > 0;
  report({ measurements, elapsedSeconds, memory, shoppers });
  for (const [fault, times] of faults) console.log(`FAULT ${times} x ${fault}`);
  for (const { invariant, name, total, rows } of violations) {
    console.log(`BROKEN ${invariant} ${name}: ${total}, such as ${JSON.stringify(rows[0])}`);
  }
  console.log(isFailed ? 'failed' : 'no error; all invariants hold');
  await Promise.all(shoppers.map((shopper) => shopper.close()));
} finally {
  await shop.close();
}
process.exitCode = isFailed ? 1 : 0;

async function run(shoppers: readonly Shopper[]) {
  const measurements = createMeasurements();
  const startedAt = performance.now();
  const deadline = startedAt + seconds * 1000;
  await Promise.all(
    shoppers.map(async (shopper) => {
      while (performance.now() < deadline) await shopper.shopOnce(measurements);
    }),
  );
  return { measurements, elapsedSeconds: (performance.now() - startedAt) / 1000 };
}

type Results = {
  measurements: ReturnType<typeof createMeasurements>;
  elapsedSeconds: number;
  memory: ProcessMemory[];
  shoppers: readonly Shopper[];
};

function report({ measurements, elapsedSeconds, memory, shoppers }: Results): void {
  const orders = shoppers.reduce((total, shopper) => total + shopper.placedOrders.length, 0);
  const refusals = shoppers.reduce((total, shopper) => total + shopper.refusals(), 0);
  const rate = measurements.totalCount() / elapsedSeconds;
  console.log(
    `${shoppers.length} shoppers, ${elapsedSeconds.toFixed(1)} s, seed ${seed}, ${cpus().length} cores`,
  );
  console.log(`${rate.toFixed(0)} requests/s, ${(orders / elapsedSeconds).toFixed(0)} orders/s`);
  console.log(`${orders} orders, ${refusals} refused because the last piece was gone\n`);
  console.log(`${summaryTable(measurements.summaries())}\n`);
  for (const { command, residentMb } of memory)
    console.log(`${command}: ${residentMb.toFixed(0)} MB at most`);
}

/** Samples the memory of the shop's processes, twice a second, and keeps each one's highest. */
function watchMemory(pid: number) {
  const highest = new Map<number, ProcessMemory>();
  const timer = setInterval(() => {
    for (const sample of processTreeMemory(pid)) {
      const before = highest.get(sample.pid)?.residentMb ?? 0;
      if (sample.residentMb > before) highest.set(sample.pid, sample);
    }
  }, 500);
  return {
    stop() {
      clearInterval(timer);
      return [...highest.values()];
    },
  };
}

/** A small seeded generator (mulberry32): the same seed shops alike. */
function randomFrom(initial: number): () => number {
  let state = initial;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
