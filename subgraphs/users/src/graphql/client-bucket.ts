import { isIPv6 } from 'node:net';

/** Clients that are counted as one: an IPv4 address, or the /64 of an IPv6 address, which is what a
 *  single line gets. */
export function clientBucket(address: string): string {
  const plain = address.replace(/%.*$/, '').replace(/^::ffff:(?=\d+\.)/i, '');
  if (!isIPv6(plain)) return plain;
  // The URL parser writes addresses in their one short form.
  const [head = '', tail] = new URL(`http://[${plain}]`).hostname.slice(1, -1).split('::');
  const leading = head === '' ? [] : head.split(':');
  const trailing = tail ? tail.split(':') : [];
  const zeros = Array<string>(8 - leading.length - trailing.length).fill('0');
  return `${[...leading, ...zeros, ...trailing].slice(0, 4).join(':')}::/64`;
}
