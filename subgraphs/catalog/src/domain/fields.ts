import { isPlausibleId } from '@commerce/kit/ids';
import { type Cents, parseCents } from '@commerce/kit/money';
import { anyText, line } from '@commerce/kit/text';
import { z } from 'zod';

/** The highest price that GraphQL's Int can tell in cents: 21474836.47. */
export const MAX_PRICE_CENTS = 2_147_483_647;

/** One line of at most `max` characters; empty text is none. */
export function optionalLine(max: number) {
  return anyText
    .trim()
    .transform((text) => text || null)
    .pipe(line(1, max).nullable())
    .nullable();
}

/** Text of any number of lines, at most `max` characters, trimmed; empty text is none. */
export function optionalText(max: number) {
  return anyText
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
