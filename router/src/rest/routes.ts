import type { IncomingMessage } from 'node:http';
import { AppError } from '@commerce/kit/errors';
import type { Logger } from '@commerce/kit/logger';
import { requireUser } from '@commerce/kit/viewer';
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import type { GraphqlServer } from '../graphql/server.ts';
import { readJsonBody } from '../http/body.ts';
import { setLimitHeaders } from '../http/headers.ts';
import { answerOtherMethod } from '../http/methods.ts';
import type { RequestScope } from '../http/request-scope.ts';
import type { CountRequest } from '../limits.ts';
import type { Endpoint } from './endpoint.ts';
import { endpoints } from './endpoints.ts';
import { sendError, sendJson } from './envelope.ts';
import { createExecute, type Operations } from './operations.ts';

export const REST_BASE = '/api/v1';

export type RestDeps = {
  server: GraphqlServer;
  operations: Operations;
  countRequest: CountRequest;
  logger: Logger;
  scopeOf(request: IncomingMessage): RequestScope;
  /** Pages beside the endpoints, mounted after them. */
  pages: express.Router;
  /** Where payment providers send their messages. */
  webhooks: express.Router;
};

/** An Express application that answers every path: by an endpoint, a page or the error envelope. */
export function createRestApp(deps: RestDeps): Express {
  const app = express();
  app.disable('x-powered-by');
  // Repeated parameters become lists, which no schema takes; brackets make no objects.
  app.set('query parser', 'simple');
  app.use(REST_BASE, refuseMethodOverride, countRequests(deps), restRouter(deps));
  app.use(deps.webhooks);
  app.use(deps.pages);
  app.use(() => {
    throw new AppError('RES_001', 'There is nothing at this path');
  });
  // biome-ignore lint/complexity/useMaxParams: Express knows handlers of errors by their four parameters
  app.use((error: unknown, request: Request, response: Response, _next: NextFunction) => {
    sendError(response, error, { scope: deps.scopeOf(request), logger: deps.logger });
  });
  return app;
}

const overrideHeaders = ['x-http-method-override', 'x-http-method', 'x-method-override'];

function refuseMethodOverride(request: Request, _response: Response, next: NextFunction): void {
  const isOverride = overrideHeaders.some((name) => request.headers[name] !== undefined);
  if (isOverride) throw new AppError('VAL_001', 'Use the method itself: overrides are not supported');
  next();
}

function countRequests({ countRequest, scopeOf }: RestDeps) {
  return async (request: Request, response: Response, next: NextFunction) => {
    if (request.method === 'OPTIONS') return next();
    const state = await countRequest(scopeOf(request).clientAddress);
    setLimitHeaders(response, state);
    if (!state.isAllowed)
      throw new AppError('RATE_001', undefined, { retryAfterSeconds: state.resetSeconds });
    next();
  };
}

function restRouter(deps: RestDeps): express.Router {
  const router = express.Router();
  const paths = new Set(endpoints.map(({ path }) => path));
  for (const path of paths) {
    const route = router.route(path.replaceAll(/\{(\w+)\}/g, ':$1'));
    const offered = endpoints.filter((endpoint) => endpoint.path === path);
    for (const endpoint of offered) route[endpoint.method](createHandler(endpoint, deps));
    const allowed = allowedMethods(offered);
    route.all((request, response) => {
      deps.scopeOf(request).route = `${REST_BASE}${path}`;
      answerOtherMethod(request, response, allowed);
    });
  }
  return router;
}

function allowedMethods(offered: readonly Endpoint[]): string {
  const methods = offered.map(({ method }) => method.toUpperCase());
  return [...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', ');
}

function createHandler(endpoint: Endpoint, deps: RestDeps) {
  return async (request: Request, response: Response): Promise<void> => {
    const scope = deps.scopeOf(request);
    scope.route = `${REST_BASE}${endpoint.path}`;
    const caller = await scope.identify();
    if (endpoint.isPrivate) requireUser(caller.viewer);
    const answer = await endpoint.handle(
      {
        params: pathParams(request),
        query: request.query,
        body: endpoint.request?.body ? await readJsonBody(request) : undefined,
        headers: singleHeaders(request),
      },
      createExecute({ server: deps.server, operations: deps.operations, caller }),
    );
    for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, value);
    response.setHeader('Cache-Control', cacheControl(endpoint, request));
    sendJson(response, endpoint.status, {
      success: true,
      data: answer.data,
      ...(endpoint.message === undefined ? {} : { message: endpoint.message }),
    });
  };
}

function pathParams(request: Request): Record<string, string> {
  const entries = Object.entries(request.params);
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

function singleHeaders(request: Request): Record<string, string | undefined> {
  const { 'idempotency-key': key } = request.headers;
  return { 'idempotency-key': Array.isArray(key) ? key.join(', ') : key };
}

/** What one caller was told must not be shown to another; public lists may be kept, but stock has to be asked for anew. */
function cacheControl(endpoint: Endpoint, request: Request): string {
  const isPublic =
    endpoint.method === 'get' && !endpoint.isPrivate && request.headers.authorization === undefined;
  return isPublic ? 'no-cache' : 'no-store';
}
