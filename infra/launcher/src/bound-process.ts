import { spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

/** A child process that ends with this process, however this process ends: also by SIGKILL. */
export type BoundProcess = {
  /** The command's own process number, not its supervisor's. */
  readonly pid: Promise<number>;
  /** Settles when the child has ended. */
  readonly exited: Promise<ExitStatus>;
  /** Sends the stop signal and waits; after `graceMs` the whole process group is killed. */
  stop(graceMs: number): Promise<void>;
  /** Kills the process group at once, as a crash would. */
  kill(): Promise<void>;
  /** Sends a signal to the process group, SIGSTOP and SIGCONT for example. */
  signal(signal: NodeJS.Signals): void;
};

export type ExitStatus = { code: number | null; signal: string | null };

export type BoundProcessOptions = {
  command: readonly [string, ...string[]];
  /** What a stop sends, and what the child is sent when this process dies. */
  stopSignal: 'INT' | 'TERM';
  /** Where standard output and error go: a file descriptor, or this process's own. */
  output: number | 'inherit' | 'ignore';
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  /** Prepended to the dynamic linker's search path. */
  libraryPath?: string | undefined;
  /** A folder that is removed once the child was stopped or this process has ended. */
  removeOnStop?: string | undefined;
};

// Descriptor 3 is a socket whose other end only this process holds: it closes when this process
// ends in whatever way, `read` returns, and the child is told to stop. The dynamic linker's
// variables are set here because macOS strips them from the environment of /bin/sh itself.
// The signals are ignored only after the children were forked: an ignored signal is inherited.
// Standard error is closed then, because shells report a child that a signal has ended.
// A watcher that ended by itself, not by our signal, has seen the pipe close.
const SUPERVISOR = `
signal=$1 remove=$2 libraries=$3
shift 3
if [ -n "$libraries" ]; then
  export LD_LIBRARY_PATH="$libraries\${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
  export DYLD_LIBRARY_PATH="$libraries\${DYLD_LIBRARY_PATH:+:$DYLD_LIBRARY_PATH}"
fi
"$@" 3<&- &
child=$!
echo "$child" >&3
{ read -r _ <&3; kill -s "$signal" "$child"; exit 0; } 2>/dev/null &
watcher=$!
exec 3<&-
trap '' INT TERM HUP
exec 2>/dev/null
wait "$child"
status=$?
kill "$watcher"
if wait "$watcher" && [ -n "$remove" ]; then rm -rf -- "$remove"; fi
exit "$status"
`;

/** Starts a command under a small shell supervisor in a session of its own, so that Ctrl-C in the
 *  terminal reaches this process only and the children are stopped in order.
 *  Windows has no shell to supervise: there the child is started directly. */
export function startBoundProcess(options: BoundProcessOptions): BoundProcess {
  const child = process.platform === 'win32' ? spawnDirectly(options) : spawnSupervised(options);
  const exited = exitOf(child);
  // The caller may look at `exited` only later; a failed spawn must not end the process before.
  exited.catch(() => undefined);
  const kill = async (): Promise<void> => {
    signalGroup(child, 'SIGKILL');
    await exited;
    // The supervisor does this unless it was killed with its group.
    const folder = options.removeOnStop;
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  };
  return {
    pid: pidOf(child),
    exited,
    kill,
    signal: (signal) => signalGroup(child, signal),
    async stop(graceMs) {
      requestStop(child);
      const late = new AbortController();
      const isStopped = await Promise.race([
        exited.then(() => true),
        delay(graceMs, false, { signal: late.signal }).catch(() => false),
      ]);
      late.abort();
      if (!isStopped || process.platform === 'win32') await kill();
    },
  };
}

type Child = ReturnType<typeof spawn>;

function spawnSupervised(options: BoundProcessOptions): Child {
  const { command, stopSignal, output, env, cwd, libraryPath = '', removeOnStop = '' } = options;
  const supervisor = ['-c', SUPERVISOR, 'bound', stopSignal, removeOnStop, libraryPath];
  const child = spawn('sh', [...supervisor, ...command], {
    detached: true,
    stdio: ['ignore', output, output, 'pipe'],
    ...(env === undefined ? {} : { env }),
    ...(cwd === undefined ? {} : { cwd }),
  });
  // The other end resets the pipe when it is killed; `exited` tells of that.
  child.stdio[3]?.on('error', () => undefined);
  return child;
}

function spawnDirectly({ command, output, env, cwd }: BoundProcessOptions): Child {
  const [file, ...args] = command;
  return spawn(file, args, {
    windowsHide: true,
    stdio: ['ignore', output, output],
    ...(env === undefined ? {} : { env }),
    ...(cwd === undefined ? {} : { cwd }),
  });
}

async function pidOf(child: Child): Promise<number> {
  const pipe = child.stdio[3];
  if (pipe === undefined || pipe === null) return child.pid ?? 0;
  return await new Promise((resolve) => {
    pipe.once('data', (text: Buffer) => resolve(Number(text.toString())));
  });
}

async function exitOf(child: Child): Promise<ExitStatus> {
  return await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
}

function requestStop(child: Child): void {
  const pipe = child.stdio[3];
  if (pipe === undefined || pipe === null) child.kill();
  else pipe.destroy();
}

function signalGroup(child: Child, signal: NodeJS.Signals): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, signal);
  } catch {
    // It ended in between.
  }
}
