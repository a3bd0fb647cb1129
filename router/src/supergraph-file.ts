import { type Stats, unwatchFile, watchFile } from 'node:fs';
import { readFile } from 'node:fs/promises';

const POLL_MS = 1_000;

/** Calls back with a file's text whenever it changed. Polls instead of asking the system for events: those do not
 *  see a file behind a link that is exchanged, which is how Kubernetes updates a mounted one.
 *  @returns a function that ends it */
export function watchTextFile(
  path: string,
  onChange: (text: string) => void,
  onError: (error: unknown) => void,
): () => void {
  const listener = (current: Stats, previous: Stats) => {
    if (current.mtimeMs === previous.mtimeMs && current.ino === previous.ino) return;
    readFile(path, 'utf8').then(onChange).catch(onError);
  };
  watchFile(path, { interval: POLL_MS, persistent: false }, listener);
  return () => unwatchFile(path, listener);
}
