import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from '@commerce/kit/logger';
import type { Metrics } from '@commerce/kit/metrics';
import type { RequestScope } from './request-scope.ts';

/** Counts and logs each request once its answer is out, or its client gone: our own failures as
 *  warnings. */
export function observeRequest(
  request: IncomingMessage,
  response: ServerResponse,
  { scope, metrics, logger }: { scope: RequestScope; metrics: Metrics; logger: Logger },
): void {
  const startedAt = performance.now();
  response.once('close', () => {
    const durationMs = performance.now() - startedAt;
    const { method = 'GET' } = request;
    const { statusCode } = response;
    metrics.observeHttp({ method, route: scope.route, statusCode, durationSeconds: durationMs / 1000 });
    logger[statusCode >= 500 ? 'warn' : 'info'](
      {
        requestId: scope.requestId,
        method,
        route: scope.route,
        path: scope.path.slice(0, 200),
        status: statusCode,
        durationMs: Math.round(durationMs),
        ...(response.writableFinished ? {} : { isAborted: true }),
      },
      'Request',
    );
  });
}
