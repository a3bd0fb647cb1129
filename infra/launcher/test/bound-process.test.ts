import { mkdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { type BoundProcess, startBoundProcess } from '../src/bound-process.ts';
import { identifyProcess } from '../src/process-identity.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** Runs a shell script that may write its process number to the file `$PID_FILE`. */
async function run(script: string) {
  const folder = await temporaryFolder();
  const pidFile = path.join(folder, 'pid');
  const scratch = path.join(folder, 'scratch');
  await mkdir(scratch);
  const child: BoundProcess = startBoundProcess({
    command: ['sh', '-c', script],
    stopSignal: 'TERM',
    output: 'ignore',
    env: { ...process.env, PID_FILE: pidFile },
    removeOnStop: scratch,
  });
  onTestFinished(child.kill);
  const readPid = () =>
    vi.waitFor(async () => {
      const pid = Number(await readFile(pidFile, 'utf8'));
      expect(pid).toBeGreaterThan(1);
      return pid;
    });
  return { child, readPid, scratch };
}

const untilStopped = 'sleep 60 & echo $$ > "$PID_FILE"; wait';

it('gives the exit code of a command that ends by itself, and keeps its folder', async () => {
  const { child, scratch } = await run('exit 7');
  expect(await child.exited).toEqual({ code: 7, signal: null });
  expect((await stat(scratch)).isDirectory()).toBe(true);
});

it('stops a command by its signal and removes its folder', async () => {
  const { child, readPid, scratch } = await run(`trap 'kill $!; exit 3' TERM; ${untilStopped}`);
  const pid = await readPid();
  await child.stop(5_000);
  expect((await child.exited).code).toBe(3);
  expect(await identifyProcess(pid)).toBeNull();
  await expect(stat(scratch)).rejects.toThrow('ENOENT');
});

it('kills a command that does not stop in time, with its children', async () => {
  const { child, readPid, scratch } = await run(`trap '' TERM; ${untilStopped}; sleep 60`);
  const pid = await readPid();
  const startedAt = Date.now();
  await child.stop(200);
  expect(Date.now() - startedAt).toBeLessThan(2_000);
  await vi.waitFor(async () => expect(await identifyProcess(pid)).toBeNull());
  await expect(stat(scratch)).rejects.toThrow('ENOENT');
});

it('tells of a command that cannot be found', async () => {
  const child = startBoundProcess({
    command: ['no-such-command'],
    stopSignal: 'TERM',
    output: 'ignore',
  });
  expect((await child.exited).code).toBe(127);
});
