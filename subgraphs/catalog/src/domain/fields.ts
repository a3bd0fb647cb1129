import { isPlausibleId } from '@commerce/kit/ids';
import { type Cents, parseCents } from '@commerce/kit/money';
import { z } from 'zod';

/** The highest price that GraphQL's Int can tell in cents: 21474836.47. */
export const MAX_PRICE_CENTS = 2_147_483_647;

/** Text that Postgres can store. */
const storable = z.string().refine((text) => !text.includes('\0'), 'must not contain a NUL character');

/** Text of 1 to `max` characters, trimmed. */
export function requiredText(max: number) {
  return storable.trim().min(1, 'must not be empty').max(max, `must have at most ${max} characters`);
}

/** Text of at most `max` characters, trimmed; empty text is none. */
export function optionalText(max: number) {
  return storable
    .trim()
    .max(max, `must have at most ${max} characters`)
    .transform((text) => text || null)
    .nullable();
}

/** A decimal of at most two places, as cents. */
export const decimal = z.string().transform((text, context): Cents => {
  const amount = parseCents(text);
  if (amount !== null) return amount;
  context.addIssue('must be a number with at most two decimals');
  return z.NEVER;
});

export const price = decimal.refine(
  (amount) => amount >= 0 && amount <= MAX_PRICE_CENTS,
  'must be 0.00 to 21474836.47',
);

/** As long as the columns that hold ids. */
const MAX_ID_LENGTH = 50;

export const idField = z
  .string()
  .refine((id) => isPlausibleId(id) && id.length <= MAX_ID_LENGTH, 'is not an id');

export function wholeNumber(min: number, max: number) {
  const message = `must be a whole number from ${min} to ${max}`;
  return z.int(message).min(min, message).max(max, message);
}
