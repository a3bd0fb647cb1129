import type { ApolloServerPlugin } from '@apollo/server';
import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { type ErrorCode, errorCatalogue, isErrorCode } from './error-catalogue.ts';
import { AppError } from './errors.ts';
import { REQUEST_ID_HEADER } from './internal-token.ts';
import type { Logger } from './logger.ts';
import { databaseError } from './postgres.ts';
import { describeRequestFault } from './request-fault.ts';

/** Codes that Apollo Server gives to requests that are at fault themselves. */
const requestFaults: ReadonlySet<unknown> = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
]);

export type PublicErrorExtensions = {
  code: ErrorCode;
  httpStatus: number;
  details?: unknown;
  retryAfterSeconds?: number;
};

/** What a caller may know of an AppError. */
export function publicExtensions(error: AppError): PublicErrorExtensions {
  return {
    code: error.code,
    httpStatus: error.httpStatus,
    ...(error.details === undefined ? {} : { details: error.details }),
    ...(error.retryAfterSeconds === undefined ? {} : { retryAfterSeconds: error.retryAfterSeconds }),
  };
}

/** Translates a fault of the request itself (syntax, validation, variables), never echoing a value.
 *  @returns null where Apollo's code is not of that kind */
export function requestFault(formatted: GraphQLFormattedError): AppError | null {
  if (!requestFaults.has(formatted.extensions?.code)) return null;
  const { message, field, isMissing } = describeRequestFault(formatted.message);
  const details = field === null ? {} : { details: [{ field, message }] };
  return new AppError(isMissing ? 'VAL_002' : 'VAL_001', message, details);
}

/** Apollo's `formatError` for a subgraph: the catalogue's code or SYS_001, leaking nothing. */
export function formatSubgraphError(
  formatted: GraphQLFormattedError,
  thrown: unknown,
): GraphQLFormattedError {
  const error = translate(formatted, thrown);
  return {
    message: error.message,
    ...(formatted.locations ? { locations: formatted.locations } : {}),
    ...(formatted.path ? { path: formatted.path } : {}),
    extensions: { ...publicExtensions(error) },
  };
}

/** Logs our own faults and those of what we depend on, each once, with the request that met them. */
export function createErrorLog(logger: Logger): ApolloServerPlugin {
  return {
    async requestDidStart() {
      return {
        async didEncounterErrors({ errors, request, operationName }) {
          const requestId = request.http?.headers.get(REQUEST_ID_HEADER) ?? 'none';
          // A loader that fails rejects every field that waits for it with one and the same error.
          const once = new Map(errors.map((error) => [unwrapResolverError(error), error]));
          for (const error of once.values()) {
            logFailure(logger, translate(error.toJSON(), error), { requestId, operationName });
          }
        },
      };
    },
  };
}

/** Logs an error if it is no fault of the caller. */
export function logFailure(
  logger: Logger,
  error: AppError,
  request: { requestId: string; operationName?: string | null | undefined },
): void {
  const line = { ...request, reason: describeError(error.cause ?? error) };
  if (error.code === 'SYS_001') logger.error(line, 'Unexpected error');
  if (error.code === 'SYS_002') logger.warn(line, 'Dependency unavailable');
}

function translate(formatted: GraphQLFormattedError, thrown: unknown): AppError {
  const original = unwrapResolverError(thrown);
  const known = original instanceof AppError ? original : databaseError(original);
  return known ?? ownCode(formatted) ?? requestFault(formatted) ?? unexpected(original);
}

/** A GraphQLError that already carries a code of the catalogue, such as a scalar's. */
function ownCode(formatted: GraphQLFormattedError): AppError | null {
  const code = formatted.extensions?.code;
  return isErrorCode(code) ? new AppError(code, formatted.message) : null;
}

/** The code that whoever called a resolver is told of what it threw. */
export function errorCodeOf(thrown: unknown): ErrorCode {
  const code = thrown instanceof GraphQLError ? thrown.extensions.code : undefined;
  return translate({ message: '', extensions: { code } }, thrown).code;
}

/** What nobody meant to throw; tells nothing of it but to the log. */
export function unexpected(cause: unknown): AppError {
  return new AppError('SYS_001', errorCatalogue.SYS_001.message, { cause });
}

/** Names, codes and the stack's places, but not a database error's message: it holds the parameters. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return 'A value that is no Error was thrown';
  const root = rootCause(error);
  const code = 'code' in root ? ` ${String(root.code)}` : '';
  const isQuery = error.name === 'DrizzleQueryError' || error.message.startsWith('Failed query');
  const message = quotesValue(root) ? 'a value was refused' : (isQuery ? root : error).message;
  return `${root.name}${code}: ${message}\n${placesOf(error).slice(0, 8).join('\n')}`;
}

/** The stack begins with the message, whose lines may look like places. */
function placesOf({ stack = '', message }: Error): string[] {
  const start = stack.indexOf(message);
  const lines = start === -1 ? [] : stack.slice(start + message.length).split('\n');
  return lines.filter((line) => line.trimStart().startsWith('at '));
}

/** Postgres's data exceptions (class 22) quote the value that they are about, and the parser of JSON its text. */
function quotesValue(error: Error): boolean {
  if (error instanceof SyntaxError) return true;
  return 'code' in error && typeof error.code === 'string' && /^22[0-9A-Z]{3}$/.test(error.code);
}

function rootCause(error: Error): Error {
  let current = error;
  while (current.cause instanceof Error) current = current.cause;
  return current;
}
