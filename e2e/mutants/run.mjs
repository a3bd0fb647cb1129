import { rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { copyRepository } from './copy.mjs';
import { mutants } from './mutants.mjs';
import { mutate } from './mutate.mjs';
import { runTests } from './run-tests.mjs';

/** `npm run mutants -- [words of a guard's name]`: turns off the guards of checkout one at a time, in a copy of
 *  the last commit, and expects the tests to notice. Prints a table in Markdown; fails where a mutant survives. */

const SHOWN_TESTS = 3;

const { positionals } = parseArgs({ allowPositionals: true });
const wanted = positionals.join(' ').toLowerCase();
const chosen = mutants.filter(({ guard, off }) => `${guard}: ${off}`.toLowerCase().includes(wanted));
if (chosen.length === 0) {
  process.stderr.write(`No guard is named like "${wanted}".\n`);
  process.exit(2);
}

const copy = copyRepository();
process.once('exit', () => rmSync(copy, { recursive: true, force: true, maxRetries: 5 }));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(1));

// A test that fails without a mutant notices none.
const plain = await runTests(copy, [...new Set(chosen.flatMap(({ tests }) => tests))]);
if (!plain.hasEnded) throw new Error(`Without a mutant: ${plain.end}`);
const unsound = new Set(plain.failed);
for (const name of unsound) process.stderr.write(`Fails without a mutant, and does not count: ${name}\n`);

print(['Guard', 'What was turned off', 'Tests that failed'], ['---', '---', '---']);
let survivors = 0;
for (const { guard, off, edits, tests } of chosen) {
  const restore = mutate(copy, edits);
  const { failed: all, end } = await runTests(copy, tests);
  restore();
  const failed = all.filter((name) => !unsound.has(name));
  if (failed.length === 0) survivors += 1;
  print([guard, off, failed.length > 0 ? listed(failed) : `**none: it survives** (${end})`]);
}
process.exit(survivors === 0 ? 0 : 1);

function print(...rows) {
  for (const cells of rows)
    process.stdout.write(`| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`);
}

function listed(names) {
  const shown = names.slice(0, SHOWN_TESTS).join('; ');
  return names.length > SHOWN_TESTS ? `${shown}; and ${names.length - SHOWN_TESTS} more` : shown;
}
