import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import { timestampText } from './clock.ts';
import { parseCents } from './money.ts';

// Without a code: graphql-js quotes the value around this message, and the edge takes it out of what
// Apollo marks as a fault of the request.
function invalid(message: string): GraphQLError {
  return new GraphQLError(message);
}

function parseDecimal(value: unknown): string {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text === 'string' && parseCents(text) !== null) return text;
  throw invalid('A Decimal is a number with at most ten digits before and two after the point');
}

function serializeDecimal(value: unknown): string {
  if (typeof value === 'string' && parseCents(value) !== null) return value;
  // Our own fault, not the caller's: no code of the catalogue.
  throw new TypeError('A field of type Decimal was not given decimal text');
}

/** Exact decimal, written as text ("99.99"); read from text or a number. */
export const DecimalScalar = new GraphQLScalarType<string, string>({
  name: 'Decimal',
  serialize: serializeDecimal,
  parseValue: parseDecimal,
  parseLiteral(node) {
    // A float literal may be written as 1e2, which is a number, not decimal text.
    if (node.kind === Kind.INT || node.kind === Kind.FLOAT) return parseDecimal(numberOf(node.value));
    if (node.kind === Kind.STRING) return parseDecimal(node.value);
    throw invalid('A Decimal is a number or a string');
  },
});

/** Keeps plain decimals as they were written: 0.10 must not lose its digits, nor long ones theirs. */
function numberOf(literal: string): string | number {
  return /e/i.test(literal) ? Number(literal) : literal;
}

function serializeTime(value: unknown): string {
  if (value instanceof Date && !Number.isNaN(value.getTime())) return timestampText(value);
  if (typeof value === 'string' && !Number.isNaN(Date.parse(value))) return timestampText(new Date(value));
  throw new TypeError('A field of type DateTime was not given a point in time');
}

const timePattern = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

function parseTime(value: unknown): Date {
  const [, day] = typeof value === 'string' ? (timePattern.exec(value) ?? []) : [];
  const time = new Date(day === undefined ? Number.NaN : String(value));
  // Date turns 30 February into 1 March.
  const isReal =
    !Number.isNaN(time.getTime()) && new Date(`${day}T00:00:00Z`).toISOString().startsWith(`${day}`);
  if (isReal) return time;
  throw invalid('A DateTime is ISO 8601 text with a time zone, such as 2024-01-15T10:30:00Z');
}

/** ISO 8601 in UTC without milliseconds; read with any offset. */
export const DateTimeScalar = new GraphQLScalarType<Date, string>({
  name: 'DateTime',
  serialize: serializeTime,
  parseValue: parseTime,
  parseLiteral(node) {
    if (node.kind === Kind.STRING) return parseTime(node.value);
    throw invalid('A DateTime is a string');
  },
});

export const scalarResolvers = { Decimal: DecimalScalar, DateTime: DateTimeScalar };
