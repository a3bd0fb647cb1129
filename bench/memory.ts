import { readdirSync, readFileSync } from 'node:fs';

export type ProcessMemory = { pid: number; command: string; residentMb: number };

/** Resident memory of a process and all its descendants, read from /proc (Linux).
 *  @returns an empty list on other systems */
export function processTreeMemory(rootPid: number): ProcessMemory[] {
  const processes = readProcesses();
  const tree: ProcessMemory[] = [];
  const pending = [rootPid];
  for (let pid = pending.pop(); pid !== undefined; pid = pending.pop()) {
    const found = processes.get(pid);
    if (found) tree.push({ pid, command: found.command, residentMb: found.residentMb });
    for (const [child, { parent }] of processes) if (parent === pid) pending.push(child);
  }
  return tree;
}

function readProcesses(): Map<number, { parent: number; command: string; residentMb: number }> {
  const found = new Map<number, { parent: number; command: string; residentMb: number }>();
  for (const pid of listPids()) {
    try {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8');
      const field = (name: string) => new RegExp(`^${name}:\\s*(\\S+)`, 'm').exec(status)?.[1] ?? '';
      found.set(pid, {
        parent: Number(field('PPid')),
        command: field('Name'),
        residentMb: Number(field('VmRSS')) / 1024,
      });
    } catch {
      // It ended between the listing and the reading.
    }
  }
  return found;
}

function listPids(): number[] {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  } catch {
    return [];
  }
}
