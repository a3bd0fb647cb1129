import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

const root = fileURLToPath(new URL('../..', import.meta.url));

const listed = z.object({
  mutants: z.array(
    z.object({
      guard: z.string(),
      off: z.string(),
      edits: z.array(z.object({ file: z.string(), find: z.string().min(1), replace: z.string() })).min(1),
      tests: z.array(z.string()).min(1),
    }),
  ),
});
// The list is no TypeScript: it runs without being built.
const list: unknown = await import(new URL('mutants.mjs', import.meta.url).href);
const { mutants } = listed.parse(list);

type Edit = (typeof mutants)[number]['edits'][number];

/** Makes edits one after the other, as a run of mutants does.
 *  @returns those whose text does not stand in its file exactly once, or that change nothing */
function wrong(edits: readonly Edit[]): string[] {
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
    const faults = mutants.flatMap(({ guard, edits }) => wrong(edits).map((fault) => `${guard}: ${fault}`));
    expect(faults).toEqual([]);
  });

  it('names tests that exist', () => {
    const named = new Set(mutants.flatMap(({ tests }) => tests));
    expect([...named].filter((test) => !existsSync(path.join(root, test)))).toEqual([]);
  });

  it('names each mutant once', () => {
    const names = mutants.map(({ guard, off }) => `${guard}: ${off}`);
    expect(names.filter((name, place) => names.indexOf(name) !== place)).toEqual([]);
  });
});
