import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

/** For a file of tests, also on a busy machine. */
const LIMIT_MS = 180_000;

/** Runs test files of a copy of the repository.
 *  @returns the names of the tests that failed; none where the run had no end, or its files could not even be
 *  loaded: that shows a mutant that is broken, not a test that noticed it */
export async function runTests(copy, files) {
  const report = path.join(copy, 'report.json');
  rmSync(report, { force: true });
  const vitest = path.join(copy, 'node_modules/vitest/vitest.mjs');
  const child = spawn(process.execPath, [vitest, 'run', ...files], {
    cwd: copy,
    stdio: 'ignore',
    env: { ...process.env, VITEST_REPORT: report },
  });
  // What it has started ends with it.
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const limitMs = files.length * LIMIT_MS;
  const timer = setTimeout(kill, limitMs);
  const [status] = await once(child, 'exit');
  clearTimeout(timer);
  process.off('exit', kill);
  const end = status === null ? `no end within ${limitMs / 1_000} s` : `exit ${status}`;
  return { hasEnded: status !== null, failed: status === null ? [] : failedTests(report), end };
}

function failedTests(report) {
  const { testResults } = JSON.parse(readFileSync(report, 'utf8'));
  return testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === 'failed')
    .map(({ fullName }) => fullName);
}
