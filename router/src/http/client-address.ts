import type { IncomingMessage } from 'node:http';
import { isIPv4, isIPv6 } from 'node:net';

/** The address that a request came from, in the form that rate limits count by: IPv4 as it is, IPv6 as its /64,
 *  because one customer owns at least that much and could take a new address for every request.
 *  @param trustedProxies how many proxies append to X-Forwarded-For before this server; what stands left of
 *  their entries was written by the client and is not believed */
export function clientAddress(request: IncomingMessage, trustedProxies: number): string {
  const forwarded = trustedProxies === 0 ? [] : forwardedAddresses(request);
  // Nearest first: the socket's peer, then what each proxy saw.
  const hops = [request.socket.remoteAddress ?? '', ...forwarded.reverse()];
  const address = hops[Math.min(trustedProxies, hops.length - 1)] ?? '';
  return networkOf(address) ?? networkOf(hops[0] ?? '') ?? 'unknown';
}

function forwardedAddresses(request: IncomingMessage): string[] {
  const header = request.headers['x-forwarded-for'];
  const text = Array.isArray(header) ? header.join(',') : (header ?? '');
  return text === '' ? [] : text.split(',').map((part) => part.trim());
}

const mappedIPv4 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;
/** Some proxies write the port behind the address. */
const brackets = /^\[|\](:\d+)?$/g;
const port = /^(\d+\.\d+\.\d+\.\d+):\d+$/;

/** @returns null where the text is no address */
function networkOf(text: string): string | null {
  const address = text.replace(brackets, '').replace(port, '$1').split('%', 1)[0] ?? '';
  const mapped = mappedIPv4.exec(address)?.[1] ?? address;
  if (isIPv4(mapped)) return mapped;
  if (!isIPv6(mapped)) return null;
  return `${expandGroups(mapped).slice(0, 4).join(':')}::/64`;
}

/** @returns the groups of a valid IPv6 address, without leading zeros, the zeros of `::` written out */
function expandGroups(address: string): string[] {
  const [head = '', tail] = address.toLowerCase().split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const missing = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  const groups = [...left, ...Array.from({ length: missing }, () => '0'), ...right];
  return groups.map((group) => group.replace(/^0+(?=.)/, ''));
}
