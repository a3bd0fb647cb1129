import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type BaseContext, HeaderMap } from '@apollo/server';
import { AppError } from './errors.ts';
import { logFailure, publicExtensions, unexpected } from './graphql-errors.ts';
import { listen } from './http-server.ts';
import type { AcceptedKey } from './internal-keys.ts';
import {
  createTokenVerifier,
  INTERNAL_TOKEN_HEADER,
  REQUEST_ID_HEADER,
  USER_AGENT_HEADER,
} from './internal-token.ts';
import type { Logger } from './logger.ts';
import { createMetrics } from './metrics.ts';
import { isPlausibleRequestId } from './request-id.ts';
import type { RunningService } from './service.ts';
import type { SubgraphApp } from './subgraph-app.ts';
import type { Caller } from './viewer.ts';

/** More than the largest entity fetch of one page; the router bounds what clients send. */
const MAX_BODY_BYTES = 1_048_576;

export type ListenOptions = {
  host: string;
  port: number;
  acceptedKeys: readonly AcceptedKey[];
  logger: Logger;
};

/** What a request's record needs beside the request: its route, and when it came. */
type Seen = { route: string; startedAt: number };

/** Serves a subgraph: POST /graphql for the router and other services, and /health, /ready, /metrics. */
export async function listenSubgraph<Context extends BaseContext>(
  app: SubgraphApp<Context>,
  options: ListenOptions,
): Promise<RunningService> {
  await app.server.start();
  const metrics = createMetrics(app.name);
  app.registerMetrics?.(metrics.registry);
  const verify = createTokenVerifier(app.name, options.acceptedKeys);

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<string> {
    const path = (request.url ?? '/').split('?', 1)[0];
    switch (`${request.method} ${path}`) {
      case 'GET /health':
        sendJson(response, 200, { status: 'ok' });
        return '/health';
      case 'GET /ready':
        await app.checkReady();
        sendJson(response, 200, { status: 'ready' });
        return '/ready';
      case 'GET /metrics':
        response.setHeader('content-type', metrics.registry.contentType);
        response.end(await metrics.registry.metrics());
        return '/metrics';
      case 'POST /graphql':
        await answerGraphql(request, response, authenticate(request));
        return '/graphql';
      default:
        throw new AppError('RES_001');
    }
  }

  function authenticate(request: IncomingMessage): Caller {
    const caller = verify(headerText(request, INTERNAL_TOKEN_HEADER));
    if (!caller) throw new AppError('AUTH_003', 'This service answers the router only');
    const userAgent = headerText(request, USER_AGENT_HEADER);
    return { ...caller, requestId: requestIdOf(request), userAgent };
  }

  async function answerGraphql(request: IncomingMessage, response: ServerResponse, caller: Caller) {
    const headers = new HeaderMap();
    for (const [name, value] of Object.entries(request.headers)) {
      if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
    }
    const body = await readJson(request);
    // Made here and not by Apollo, which would report a bug in it without its request.
    const context = app.createContext(caller);
    const result = await app.server.executeHTTPGraphQLRequest({
      httpGraphQLRequest: { method: 'POST', headers, search: '', body },
      context: async () => context,
    });
    response.statusCode = result.status ?? 200;
    for (const [name, value] of result.headers) response.setHeader(name, value);
    if (result.body.kind !== 'complete') throw new Error('Subgraphs do not answer in parts');
    response.end(result.body.string);
  }

  const server = createServer((request, response) => {
    const startedAt = performance.now();
    answer(request, response)
      .catch((error: unknown) => {
        sendError(request, response, { error, logger: options.logger });
        return 'error';
      })
      .then((route) => record(request, response, { route, startedAt }))
      .catch((error: unknown) => options.logger.error({ err: error }, 'Cannot record a request'));
  });

  function record(request: IncomingMessage, { statusCode }: ServerResponse, seen: Seen): void {
    const { method = '' } = request;
    const durationMs = performance.now() - seen.startedAt;
    metrics.observeHttp({ method, route: seen.route, statusCode, durationSeconds: durationMs / 1000 });
    const requestId = requestIdOf(request);
    options.logger.debug(
      { method, route: seen.route, status: statusCode, durationMs: Math.round(durationMs), requestId },
      'Request answered',
    );
  }

  const listening = await listen(server, options);
  return {
    url: listening.url,
    async close() {
      await listening.close();
      await app.server.stop();
    },
  };
}

function requestIdOf(request: IncomingMessage): string {
  const given = headerText(request, REQUEST_ID_HEADER);
  return isPlausibleRequestId(given) ? given : 'none';
}

function headerText(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw new AppError('VAL_001', 'Body too large', { httpStatus: 413 });
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch (cause) {
    throw new AppError('VAL_001', 'The body is not JSON', { cause });
  }
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.statusCode = status;
  response.setHeader('content-type', 'application/json; charset=utf-8');
  response.end(JSON.stringify(body));
}

function sendError(
  request: IncomingMessage,
  response: ServerResponse,
  { error, logger }: { error: unknown; logger: Logger },
): void {
  const known = error instanceof AppError ? error : unexpected(error);
  logFailure(logger, known, { requestId: requestIdOf(request) });
  if (response.headersSent) response.destroy();
  else
    sendJson(response, known.httpStatus, {
      errors: [{ message: known.message, extensions: publicExtensions(known) }],
    });
}
