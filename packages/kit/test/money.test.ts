import { fc, test as propertyTest } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import {
  cents,
  centsFromNumeric,
  decimalText,
  MAX_CENTS,
  moneyOf,
  parseCents,
  sumCents,
  timesCents,
} from '../src/money.ts';

describe('reading a decimal', () => {
  it.each([
    ['99.99', 9_999],
    ['99.9', 9_990],
    ['99', 9_900],
    ['0', 0],
    ['-0', 0],
    ['-3.00', -300],
    ['007.50', 750],
    ['99999999.99', MAX_CENTS],
    ['9999999999.99', 999_999_999_999],
  ])('%s is %i cents', (text, expected) => {
    expect(parseCents(text)).toBe(expected);
  });

  it.each([
    '',
    ' ',
    '1.',
    '.5',
    '1.999',
    '1e2',
    '+1',
    '1,50',
    '0x10',
    ' 1',
    '1\n',
    'NaN',
    '--1',
    '12345678901',
  ])('refuses %j', (text) => {
    expect(parseCents(text)).toBeNull();
  });

  it('of a column throws where the column is none', () => {
    expect(centsFromNumeric('12.30')).toBe(1_230);
    expect(() => centsFromNumeric('NaN')).toThrow(RangeError);
  });
});

describe('writing a decimal', () => {
  it.each([
    [0, '0.00'],
    [5, '0.05'],
    [-5, '-0.05'],
    [10, '0.10'],
    [9_999, '99.99'],
    [-123_456, '-1234.56'],
    [MAX_CENTS, '99999999.99'],
  ])('%i cents are %s', (amount, text) => {
    expect(decimalText(cents(amount))).toBe(text);
  });

  propertyTest.prop([fc.integer({ min: -MAX_CENTS, max: MAX_CENTS })])('loses nothing', (amount) => {
    expect(parseCents(decimalText(cents(amount)))).toBe(amount);
  });
});

describe('amounts', () => {
  it.each([0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('cannot be %d', (value) => {
    expect(() => cents(value)).toThrow(RangeError);
  });

  it('add up and multiply as whole cents', () => {
    expect(sumCents([])).toBe(0);
    expect(sumCents([cents(10), cents(20)])).toBe(30);
    expect(timesCents(cents(9_999), 3)).toBe(29_997);
    expect(() => timesCents(cents(2 ** 52), 3)).toThrow(RangeError);
  });

  it('are told as text, currency and cents', () => {
    expect(moneyOf(cents(9_999), 'USD')).toEqual({ amount: '99.99', currencyCode: 'USD', cents: 9_999 });
  });
});
