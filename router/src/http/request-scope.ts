import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Caller } from '@commerce/kit/viewer';
import { clientAddress } from './client-address.ts';

/** What the router knows of one HTTP request, from its first byte to its log line. */
export type RequestScope = {
  requestId: string;
  /** Key of the rate limits. */
  clientAddress: string;
  /** Path as it was asked for, without the query. */
  path: string;
  /** Pattern of the route that answers, for metrics and logs; set by whoever answers. */
  route: string;
  /** Finds out who asks: reads the access token once, whoever calls it. */
  identify(): Promise<Caller>;
};

const plausibleRequestId = /^[A-Za-z0-9._-]{1,128}$/;

/** The caller's `X-Request-Id` where it is harmless, else a new one. */
function requestIdOf(request: IncomingMessage): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && plausibleRequestId.test(given) ? given : randomUUID();
}

export function pathOf(request: IncomingMessage): string {
  return (request.url ?? '/').split('?', 1)[0] ?? '/';
}

/** @param trustedProxies how many proxies stand before this server */
export function openRequestScope(
  request: IncomingMessage,
  trustedProxies: number,
  identify: (request: IncomingMessage, scope: Omit<RequestScope, 'identify'>) => Promise<Caller>,
): RequestScope {
  let caller: Promise<Caller> | undefined;
  const scope: RequestScope = {
    requestId: requestIdOf(request),
    clientAddress: clientAddress(request, trustedProxies),
    path: pathOf(request),
    route: 'unknown',
    identify() {
      caller ??= identify(request, scope);
      return caller;
    },
  };
  return scope;
}
