import type { IncomingMessage, ServerResponse } from 'node:http';
import { HeaderMap, type HTTPGraphQLResponse } from '@apollo/server';
import { AppError } from '@commerce/kit/errors';
import { logFailure, publicExtensions, unexpected } from '@commerce/kit/graphql-errors';
import type { Logger } from '@commerce/kit/logger';
import type { GraphQLFormattedError } from 'graphql';
import { z } from 'zod';
import { readJsonBody } from '../http/body.ts';
import { setLimitHeaders } from '../http/headers.ts';
import { answerOtherMethod } from '../http/methods.ts';
import type { RequestScope } from '../http/request-scope.ts';
import type { CountRequest } from '../limits.ts';
import type { PersistedDocuments } from '../persisted-documents/persisted-documents.ts';
import type { AdmitDocument } from './new-documents.ts';
import { partsOfBody, partsOfSearch } from './request-parts.ts';
import { withRequestId } from './request-plugin.ts';
import { sendSandboxPage } from './sandbox-page.ts';
import type { GraphqlServer } from './server.ts';
import { requireModestVariables } from './variable-limits.ts';

export type GraphqlEndpoint = (
  request: IncomingMessage,
  response: ServerResponse,
  scope: RequestScope,
) => Promise<void>;

/** Serves `/graphql` without Express, which costs a fifth of a request's time.
 *  @returns a handler that answers every request in GraphQL's form, bugs included, and throws only once it has begun to */
export function createGraphqlEndpoint(deps: {
  server: GraphqlServer;
  countRequest: CountRequest;
  persistedDocuments: PersistedDocuments;
  admitDocument: AdmitDocument;
  hasSandbox: boolean;
  logger: Logger;
}): GraphqlEndpoint {
  return async (request, response, scope) => {
    scope.route = '/graphql';
    // Answers depend on who asks, and stock changes by the second.
    response.setHeader('Cache-Control', 'no-store');
    if (deps.hasSandbox && isPageRequest(request)) return sendSandboxPage(response);
    try {
      if (!offered.has(request.method)) return answerOtherMethod(request, response, 'GET, POST, OPTIONS');
      await spendRequest(response, scope);
      await execute(request, response, scope);
    } catch (error) {
      if (response.headersSent) throw error;
      const fault = error instanceof AppError ? error : unexpected(error);
      logFailure(deps.logger, fault, { requestId: scope.requestId });
      sendFault(response, fault, scope);
    }
  };

  async function spendRequest(response: ServerResponse, scope: RequestScope): Promise<void> {
    const state = await deps.countRequest(scope.clientAddress);
    setLimitHeaders(response, state);
    if (!state.isAllowed)
      throw new AppError('RATE_001', undefined, { retryAfterSeconds: state.resetSeconds });
  }

  async function execute(
    request: IncomingMessage,
    response: ServerResponse,
    scope: RequestScope,
  ): Promise<void> {
    const isPost = request.method === 'POST';
    const body = isPost ? await readJsonBody(request) : undefined;
    const parts = isPost ? partsOfBody(body) : partsOfSearch(searchOf(request));
    requireModestVariables(parts.variables);
    const text = await deps.persistedDocuments.resolve(parts);
    if (text !== undefined) await deps.admitDocument(scope.clientAddress, text);
    const answer = await deps.server.executeHTTPGraphQLRequest({
      httpGraphQLRequest: {
        method: request.method ?? 'GET',
        headers: relevantHeaders(request),
        search: searchOf(request),
        body,
      },
      context: async () => ({ caller: await scope.identify(), clientAddress: scope.clientAddress }),
    });
    sendAnswer(response, answer, scope);
  }
}

const offered: ReadonlySet<string | undefined> = new Set(['GET', 'POST']);

/** A browser's address bar asks for HTML; a client with a query in the URL wants its answer. */
function isPageRequest(request: IncomingMessage): boolean {
  const isHtml = request.headers.accept?.includes('text/html') ?? false;
  const parameters = new URLSearchParams(searchOf(request));
  return request.method === 'GET' && isHtml && !parameters.has('query') && !parameters.has('extensions');
}

function searchOf(request: IncomingMessage): string {
  const url = request.url ?? '';
  const start = url.indexOf('?');
  return start === -1 ? '' : url.slice(start);
}

/** The headers that Apollo reads: it need not be given a copy of them all. */
const relevantNames = ['content-type', 'accept', 'x-apollo-operation-name', 'apollo-require-preflight'];

function relevantHeaders(request: IncomingMessage): HeaderMap {
  const headers = new HeaderMap();
  for (const name of relevantNames) {
    const value = request.headers[name];
    if (typeof value === 'string') headers.set(name, value);
  }
  return headers;
}

function sendAnswer(response: ServerResponse, answer: HTTPGraphQLResponse, scope: RequestScope): void {
  if (answer.body.kind !== 'complete') throw new Error('The gateway does not answer in parts');
  response.statusCode = answer.status ?? 200;
  for (const [name, value] of answer.headers) {
    if (name !== 'cache-control') response.setHeader(name, value);
  }
  const { string: text } = answer.body;
  response.end(response.statusCode >= 400 ? completeErrors(text, scope) : text);
}

// What a limit of a field refused as a whole has data, too.
const errorsSchema = z.looseObject({
  errors: z.array(
    z.looseObject({ message: z.string(), extensions: z.record(z.string(), z.unknown()).optional() }),
  ),
});

/** Requests that Apollo refuses before they become operations do not pass the plugin that adds the request id. */
function completeErrors(text: string, scope: RequestScope): string {
  const parsed = errorsSchema.safeParse(JSON.parse(text));
  if (!parsed.success) return text;
  const errors = parsed.data.errors.map((error) => ({
    ...error,
    extensions: { ...error.extensions, requestId: scope.requestId },
  }));
  return JSON.stringify({ ...parsed.data, errors });
}

/** Answers a request that never reached Apollo. */
export function sendFault(response: ServerResponse, error: AppError, scope: RequestScope): void {
  const formatted: GraphQLFormattedError = {
    message: error.message,
    extensions: { ...publicExtensions(error) },
  };
  response.statusCode = error.httpStatus;
  if (error.retryAfterSeconds !== undefined)
    response.setHeader('Retry-After', String(error.retryAfterSeconds));
  // The rest of a refused body is not worth reading.
  if (error.httpStatus === 413) response.setHeader('Connection', 'close');
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  response.end(JSON.stringify({ errors: [withRequestId(formatted, scope.requestId)] }));
}
