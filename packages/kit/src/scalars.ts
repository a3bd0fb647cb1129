import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import { timestampText } from './clock.ts';
import { parseCents } from './money.ts';

function invalid(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'VAL_001' } });
}

function parseDecimal(value: unknown): string {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text === 'string' && parseCents(text) !== null) return text;
  throw invalid('A Decimal is a number with at most ten digits before and two after the point');
}

/** Exact decimal, written as text ("99.99"); read from text or a number. */
export const DecimalScalar = new GraphQLScalarType<string, string>({
  name: 'Decimal',
  serialize: parseDecimal,
  parseValue: parseDecimal,
  parseLiteral(node) {
    if (node.kind === Kind.STRING || node.kind === Kind.INT || node.kind === Kind.FLOAT) {
      return parseDecimal(node.value);
    }
    throw invalid('A Decimal is a number or a string');
  },
});

function serializeTime(value: unknown): string {
  if (value instanceof Date) return timestampText(value);
  if (typeof value === 'string' && !Number.isNaN(Date.parse(value))) return timestampText(new Date(value));
  throw invalid('Not a point in time');
}

function parseTime(value: unknown): Date {
  if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T/.test(value)) {
    const time = new Date(value);
    if (!Number.isNaN(time.getTime())) return time;
  }
  throw invalid('A DateTime is ISO 8601 text such as 2024-01-15T10:30:00Z');
}

/** ISO 8601 in UTC without milliseconds. */
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
