// Prints how many tests passed and failed, from vitest's JSON report (first argument). A run that ended badly
// (second argument: its exit code) without a failed test counts as one failure.
import { readFileSync } from 'node:fs';

const [reportFile, exitCode] = process.argv.slice(2);

function readReport() {
  try {
    return JSON.parse(readFileSync(reportFile, 'utf8'));
  } catch {
    return { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0 };
  }
}

const { numPassedTests, numFailedTests, numPendingTests } = readReport();
const failed = exitCode === '0' ? numFailedTests : Math.max(numFailedTests, 1);
if (numPendingTests > 0) process.stdout.write(`${numPendingTests} skipped\n`);
process.stdout.write(`${numPassedTests} passed, ${failed} failed\n`);
