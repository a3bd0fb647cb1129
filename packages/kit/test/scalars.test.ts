import { GraphQLError, parseValue } from 'graphql';
import { describe, expect, it } from 'vitest';
import { DateTimeScalar, DecimalScalar } from '../src/scalars.ts';

const literal = (text: string) => parseValue(text);

describe('a Decimal', () => {
  it.each([
    ['99.99', '99.99'],
    ['0', '0'],
    ['-1.5', '-1.5'],
    [99.99, '99.99'],
    [5, '5'],
    [0.1, '0.1'],
  ])('is read from %j', (value, expected) => {
    expect(DecimalScalar.parseValue(value)).toBe(expected);
  });

  it.each([
    ['"99.99"', '99.99'],
    ['99.99', '99.99'],
    ['0.10', '0.10'],
    ['7', '7'],
    ['1e2', '100'],
    ['1.5E1', '15'],
  ])('is read from the literal %s', (text, expected) => {
    expect(DecimalScalar.parseLiteral(literal(text), {})).toBe(expected);
  });

  it.each([0.1 + 0.2, 1e21, 1e-7, Number.NaN, '1.999', '', 'x', '1e2', true, null, [], {}])(
    'cannot be read from %j',
    (value) => {
      expect(() => DecimalScalar.parseValue(value)).toThrow(GraphQLError);
    },
  );

  it.each(['true', 'null', '[1]', '1.999', '"a"', 'ENUM', '1e99', '1e-5'])(
    'cannot be read from the literal %s',
    (text) => {
      expect(() => DecimalScalar.parseLiteral(literal(text), {})).toThrow(GraphQLError);
    },
  );

  it('is written as the text that it is', () => {
    expect(DecimalScalar.serialize('99.90')).toBe('99.90');
  });

  it.each([9.99, '9.999', null, 'x'])(
    "cannot be written from %j, which is our fault and not the caller's",
    (value) => {
      expect(() => DecimalScalar.serialize(value)).toThrow(TypeError);
    },
  );
});

describe('a DateTime', () => {
  it.each([
    ['2024-01-15T10:30:00Z', '2024-01-15T10:30:00Z'],
    ['2024-01-15T10:30:00.999Z', '2024-01-15T10:30:00Z'],
    ['2024-01-15T10:30Z', '2024-01-15T10:30:00Z'],
    ['2024-01-15T12:30:00+02:00', '2024-01-15T10:30:00Z'],
    ['2024-02-29T23:59:59-01:00', '2024-03-01T00:59:59Z'],
  ])('is read from %s', (text, expected) => {
    expect(DateTimeScalar.serialize(DateTimeScalar.parseValue(text))).toBe(expected);
    expect(DateTimeScalar.serialize(DateTimeScalar.parseLiteral(literal(`"${text}"`), {}))).toBe(expected);
  });

  it.each([
    '2024-01-15',
    '2024-01-15T10:30:00',
    '2024-02-30T00:00:00Z',
    '2023-02-29T00:00:00Z',
    '2024-13-01T00:00:00Z',
    '2024-01-15T25:00:00Z',
    '2024-01-15T10:30:00Z; drop',
    'yesterday',
    '',
    1_705_314_600_000,
    null,
  ])('cannot be read from %j', (value) => {
    expect(() => DateTimeScalar.parseValue(value)).toThrow(GraphQLError);
  });

  it('is written from a date, without milliseconds', () => {
    expect(DateTimeScalar.serialize(new Date('2024-01-15T10:30:00.123Z'))).toBe('2024-01-15T10:30:00Z');
  });

  it.each([new Date(Number.NaN), 'x', 5])(
    "cannot be written from %s, which is our fault and not the caller's",
    (value) => {
      expect(() => DateTimeScalar.serialize(value)).toThrow(TypeError);
    },
  );
});
