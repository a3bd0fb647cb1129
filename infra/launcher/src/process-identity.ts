import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Something that tells a process apart from a later one that was given the same number.
 *  @returns null when no such process is running. On Windows only life can be told. */
export async function identifyProcess(pid: number): Promise<string | null> {
  if (!isAlive(pid)) return null;
  switch (process.platform) {
    case 'linux':
      return await identifyByProc(pid);
    case 'win32':
      return 'alive';
    default:
      return await askPs(pid, 'lstart=');
  }
}

/** The process that started the one with this number, or the one that adopted it since.
 *  @returns null where that cannot be told, as outside Linux */
export async function findParent(pid: number): Promise<number | null> {
  if (process.platform !== 'linux') return null;
  return (await readStat(pid))?.parent ?? null;
}

/** Whether the process with this number is a Postgres server. */
export async function isPostgres(pid: number): Promise<boolean> {
  if (!isAlive(pid)) return false;
  switch (process.platform) {
    case 'linux':
      return (await readStat(pid))?.command === 'postgres';
    case 'win32': {
      const filter = ['/FI', `PID eq ${pid}`, '/NH', '/FO', 'CSV'];
      const { stdout } = await run('tasklist', filter);
      return stdout.toLowerCase().includes('postgres');
    }
    default:
      return (await askPs(pid, 'comm='))?.includes('postgres') ?? false;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

type ProcessStat = { command: string; parent: number; startTime: string };

// A dead process that nobody has waited for yet still has its entry, in state Z.
async function readStat(pid: number): Promise<ProcessStat | null> {
  const stat = await readProc(`/proc/${pid}/stat`);
  if (stat === null) return null;
  // The second field stands in brackets and may hold spaces and brackets itself.
  const command = stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
  const [state, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (state === 'Z') return null;
  return { command, parent: Number(rest[0]), startTime: rest[18] ?? '' };
}

// Start times count from the boot; the boot's id makes them unique.
async function identifyByProc(pid: number): Promise<string | null> {
  const stat = await readStat(pid);
  if (stat === null) return null;
  const boot = await readProc('/proc/sys/kernel/random/boot_id');
  return `${boot?.trim() ?? ''}:${stat.startTime}`;
}

async function readProc(file: string): Promise<string | null> {
  return await readFile(file, 'utf8').catch(() => null);
}

async function askPs(pid: number, column: string): Promise<string | null> {
  const answer = await run('ps', ['-o', column, '-p', String(pid)]).catch(() => null);
  return answer?.stdout.trim() || null;
}
