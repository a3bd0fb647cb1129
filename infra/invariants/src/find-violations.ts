import { setTimeout as delay } from 'node:timers/promises';
import { type Databases, openDatabases } from './databases.ts';
import type { DatabaseUrls, Invariant } from './invariant.ts';
import { invariants } from './invariants.ts';
import { type Mode, planChecks } from './plan-checks.ts';
import { type Acked, MAX_ROWS, runCheck } from './run-check.ts';

export type Violation = {
  /** Its number in docs/reliability.md. */
  invariant: number;
  name: string;
  /** The first of what is wrong: ids and figures. */
  rows: Record<string, unknown>[];
  /** How much is wrong. */
  total: number;
};

export type ViolationOptions = {
  mode: Mode;
  /** What clients were told of; iterated anew each time that it is asked. */
  acked?: Acked;
  /** For so long it is asked again until nothing is wrong: work that was under way ends. Once by default. */
  settleSeconds?: number;
};

const POLL_MS = 1_000;

/** Reads all databases and finds where they break what the shop promises. What needs a ledger or orders that were
 *  not given is left out, see planChecks.
 *  @throws UnreadableDatabaseError */
export async function findViolations(urls: DatabaseUrls, options: ViolationOptions): Promise<Violation[]> {
  const databases = openDatabases(urls);
  const deadline = performance.now() + (options.settleSeconds ?? 0) * 1_000;
  try {
    for (;;) {
      const violations = await findNow(databases, urls, options);
      if (violations.length === 0 || performance.now() >= deadline) return violations;
      await delay(POLL_MS);
    }
  } finally {
    await databases.close();
  }
}

async function findNow(
  databases: Databases,
  urls: DatabaseUrls,
  { mode, acked }: ViolationOptions,
): Promise<Violation[]> {
  const violations: Violation[] = [];
  for (const invariant of invariants) {
    const { checks } = planChecks(invariant, {
      mode,
      hasLedger: urls.payments !== undefined,
      hasAcked: !!acked,
    });
    const violation = await findOf({ ...invariant, checks }, databases, acked ?? []);
    if (violation.total > 0) violations.push(violation);
  }
  return violations;
}

async function findOf(
  { number, name, checks }: Invariant,
  databases: Databases,
  acked: Acked,
): Promise<Violation> {
  const violation: Violation = { invariant: number, name, rows: [], total: 0 };
  for (const check of checks) {
    const { rows, total } = await runCheck(databases, check, acked);
    violation.total += total;
    violation.rows.push(...rows.slice(0, MAX_ROWS - violation.rows.length));
  }
  return violation;
}
