import type { IncomingMessage } from 'node:http';
import { clientBucket } from '@commerce/kit/client-bucket';

/** The address that a request came from, as the bucket that limits count it in.
 *  @param trustedProxies how many proxies append to X-Forwarded-For before this server; what stands left of
 *  their entries was written by the client and is not believed */
export function clientAddress(request: IncomingMessage, trustedProxies: number): string {
  const forwarded = trustedProxies === 0 ? [] : forwardedAddresses(request);
  // Nearest first: the socket's peer, then what each proxy saw.
  const hops = [request.socket.remoteAddress ?? '', ...forwarded.reverse()];
  const address = hops[Math.min(trustedProxies, hops.length - 1)] ?? '';
  return bucketOf(address) ?? bucketOf(hops[0] ?? '') ?? 'unknown';
}

function forwardedAddresses(request: IncomingMessage): string[] {
  const header = request.headers['x-forwarded-for'];
  const text = Array.isArray(header) ? header.join(',') : (header ?? '');
  return text === '' ? [] : text.split(',').map((part) => part.trim());
}

/** Some proxies write the port behind the address. */
const brackets = /^\[|\](:\d+)?$/g;
const port = /^(\d+\.\d+\.\d+\.\d+):\d+$/;

/** @returns null where the text is no address */
function bucketOf(text: string): string | null {
  return clientBucket(text.replace(brackets, '').replace(port, '$1'));
}
