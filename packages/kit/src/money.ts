declare const centsBrand: unique symbol;

/** A whole number of cents (hundredths of the currency's unit). */
export type Cents = number & { readonly [centsBrand]: true };

/** The largest amount that numeric(10,2) holds. */
export const MAX_CENTS = 9_999_999_999;

export function cents(value: number): Cents {
  if (!Number.isSafeInteger(value)) throw new RangeError('An amount must be a whole number of cents');
  return value as Cents;
}

const decimalPattern = /^(-?)(\d{1,10})(?:\.(\d{1,2}))?$/;

/** Reads a decimal such as "99.9" or "-3.00": at most ten digits before and two after the point.
 *  @returns null where the text is not such a decimal */
export function parseCents(text: string): Cents | null {
  const match = decimalPattern.exec(text);
  if (!match) return null;
  const [, sign, units = '0', fraction = ''] = match;
  const value = Number(units) * 100 + Number(fraction.padEnd(2, '0'));
  return cents(sign ? 0 - value : value);
}

/** Reads a numeric(10,2) column, which postgres.js gives as text. */
export function centsFromNumeric(numeric: string): Cents {
  const value = parseCents(numeric);
  if (value === null) throw new RangeError('Not an amount of numeric(10,2)');
  return value;
}

/** @returns exactly two decimals, e.g. "99.99": for numeric columns and GraphQL's Decimal */
export function decimalText(amount: Cents): string {
  const digits = String(Math.abs(amount)).padStart(3, '0');
  return `${amount < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

export function sumCents(amounts: Iterable<Cents>): Cents {
  let total = 0;
  for (const amount of amounts) total += amount;
  return cents(total);
}

export function timesCents(amount: Cents, quantity: number): Cents {
  return cents(amount * quantity);
}

/** The GraphQL type Money. */
export type Money = { amount: string; currencyCode: string; cents: number };

export function moneyOf(amount: Cents, currencyCode: string): Money {
  return { amount: decimalText(amount), currencyCode, cents: amount };
}
