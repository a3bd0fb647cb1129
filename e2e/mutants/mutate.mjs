import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Makes edits in a copy of the repository.
 *  @returns how to take them back
 *  @throws Error where what is to be replaced does not stand there exactly once */
export function mutate(copy, edits) {
  const originals = new Map();
  for (const { file, find, replace } of edits) {
    const name = path.join(copy, file);
    const text = readFileSync(name, 'utf8');
    const count = text.split(find).length - 1;
    if (count !== 1) throw new Error(`${file} has ${count} times, and not once: ${find}`);
    if (!originals.has(name)) originals.set(name, text);
    writeFileSync(
      name,
      text.replace(find, () => replace),
    );
  }
  return () => {
    for (const [name, text] of originals) writeFileSync(name, text);
  };
}
