import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The last commit in a temporary folder, with the packages that are installed here.
 *  @returns the folder */
export function copyRepository() {
  const copy = mkdtempSync(path.join(tmpdir(), 'commerce-mutants-'));
  try {
    shell('git archive HEAD | tar x -C "$0"', copy);
    // Links to workspaces are relative, and so lead into the copy. Where hard links are not to be had (the
    // temporary folder is elsewhere), files are copied.
    const folders = 'find . -name node_modules -type d -prune -not -path "./.*"';
    const link = 'cp -al "$1" "$0/$1" 2>/dev/null || { rm -rf "$0/$1"; cp -a "$1" "$0/$1"; }';
    shell(`${folders} -exec sh -c '${link}' "$0" {} \\;`, copy);
    // Written in place, a cache would be the original's as well.
    for (const cache of ['.vite', '.cache'])
      rmSync(path.join(copy, 'node_modules', cache), { recursive: true, force: true });
    return copy;
  } catch (error) {
    rmSync(copy, { recursive: true, force: true });
    throw error;
  }
}

/** @param folder is `$0` */
function shell(script, folder) {
  execFileSync('sh', ['-c', script, folder], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
}
