import type { Violation } from './find-violations.ts';
import { invariants } from './invariants.ts';
import { type Circumstances, planChecks } from './plan-checks.ts';

/** One line for each invariant, and below those that are broken the rows.
 *  @returns text that ends in a line break */
export function reportOf(violations: readonly Violation[], circumstances: Circumstances): string {
  const lines = invariants.flatMap(({ number, name, checks }) => {
    const violation = violations.find(({ invariant }) => invariant === number);
    if (violation) return [line('BROKEN', number, `${name}: ${violation.total}`), ...rowsOf(violation)];
    const plan = planChecks({ checks }, circumstances);
    const why = plan.obstacles.join('; ');
    if (plan.checks.length === 0) return [line('skipped', number, `${name} (${why})`)];
    return [line('ok', number, why === '' ? name : `${name} (in part; ${why})`)];
  });
  return `${lines.join('\n')}\n`;
}

function line(verdict: string, number: number, text: string): string {
  return `${verdict.padEnd(8)}${String(number).padStart(2)}  ${text}`;
}

function rowsOf({ rows, total }: Violation): string[] {
  const shown = rows.map((row) => `            ${JSON.stringify(row)}`);
  return total > rows.length ? [...shown, `            and ${total - rows.length} more`] : shown;
}
