import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { isPlausibleRequestId } from '@commerce/kit/request-id';
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

/** The caller's `X-Request-Id` where it is harmless, else a new one. */
function requestIdOf(request: IncomingMessage): string {
  const given = request.headers['x-request-id'];
  return isPlausibleRequestId(given) ? given : randomUUID();
}

/** Proxies are sent whole URLs, and every server has to understand them. */
const authority = /^[a-z][a-z\d+.-]*:\/\/[^/?]*/i;

/** @param target of a request line: `/a?b`, or a whole URL, whose host is nobody's concern here */
export function pathOfTarget(target: string): string {
  return target.replace(authority, '').split('?', 1)[0] || '/';
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
    path: pathOfTarget(request.url ?? '/'),
    route: 'unknown',
    identify() {
      caller ??= identify(request, scope);
      return caller;
    },
  };
  return scope;
}
