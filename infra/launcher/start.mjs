// What `npm start`, `npm run dev` and `npm run reset` run: builds what has changed since the last
// build, in silence unless that takes long or fails, then loads the named program of the launcher.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** An unchanged tree is through by then. */
const QUIET_MS = 1_500;

const [program = 'main'] = process.argv.slice(2);
const parent = process.ppid;
await Promise.all([build(), preload()]);
// Nobody waits for the shop any more: npm was ended during the build.
if (process.ppid !== parent) process.exit(1);
await import(`./dist/${program}.js`);

async function build() {
  const turbo = createRequire(import.meta.url).resolve('turbo/bin/turbo');
  const run = spawn(process.execPath, [turbo, 'run', 'build', '--output-logs=errors-only'], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1' },
  });
  const output = [];
  run.stdout.on('data', (text) => output.push(text));
  run.stderr.on('data', (text) => output.push(text));
  const notice = setTimeout(() => process.stdout.write('Building ...\n'), QUIET_MS);
  const [code] = await once(run, 'close');
  clearTimeout(notice);
  if (code === 0) return;
  process.stderr.write(Buffer.concat(output));
  process.stderr.write(`\nThe build has failed (${path.basename(turbo)} ended with ${code}).\n`);
  process.exit(1);
}

// The largest library does not depend on the build: loaded beside it, it takes half a second off every start. Telemetry
// patches what is loaded after it, so with it nothing may come first.
async function preload() {
  const isShop = program === 'main' && !process.argv.includes('--watch');
  if (!isShop || process.env.OTEL_EXPORTER_OTLP_ENDPOINT) return;
  // A moment for turbo to be started before this process is busy.
  await new Promise((resolve) => setTimeout(resolve, 20));
  createRequire(new URL('../../router/package.json', import.meta.url))('@apollo/gateway');
}
