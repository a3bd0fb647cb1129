import type { ServerResponse } from 'node:http';
import { timestampText } from '@commerce/kit/clock';
import { AppError } from '@commerce/kit/errors';
import { describeError } from '@commerce/kit/graphql-errors';
import type { Logger } from '@commerce/kit/logger';
import { errorHeaders, setHeaders } from '../http/headers.ts';
import type { RequestScope } from '../http/request-scope.ts';
import type { ErrorEnvelope } from './schemas/error.ts';

type ErrorOrigin = Pick<RequestScope, 'path' | 'requestId'>;

export function errorEnvelopeOf(error: AppError, origin: ErrorOrigin, now: Date): ErrorEnvelope {
  return {
    success: false,
    error: {
      code: error.code,
      message: error.message,
      ...(error.details === undefined ? {} : { details: error.details }),
      timestamp: timestampText(now),
      path: origin.path,
      requestId: origin.requestId,
    },
  };
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.statusCode = status;
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  const text = JSON.stringify(body);
  response.setHeader('Content-Length', String(Buffer.byteLength(text)));
  response.end(text);
}

/** Answers a failed request by the envelope; what is no AppError is a bug, logged here and told nothing of. */
export function sendError(
  response: ServerResponse,
  error: unknown,
  { scope, logger }: { scope: RequestScope; logger: Logger },
): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const known = knownError(error, scope, logger);
  setHeaders(response, errorHeaders(known));
  // The rest of a refused body is not worth reading.
  if (known.httpStatus === 413) response.setHeader('Connection', 'close');
  response.setHeader('Cache-Control', 'no-store');
  sendJson(response, known.httpStatus, errorEnvelopeOf(known, scope, new Date()));
}

function knownError(error: unknown, scope: RequestScope, logger: Logger): AppError {
  if (error instanceof AppError) return error;
  // Express cannot decode such a path.
  if (error instanceof URIError) return new AppError('VAL_001', 'The path is not properly encoded');
  logger.error({ requestId: scope.requestId, reason: describeError(error) }, 'Unexpected error');
  return new AppError('SYS_001');
}
