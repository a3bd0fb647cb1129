import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from '@commerce/kit/logger';
import type { Metrics } from '@commerce/kit/metrics';
import type { RequestScope } from './request-scope.ts';

/** Counts and logs each request once its answer is out, or its client gone: our own failures as warnings. By its
 *  route: whatever people take for a path (addresses, tokens, card numbers) is not repeated. */
export function observeRequest(
  request: IncomingMessage,
  response: ServerResponse,
  { scope, metrics, logger }: { scope: RequestScope; metrics: Metrics; logger: Logger },
): void {
  const startedAt = performance.now();
  // Before the span ends, which is told its route.
  response.prependOnceListener('close', () => {
    const durationMs = performance.now() - startedAt;
    const { method = 'GET' } = request;
    const { statusCode } = response;
    metrics.observeHttp({ method, route: scope.route, statusCode, durationSeconds: durationMs / 1000 });
    logger[statusCode >= 500 ? 'warn' : 'info'](
      {
        requestId: scope.requestId,
        method,
        route: scope.route,
        status: statusCode,
        durationMs: Math.round(durationMs),
        ...(response.writableFinished ? {} : { isAborted: true }),
      },
      'Request',
    );
  });
}
