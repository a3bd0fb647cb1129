import type fc from 'fast-check';

/** What values a place takes, as far as its type and its description tell. */
export type Shape =
  | { kind: 'text'; min: number; max: number | null }
  | { kind: 'id' }
  | { kind: 'integer'; min: number; max: number }
  | { kind: 'decimal' }
  | { kind: 'boolean' }
  | { kind: 'time' }
  | { kind: 'enum'; values: readonly string[] }
  | { kind: 'list'; of: Shape }
  | { kind: 'object' };

/** Text as it goes over the wire: JSON in a body, percent-encoded in a URL, as it is in a header. */
export type Hostile = {
  wire: string;
  /** How the wire's characters become bytes; latin1 for bytes that are no UTF-8. */
  encoding?: 'latin1';
  /** Written into the GraphQL document instead of its variables. */
  isInDocument?: boolean;
};

/** What has to become of a request with such a value, all the rest of it being valid.
 *
 *  - `refused`: a fault of the input, by its code.
 *  - `harmless`: an answer, or any 4xx of the catalogue; taken for nothing but the text it is. */
export type Fate = 'refused' | 'harmless';

/** Values of one sort. */
export type HostileKind = {
  name: string;
  fate: Fate;
  /** How many of them are tried, against those of other kinds. */
  weight: number;
  values: fc.Arbitrary<Hostile>;
  /** Those that are tried in any case. */
  always?: readonly Hostile[];
};

export type Step = string | number;
/** What is to be another than usual in the rest of a request, so that it can be made again. */
export type Fresh = readonly { path: readonly Step[]; value: unknown }[];

export type Answer = { status: number; headers: Record<string, unknown>; text: string };

/** Somewhere that a client's value goes in: an argument, a field of an input or a body, a parameter. */
export type Place = {
  /** Such as `mutation addAddress input.street` or `get /api/v1/products query page`. */
  name: string;
  /** Whose place it is: `mutation addAddress`, `get /api/v1/products`, `User.orders`. */
  operation: string;
  api: 'rest' | 'graphql';
  where: 'json' | 'url' | 'header';
  shape: Shape;
  isRequired: boolean;
  isWrite: boolean;
  /** A value that is taken there; undefined where none can be known beforehand. */
  sample: unknown;
  send(hostile: Hostile, fresh?: Fresh): Promise<Answer>;
};

/** @returns the last part of a place's name that is no index: the field's own name */
export function fieldNameOf(place: Pick<Place, 'name'>): string {
  return place.name.split(/[ .]/).findLast((part) => !/^\d+$/.test(part)) ?? '';
}
