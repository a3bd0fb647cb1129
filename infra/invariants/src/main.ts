import { ConfigError } from '@commerce/kit/config';
import { openAckedFile } from './acked-file.ts';
import { loadInvariantsConfig } from './config.ts';
import { UnreadableDatabaseError } from './databases.ts';
import { findViolations } from './find-violations.ts';
import { reportOf } from './report.ts';

/** 0: all holds. 1: something is broken. 2: it could not be found out. */
try {
  const { urls, mode, settleSeconds, ackedFile } = await loadInvariantsConfig(
    process.env,
    process.argv.slice(2),
  );
  const acked = ackedFile === null ? {} : { acked: openAckedFile(ackedFile) };
  const violations = await findViolations(urls, { mode, settleSeconds, ...acked });
  const circumstances = { mode, hasLedger: urls.payments !== undefined, hasAcked: ackedFile !== null };
  process.stdout.write(reportOf(violations, circumstances));
  process.exitCode = violations.length > 0 ? 1 : 0;
} catch (error) {
  const isExpected = error instanceof ConfigError || error instanceof UnreadableDatabaseError;
  process.stderr.write(
    `${isExpected ? error.message : String(error instanceof Error ? error.stack : error)}\n`,
  );
  process.exitCode = 2;
}
