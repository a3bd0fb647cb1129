import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AppError } from '@commerce/kit/errors';
import type { LimitState } from '@commerce/kit/limiter';
import compression from 'compression';
import cors from 'cors';
import helmet from 'helmet';
import { z } from 'zod';

/** Middleware in Express's form that gets along with Node's own objects. */
export type Middleware = (
  request: IncomingMessage,
  response: ServerResponse,
  next: (error?: unknown) => void,
) => void;

/** Nothing in JSON is ever to be loaded, run or framed; pages set their own policy. */
const apiPolicy = {
  directives: { 'default-src': ["'none'"], 'frame-ancestors': ["'none'"] },
  useDefaults: false,
};

export function createSecurityHeaders(): Middleware {
  return helmet({ contentSecurityPolicy: apiPolicy, frameguard: { action: 'deny' } });
}

const allowedHeaders = [
  'Content-Type',
  'Authorization',
  'Idempotency-Key',
  'X-Request-Id',
  'Apollo-Require-Preflight',
  'X-Apollo-Operation-Name',
  'Apollographql-Client-Name',
  'Apollographql-Client-Version',
];
const exposedHeaders = [
  'X-Request-Id',
  'Idempotent-Replayed',
  'Retry-After',
  'RateLimit',
  'RateLimit-Policy',
  'RateLimit-Limit',
  'RateLimit-Remaining',
  'RateLimit-Reset',
  'X-GraphQL-Cost',
  'X-GraphQL-Cost-Remaining',
];

/** Lets pages of the given origins call; others get no CORS header at all. Ends preflights. */
export function createCrossOrigin(allowedOrigins: readonly string[]): Middleware {
  const isAllowed = new Set(allowedOrigins);
  const allow = cors({
    origin: (origin, decide) => decide(null, origin !== undefined && isAllowed.has(origin) ? origin : false),
    credentials: true,
    methods: ['GET', 'POST', 'PUT', 'DELETE', 'PATCH'],
    allowedHeaders,
    exposedHeaders,
    maxAge: 600,
    optionsSuccessStatus: 200,
    preflightContinue: true,
  });
  return (request, response, next) => {
    // Also for those without an origin: a cache must not hand their answer to a page.
    response.setHeader('Vary', 'Origin');
    allow(request, response, (error?: unknown) => {
      const isPreflight =
        request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined;
      if (!isPreflight || error) return next(error);
      response.statusCode = 200;
      response.setHeader('Content-Length', '0');
      response.end();
    });
  };
}

/** Compresses answers of clients that accept it and do not send `x-no-compression`. */
export function createCompression(): Middleware {
  const compress = compression({
    level: 6,
    filter: (request, response) =>
      request.headers['x-no-compression'] === undefined && compression.filter(request, response),
  });
  // Typed for Express's objects, written for Node's: nothing of Express is used.
  return (request, response, next) => void Reflect.apply(compress, undefined, [request, response, next]);
}

const internalHeader = /^x-(?:internal|user)-/;

/** Drops what only the router itself may say to a subgraph. */
export function dropInternalHeaders(request: IncomingMessage): void {
  for (const name of Object.keys(request.headers)) {
    if (internalHeader.test(name)) delete request.headers[name];
  }
}

/** Headers of draft-ietf-httpapi-ratelimit-headers-07, and the three that clients knew before it. */
export function limitHeaders(state: Omit<LimitState, 'isAllowed'>): Record<string, string> {
  const { limit, remaining, windowSeconds, resetSeconds } = state;
  return {
    RateLimit: `limit=${limit}, remaining=${remaining}, reset=${resetSeconds}`,
    'RateLimit-Policy': `${limit};w=${windowSeconds}`,
    'RateLimit-Limit': String(limit),
    'RateLimit-Remaining': String(remaining),
    'RateLimit-Reset': String(resetSeconds),
  };
}

export function setLimitHeaders(response: ServerResponse, state: LimitState): void {
  setHeaders(response, limitHeaders(state));
  if (!state.isAllowed) response.setHeader('Retry-After', String(state.resetSeconds));
}

const refusalDetails = z.object({ retryAfterSeconds: z.int(), limit: z.int(), windowSeconds: z.int() });

/** What an error's answer tells by headers: when to come again, and of which limit it speaks. A limit of one field is
 *  another than that of requests, whose headers are there already. */
export function errorHeaders({
  code,
  retryAfterSeconds,
  details,
}: Pick<AppError, 'code' | 'retryAfterSeconds' | 'details'>): Record<string, string> {
  const refusal = code === 'RATE_001' ? refusalDetails.safeParse(details).data : undefined;
  return {
    ...(retryAfterSeconds === undefined ? {} : { 'Retry-After': String(retryAfterSeconds) }),
    ...(refusal === undefined
      ? {}
      : limitHeaders({ ...refusal, remaining: 0, resetSeconds: refusal.retryAfterSeconds })),
  };
}

export function setHeaders(response: ServerResponse, headers: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
}
