import { expect } from 'vitest';
import type { Answer } from './ask.ts';
import { fieldAt, visitValues } from './documents.ts';
import type { Outcome } from './expectations.ts';
import { fieldReach, type Reach } from './field-reach.ts';
import type { Targets } from './people.ts';
import { publicSchema, type RootField } from './schemas.ts';

/** Whoever is neither the victim nor an administrator. */
export const outsiders = ['anonymous', 'other', 'demoted'] as const;
export type Outsider = (typeof outsiders)[number];
export type Asking = Outsider | 'victim' | 'administrator';

const mayGet: Readonly<Record<Asking, readonly Reach[]>> = {
  anonymous: ['public'],
  other: ['public', 'owner'],
  demoted: ['public', 'owner'],
  victim: ['public', 'owner'],
  administrator: ['public', 'owner', 'administrators'],
};

/** Fields by who got a value from them, such as Order.status. */
export type Seen = Readonly<Record<Asking, Set<string>>>;

export function createSeen(): Seen {
  const nothing = () => new Set<string>();
  return {
    anonymous: nothing(),
    other: nothing(),
    demoted: nothing(),
    victim: nothing(),
    administrator: nothing(),
  };
}

/** Notes which fields answered.
 *  @returns those of them that may not answer whoever asked */
export function noteValues(seen: Seen, asking: Asking, { kind, field }: RootField, answer: Answer): string[] {
  const forbidden: string[] = [];
  const root = kind === 'query' ? publicSchema.getQueryType() : publicSchema.getMutationType();
  if (!root) throw new Error(`The schema has no ${kind}`);
  visitValues(root, answer.data, (name) => {
    if (name === `${root.name}.${field.name}`) return;
    seen[asking].add(name);
    if (!isAllowed(asking, name)) forbidden.push(name);
  });
  return forbidden;
}

export function isAllowed(asking: Asking, field: string): boolean {
  const reach = fieldReach.get(field);
  return reach !== undefined && mayGet[asking].includes(reach);
}

/** That an answer is what a root field's entry says. */
export function expectOutcome(root: RootField, answer: Answer, outcome: Outcome): void {
  const { name } = root.field;
  const value = answer.data?.[name] ?? null;
  const [own] = answer.errors.filter(({ path }) => path.length <= 1).map(({ code }) => code);
  if (outcome === 'answers') {
    expect({ own, isThere: value !== null }).toEqual({ own: undefined, isThere: true });
    expectOnlyForbiddenToFail(root, answer);
    return;
  }
  expect(value).toBeNull();
  if (outcome === 'absent') expect([undefined, 'RES_001']).toContain(own);
  else expect(own).toBe(outcome);
}

/** Below a field that answers, only what is for administrators is refused. */
function expectOnlyForbiddenToFail(root: RootField, { errors }: Answer): void {
  for (const { path, code } of errors) {
    expect(fieldReach.get(fieldAt(publicSchema, root, path) ?? '')).toBe('administrators');
    expect(['AUTH_003', 'AUTH_004']).toContain(code);
  }
}

/** That nothing of the victim stands in an answer.
 *  @param asked what whoever asks knew already */
export function expectNothingOf(marks: readonly string[], answer: Answer, asked: Targets | null): void {
  const known = asked ? new Set<string>(Object.values(asked)) : new Set<string>();
  const text = JSON.stringify(answer);
  expect(marks.filter((mark) => !known.has(mark) && text.includes(mark))).toEqual([]);
}

/** Ids of nothing, of the same shape. */
export function absentTargets(targets: Targets): Targets {
  const entries = Object.entries(targets).map(([name, id]) => [
    name,
    `${id.split('_')[0]}_${'z'.repeat(22)}`,
  ]);
  return {
    ...targets,
    ...Object.fromEntries(entries),
    email: 'nobody@example.org',
    idempotencyKey: 'a-key-of-nobody',
  };
}

/** An answer about the victim as it would read about nobody. */
export function asIfAbsent(answer: Answer, targets: Targets, absent: Targets): unknown {
  const names = Object.keys(targets) as (keyof Targets)[];
  const replaced = names.reduce(
    (text, name) => text.replaceAll(targets[name], absent[name]),
    JSON.stringify(answer),
  );
  return JSON.parse(replaced);
}
