import type { Check, Invariant } from './invariant.ts';

/** live: only what holds at any moment, also under load. quiet: everything. */
export type Mode = 'live' | 'quiet';

export type Circumstances = { mode: Mode; hasLedger: boolean; hasAcked: boolean };

/** @returns which of an invariant's checks can be made, and why the others cannot */
export function planChecks(
  { checks }: Pick<Invariant, 'checks'>,
  circumstances: Circumstances,
): { checks: Check[]; obstacles: string[] } {
  const judged = checks.map((check) => ({ check, obstacle: obstacleOf(check, circumstances) }));
  return {
    checks: judged.filter(({ obstacle }) => obstacle === null).map(({ check }) => check),
    obstacles: [...new Set(judged.flatMap(({ obstacle }) => (obstacle === null ? [] : [obstacle])))],
  };
}

function obstacleOf(check: Check, { mode, hasLedger, hasAcked }: Circumstances): string | null {
  if (readsLedger(check) && !hasLedger) return 'the ledger is elsewhere: no PAYMENTS_DATABASE_URL';
  if (check.batches === 'acked' && !hasAcked) return 'no --acked file';
  if (check.holds === 'atRest' && mode === 'live') return 'certain only at rest: not with --live';
  return null;
}

function readsLedger({ database, batches }: Check): boolean {
  return database === 'payments' || (typeof batches === 'object' && batches.database === 'payments');
}
