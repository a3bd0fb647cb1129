import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startBoundProcess } from '@commerce/launcher/bound-process';

export type BoundFolder = { path: string; remove(): Promise<void> };

/** A temporary folder that is removed when this process ends, also when it is killed. */
export async function createBoundFolder(): Promise<BoundFolder> {
  return bindFolder(await mkdtemp(path.join(tmpdir(), 'commerce-test-')));
}

/** Makes an existing folder one that goes with this process. */
export function bindFolder(folder: string): BoundFolder {
  // Somebody has to be left to remove it: the supervisor of a process that does nothing.
  const keeper = startBoundProcess({
    command: ['sleep', '1000000000'],
    stopSignal: 'TERM',
    output: 'ignore',
    removeOnStop: folder,
  });
  return { path: folder, remove: async () => await keeper.stop(1_000) };
}
