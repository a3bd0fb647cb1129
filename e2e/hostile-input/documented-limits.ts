import type { Shape } from './place.ts';

const number = '(-?\\d[\\d,]*)';
const characters = new RegExp(`${number} to ${number} (?:printable ASCII )?characters`);
const atMost = new RegExp(`at most ${number} characters`, 'i');
const range = new RegExp(`\\b${number}(?: to |-)${number}\\b`);
const from = /\bfrom (\d+)\b/;

const MAX_INT = 2_147_483_647;

function parse(text: string | undefined): number {
  return Number((text ?? '').replaceAll(',', ''));
}

/** How long a text may be, as its description says; null where it does not. */
export function textShape(description: string): Extract<Shape, { kind: 'text' }> {
  const both = characters.exec(description);
  if (both) return { kind: 'text', min: parse(both[1]), max: parse(both[2]) };
  const upper = atMost.exec(description);
  return { kind: 'text', min: 0, max: upper ? parse(upper[1]) : null };
}

/** Between what a whole number has to be, as its description says; else what GraphQL's Int holds. */
export function integerShape(description: string): Extract<Shape, { kind: 'integer' }> {
  const both = range.exec(description);
  if (both) return { kind: 'integer', min: parse(both[1]), max: parse(both[2]) };
  const lower = from.exec(description);
  return { kind: 'integer', min: lower ? parse(lower[1]) : -MAX_INT - 1, max: MAX_INT };
}
