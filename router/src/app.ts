import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Logger } from '@commerce/kit/logger';
import type { Metrics } from '@commerce/kit/metrics';
import type { ServiceClient } from '@commerce/kit/service-client';
import type { Identify } from './authentication.ts';
import { createPages } from './docs/pages.ts';
import { createGraphqlEndpoint } from './graphql/endpoint.ts';
import type { AdmitDocument } from './graphql/new-documents.ts';
import { SANDBOX_FRAME_ORIGIN, STUDIO_ORIGIN } from './graphql/sandbox-page.ts';
import type { GraphqlServer } from './graphql/server.ts';
import {
  createCompression,
  createCrossOrigin,
  createSecurityHeaders,
  dropInternalHeaders,
} from './http/headers.ts';
import { observeRequest } from './http/observation.ts';
import { openRequestScope, type RequestScope } from './http/request-scope.ts';
import { refuseHead } from './http/server.ts';
import type { CountRequest, WebhookLimits } from './limits.ts';
import type { PersistedDocuments } from './persisted-documents/persisted-documents.ts';
import { createProbes } from './probes.ts';
import type { ReadinessCheck } from './readiness.ts';
import { sendError } from './rest/envelope.ts';
import type { Operations } from './rest/operations.ts';
import { createRestApp } from './rest/routes.ts';
import { createWebhookRouter } from './webhooks.ts';

export type RouterDeps = {
  server: GraphqlServer;
  operations: Operations;
  /** The orders service, for what is no operation of the public graph. */
  orders: ServiceClient;
  identify: Identify;
  persistedDocuments: PersistedDocuments;
  admitDocument: AdmitDocument;
  limits: { rest: CountRequest; graphql: CountRequest; webhooks: WebhookLimits };
  readiness: ReadinessCheck;
  metrics: Metrics;
  logger: Logger;
  isProduction: boolean;
  allowedOrigins: readonly string[];
  trustedProxies: number;
};

/** The router's HTTP side: what holds for every request, and who answers it. Does no I/O of its own. */
export function createRouterApp(deps: RouterDeps): RequestListener {
  const { logger, metrics, isProduction } = deps;
  const sandboxOrigins = isProduction ? [] : [STUDIO_ORIGIN, SANDBOX_FRAME_ORIGIN];
  const secure = createSecurityHeaders();
  const crossOrigin = createCrossOrigin([...deps.allowedOrigins, ...sandboxOrigins]);
  const compress = createCompression();
  const answerProbe = createProbes({ metrics, readiness: deps.readiness });
  const answerGraphql = createGraphqlEndpoint({
    server: deps.server,
    countRequest: deps.limits.graphql,
    persistedDocuments: deps.persistedDocuments,
    admitDocument: deps.admitDocument,
    hasSandbox: !isProduction,
    logger,
  });

  // Express hands on Node's own request objects: what belongs to one is found again by it.
  const scopes = new WeakMap<IncomingMessage, RequestScope>();
  const scopeOf = (request: IncomingMessage) => scopes.get(request) ?? openScope(request);
  const answerRest = createRestApp({
    server: deps.server,
    operations: deps.operations,
    countRequest: deps.limits.rest,
    logger,
    scopeOf,
    pages: createPages(scopeOf),
    webhooks: createWebhookRouter({ orders: deps.orders, limits: deps.limits.webhooks, scopeOf }),
  });

  function openScope(request: IncomingMessage): RequestScope {
    const scope = openRequestScope(request, deps.trustedProxies, deps.identify);
    scopes.set(request, scope);
    return scope;
  }

  async function answer(
    request: IncomingMessage,
    response: ServerResponse,
    scope: RequestScope,
  ): Promise<void> {
    if (scope.path === '/graphql') return answerGraphql(request, response, scope);
    if (!(await answerProbe(request, response, scope))) answerRest(request, response);
  }

  return (request, response) => {
    const scope = openScope(request);
    observeRequest(request, response, { scope, metrics, logger });
    response.setHeader('X-Request-Id', scope.requestId);
    dropInternalHeaders(request);
    const fail = (error: unknown) => sendError(response, error, { scope, logger });
    secure(request, response, (insecure?: unknown) => {
      const fault = insecure ?? refuseHead(request);
      if (fault) {
        // What follows on the connection may not be what it seems.
        response.setHeader('Connection', 'close');
        return fail(fault);
      }
      crossOrigin(request, response, (foreign?: unknown) => {
        if (foreign) return fail(foreign);
        compress(request, response, () => {
          answer(request, response, scope).catch(fail);
        });
      });
    });
  };
}
