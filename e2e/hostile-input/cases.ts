import { randomInt } from 'node:crypto';
import fc from 'fast-check';
import { hostileJsonKinds } from './hostile-json.ts';
import { hostileHeaderKinds, hostileUrlKinds } from './hostile-url.ts';
import type { Hostile, HostileKind, Place } from './place.ts';

/** `SEED=4711 CASES=10000` runs the same again. */
export const seed = Number(process.env.SEED ?? randomInt(2 ** 31));
export const cases = Number(process.env.CASES ?? 10_000);

export type Case = { kind: HostileKind; value: Hostile };

/** How a kind's values come about from the seed: the same ones in a sample as in a property. */
export function runOf(kinds: readonly HostileKind[], index: number, count: number) {
  const total = kinds.reduce((sum, { weight }) => sum + weight, 0);
  const share = Math.ceil((count * (kinds[index]?.weight ?? 0)) / total);
  return { seed: seed + index, numRuns: Math.max(1, share) };
}

/** @throws where nobody knows what is hostile there */
export function kindsFor(place: Place): HostileKind[] {
  if (place.where === 'url') return hostileUrlKinds(place);
  return place.where === 'header' ? hostileHeaderKinds(place) : hostileJsonKinds(place);
}

/** About so many values for a place, but at least one of each kind. */
export function casesFor(place: Place, count: number): Case[] {
  const kinds = kindsFor(place);
  return kinds.flatMap((kind, index) =>
    [...(kind.always ?? []), ...fc.sample(kind.values, runOf(kinds, index, count))].map((value) => ({
      kind,
      value: asSent(place, value),
    })),
  );
}

/** Every other value that GraphQL can write stands in the document itself: another parser reads it. */
export function asSent(place: Place, value: Hostile): Hostile {
  if (place.api !== 'graphql' || value.encoding !== undefined || value.wire.length % 2 === 0) return value;
  return isScalar(value.wire) ? { ...value, isInDocument: true } : value;
}

function isScalar(wire: string): boolean {
  if (wire.length > 50_000) return false;
  try {
    return typeof JSON.parse(wire) !== 'object';
  } catch {
    return false;
  }
}
