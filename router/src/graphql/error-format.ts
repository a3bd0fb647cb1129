import { unwrapResolverError } from '@apollo/server/errors';
import { isErrorCode } from '@commerce/kit/error-catalogue';
import { AppError } from '@commerce/kit/errors';
import { describeError, publicExtensions, requestFault } from '@commerce/kit/graphql-errors';
import type { Logger } from '@commerce/kit/logger';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { z } from 'zod';

/** What the data sources, and this folder, put into an error that the catalogue knows. */
const knownExtensions = z.object({
  code: z.string().refine(isErrorCode),
  httpStatus: z.int().optional(),
  details: z.unknown().optional(),
  retryAfterSeconds: z.number().optional(),
});

/** Apollo's `formatError` for the router: one of the catalogue's codes for every error, and nothing that the gateway
 *  or Apollo adds of their own (service names, URLs, stacks). */
export function createErrorFormatter(logger: Logger) {
  return (formatted: GraphQLFormattedError, thrown: unknown): GraphQLFormattedError => {
    const error =
      thrownError(thrown) ??
      knownError(formatted) ??
      unknownHash(formatted) ??
      faultOfRequest(formatted, thrown) ??
      unexpected(thrown, logger);
    return {
      message: error.message,
      ...(formatted.locations ? { locations: formatted.locations } : {}),
      ...(formatted.path ? { path: formatted.path } : {}),
      extensions: { ...publicExtensions(error) },
    };
  };
}

function thrownError(thrown: unknown): AppError | null {
  const original = thrown instanceof GraphQLError ? thrown.originalError : thrown;
  return original instanceof AppError ? original : null;
}

function knownError(formatted: GraphQLFormattedError): AppError | null {
  const parsed = knownExtensions.safeParse(formatted.extensions);
  if (!parsed.success) return null;
  const { code, httpStatus, details, retryAfterSeconds } = parsed.data;
  return new AppError(code, formatted.message, {
    details,
    ...(httpStatus === undefined ? {} : { httpStatus }),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  });
}

/** Clients of Apollo's protocol know by this message that they have to send the text. */
function unknownHash({ message, extensions }: GraphQLFormattedError): AppError | null {
  const isUnknown = extensions?.code === 'PERSISTED_QUERY_NOT_FOUND';
  return isUnknown ? new AppError('RES_001', message) : null;
}

function faultOfRequest(formatted: GraphQLFormattedError, thrown: unknown): AppError | null {
  const fault = requestFault(formatted);
  const httpStatus = transportStatus(thrown);
  return fault && httpStatus ? new AppError(fault.code, fault.message, { httpStatus }) : fault;
}

const httpExtension = z.object({ http: z.object({ status: z.int() }) });

/** The status that Apollo gives a request it does not read at all, such as 405. */
function transportStatus(thrown: unknown): number | null {
  const parsed = httpExtension.safeParse(thrown instanceof GraphQLError ? thrown.extensions : null);
  return parsed.success && parsed.data.http.status >= 400 ? parsed.data.http.status : null;
}

function unexpected(thrown: unknown, logger: Logger): AppError {
  logger.error({ reason: describeError(unwrapResolverError(thrown)) }, 'Unexpected error');
  return new AppError('SYS_001');
}
