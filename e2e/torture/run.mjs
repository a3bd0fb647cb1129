import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

/** `npm run torture -- [rounds] [--seed N]`: builds, and runs torture.e2e.ts. */

const { values, positionals } = parseArgs({
  options: { seed: { type: 'string' }, 'no-build': { type: 'boolean', default: false } },
  allowPositionals: true,
});
const [rounds = '500'] = positionals;
if (![rounds, values.seed ?? '0'].every((text) => /^\d+$/.test(text))) {
  process.stderr.write('Usage: npm run torture -- [rounds] [--seed N]\n');
  process.exit(2);
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const require = createRequire(import.meta.url);
const binary = (name, file) => path.join(path.dirname(require.resolve(`${name}/package.json`)), file);

function run(script, args, env = {}) {
  const { status } = spawnSync(process.execPath, [script, ...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  if (status !== 0) process.exit(status ?? 1);
}

if (!values['no-build']) run(binary('turbo', 'bin/turbo'), ['run', 'build', '--output-logs=errors-only']);
run(binary('vitest', 'vitest.mjs'), ['run', 'e2e/torture.e2e.ts', '--disable-console-intercept'], {
  TORTURE_ROUNDS: rounds,
  ...(values.seed === undefined ? {} : { TORTURE_SEED: values.seed }),
});
