import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';

/** Files and folders, by the name under which a change in them is reported. */
export type WatchedFiles = Readonly<Record<string, readonly string[]>>;

// Polling, not fs.watch: that is not recursive on every system, loses files that an editor saves by
// renaming, and sees nothing on many mounted folders. Some hundred files cost milliseconds.
const INTERVAL_MS = 400;

/** Reports changes, new files and removed ones included, until stopped.
 *  @returns stops it */
export async function pollFiles(
  watched: WatchedFiles,
  onChange: (names: readonly string[]) => Promise<void>,
): Promise<() => void> {
  let known = await readStates(watched);
  let isStopped = false;
  let timer: NodeJS.Timeout;
  const poll = async (): Promise<void> => {
    const current = await readStates(watched);
    const changed = Object.keys(watched).filter((name) => current.get(name) !== known.get(name));
    known = current;
    if (changed.length > 0 && !isStopped) await onChange(changed);
  };
  const schedule = (): void => {
    timer = setTimeout(() => {
      // The next round comes only after this one, however long a restart takes.
      void poll().finally(() => {
        if (!isStopped) schedule();
      });
    }, INTERVAL_MS);
  };
  schedule();
  return () => {
    isStopped = true;
    clearTimeout(timer);
  };
}

async function readStates(watched: WatchedFiles): Promise<Map<string, string>> {
  const entries = Object.entries(watched).map(async ([name, paths]): Promise<[string, string]> => {
    const states = await Promise.all(paths.map(stateOf));
    return [name, states.join('\n')];
  });
  return new Map(await Promise.all(entries));
}

async function stateOf(file: string): Promise<string> {
  const entry = await stat(file).catch(() => null);
  if (entry === null) return `${file} absent`;
  if (!entry.isDirectory()) return `${file} ${entry.mtimeMs} ${entry.size}`;
  const names = await readdir(file).catch(() => []);
  const states = await Promise.all(names.sort().map((name) => stateOf(path.join(file, name))));
  return states.join('\n');
}
