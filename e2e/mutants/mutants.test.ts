import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { mutants } from './mutants.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Makes edits one after the other, as a run of mutants does.
 *  @returns those whose text does not stand in its file exactly once, or that change nothing */
function wrong(edits: (typeof mutants)[number]['edits']): string[] {
  const texts = new Map<string, string>();
  return edits.flatMap(({ file, find, replace }) => {
    const name = path.join(root, file);
    if (!existsSync(name)) return [`${file} is not there`];
    const text = texts.get(name) ?? readFileSync(name, 'utf8');
    const count = text.split(find).length - 1;
    texts.set(
      name,
      text.replace(find, () => replace),
    );
    if (count !== 1) return [`${file} has ${count} times: ${find}`];
    return find === replace ? [`${file} stays as it is: ${find}`] : [];
  });
}

describe('the list of mutants', () => {
  it('turns off what stands in the sources, each place exactly once', () => {
    expect(mutants.flatMap(({ guard, edits }) => wrong(edits).map((fault) => `${guard}: ${fault}`))).toEqual(
      [],
    );
  });

  it('names tests that exist', () => {
    const named = new Set(mutants.flatMap(({ tests }) => tests));
    expect([...named].filter((test) => !existsSync(path.join(root, test)))).toEqual([]);
  });

  it('names each mutant once, and a test for it', () => {
    const names = mutants.map(({ guard, off }) => `${guard}: ${off}`);
    expect(names.filter((name, place) => names.indexOf(name) !== place)).toEqual([]);
    expect(mutants.filter(({ tests }) => tests.length === 0)).toEqual([]);
  });
});
