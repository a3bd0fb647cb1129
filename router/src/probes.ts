import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Metrics } from '@commerce/kit/metrics';
import { answerOtherMethod, READ_METHODS } from './http/methods.ts';
import type { RequestScope } from './http/request-scope.ts';
import type { ReadinessCheck } from './readiness.ts';
import { sendJson } from './rest/envelope.ts';

const probePaths: ReadonlySet<string> = new Set(['/health', '/ready', '/metrics']);

export type Probes = (
  request: IncomingMessage,
  response: ServerResponse,
  scope: RequestScope,
) => Promise<boolean>;

/** What orchestrators and Prometheus ask for: `/health` (the process runs), `/ready` (requests can be answered),
 *  `/metrics`. Not counted by the limits.
 *  @returns a handler that answers false where the request is for something else */
export function createProbes(deps: { metrics: Metrics; readiness: ReadinessCheck }): Probes {
  return async (request, response, scope) => {
    if (!probePaths.has(scope.path)) return false;
    scope.route = scope.path;
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      answerOtherMethod(request, response, READ_METHODS);
      return true;
    }
    switch (scope.path) {
      case '/health':
        sendProbe(response, 200, { status: 'ok' });
        break;
      case '/ready': {
        const { isReady, subgraphs } = await deps.readiness.read();
        sendProbe(response, isReady ? 200 : 503, { status: isReady ? 'ready' : 'unavailable', subgraphs });
        break;
      }
      case '/metrics':
        response.setHeader('Content-Type', deps.metrics.registry.contentType);
        response.end(await deps.metrics.registry.metrics());
        break;
    }
    return true;
  };
}

function sendProbe(response: ServerResponse, status: number, body: unknown): void {
  response.setHeader('Cache-Control', 'no-store');
  sendJson(response, status, body);
}
