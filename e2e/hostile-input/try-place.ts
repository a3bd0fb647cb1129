import fc from 'fast-check';
import { asSent, type Case, cases, casesFor, kindsFor, runOf, seed } from './cases.ts';
import { findFault } from './judge.ts';
import type { Place } from './place.ts';
import { findChanges, type RowChanges, type ShopRows } from './rows.ts';

const AT_ONCE = 6;

/** Sends a place's hostile values, several at a time, and looks at the answers and at what stands in the databases after them.
 *  @throws Error with the smallest value that is answered otherwise than it has to be, or with the rows that changed */
export async function tryPlace(place: Place, rows: ShopRows, count: number): Promise<void> {
  const tried = casesFor(place, count);
  const before = await rows.read();
  const faults = await judgeAll(place, tried);
  for (const found of faults) await reportSmallest(place, { ...found, count });
  const changes = findChanges(before, await rows.read());
  if (changes.length > 0) throw new Error(await describeChange({ place, tried, rows, changes }));
}

type Judged = { tried: Case; fault: string };

async function judgeAll(place: Place, tried: readonly Case[]): Promise<Judged[]> {
  const faults: Judged[] = [];
  const queue = [...tried];
  const work = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const fault = await judge(place, next);
      if (fault !== null) faults.push({ tried: next, fault });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return faults;
}

async function judge(place: Place, { kind, value }: Case): Promise<string | null> {
  return findFault(place, kind.fate, await place.send(value));
}

/** The same values again, one by one, and then ever smaller ones. */
async function reportSmallest(
  place: Place,
  { tried, fault, count }: Judged & { count: number },
): Promise<void> {
  const kinds = kindsFor(place);
  const index = kinds.findIndex(({ name }) => name === tried.kind.name);
  const kind = kinds[index] ?? tried.kind;
  const property = fc.asyncProperty(kind.values, async (value) => {
    const found = await judge(place, { kind, value: asSent(place, value) });
    if (found !== null) throw new Error(found);
  });
  const examples = (kind.always ?? []).map((value): [typeof value] => [value]);
  const { numRuns, ...run } = runOf(kinds, index, count);
  const result = await fc.check(property, { ...run, examples, numRuns: numRuns + examples.length });
  // A machine that is busy with other things lets a deadline between services pass, once.
  if (!result.failed && /SYS_002/.test(fault)) return;
  const [smallest = tried.value] = result.counterexample ?? [];
  const why = result.errorInstance instanceof Error ? result.errorInstance.message : fault;
  throw new Error(`${place.name}: ${kind.name} ${short(asSent(place, smallest))}: ${why}${again()}`);
}

async function describeChange(found: {
  place: Place;
  tried: readonly Case[];
  rows: ShopRows;
  changes: RowChanges;
}): Promise<string> {
  const { place, tried, rows, changes } = found;
  const by = await findCulprit(place, tried, rows);
  const what = changes.map(
    ({ table, removed, added }) => `${table} lost ${removed.join()} and got ${added.join()}`,
  );
  return `${place.name}: rows changed${by}: ${what.join('; ').slice(0, 2_000)}${again()}`;
}

async function findCulprit(place: Place, tried: readonly Case[], rows: ShopRows): Promise<string> {
  for (const each of tried) {
    const before = await rows.readSettled();
    await place.send(each.value);
    const changes = findChanges(before, await rows.readSettled());
    if (changes.length > 0) return ` by ${each.kind.name} ${short(each.value)}`;
  }
  return ', by none of the requests when it is made alone';
}

function short(value: object): string {
  return JSON.stringify(value).slice(0, 300);
}

export function again(): string {
  return ` (again: SEED=${seed} CASES=${cases})`;
}
