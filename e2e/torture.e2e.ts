import { execFileSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { startTortureShop } from './torture/shop.ts';
import { type TortureReport, torture } from './torture/torture.ts';

/** Customers order, cancel and are refunded while processes are killed at every step, servers crash and connections
 *  are cut. `npm run torture -- 500 --seed 7` runs more rounds, or the same again. */

const rounds = Number(process.env.TORTURE_ROUNDS || 40);
const seed = Number(process.env.TORTURE_SEED || randomInt(2 ** 31));
const SECONDS_A_ROUND = 30;

const print = (line: string) => process.stdout.write(`${line}\n`);

it(
  `keeps its promises through ${rounds} rounds of faults`,
  async () => {
    const folder = await mkdtemp(path.join(tmpdir(), `commerce-torture-${seed}-`));
    print(`seed ${seed}, ${rounds} rounds, logs in ${folder}`);
    let isFine = false;
    const shop = await startTortureShop(folder, { killsOrders: true });
    try {
      const report = await torture({ shop, rounds, seed, log: print });
      print(textOf(report));
      expect(report.tally.complaints()).toEqual([]);
      if (rounds >= 40) expect(report.neverKilledAt).toEqual([]);
      isFine = true;
    } finally {
      await shop.close();
      if (isFine) await rm(folder, { recursive: true, force: true });
      else print(`Failed with seed ${seed}. Logs: ${folder}`);
    }
  },
  (rounds * SECONDS_A_ROUND + 300) * 1_000,
);

function textOf({ tally, rounds, neverKilledAt }: TortureReport): string {
  const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;
  return [
    `rounds: ${rounds}, seed: ${seed}, commit: ${commit()}`,
    ...[...tally.counts()].map(([what, count]) => `${what}: ${count}`),
    ...[...tally.longest()].map(([what, ms]) => `longest ${what}: ${seconds(ms)}`),
    `never killed at: ${neverKilledAt.join(', ') || 'nowhere'}`,
    `violations: ${tally.complaints().length}`,
    ...tally.complaints(),
  ].join('\n');
}

function commit(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  } catch {
    return 'unknown';
  }
}
