import { isIPv4, isIPv6 } from 'node:net';

const mappedIPv4 = /^::ffff:([\da-f]{1,4}):([\da-f]{1,4})$/;

/** The client that limits count an address as: IPv4 as it is, IPv6 as its /64, because one customer owns at least that
 *  much and could take a new address for every request. A bucket's own text gives that bucket again.
 *  @returns null where the text is no address */
export function clientBucket(text: string): string | null {
  const address = text.replace(/\/64$/, '').split('%', 1)[0] ?? '';
  if (isIPv4(address)) return address;
  if (!isIPv6(address)) return null;
  // The URL parser writes addresses in their one short form, mapped IPv4 in hexadecimal.
  const short = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [, high, low] = mappedIPv4.exec(short) ?? [];
  if (high !== undefined && low !== undefined) return [...octets(high), ...octets(low)].join('.');
  return `${expandGroups(short).slice(0, 4).join(':')}::/64`;
}

function octets(group: string): number[] {
  const value = Number.parseInt(group, 16);
  return [value >> 8, value & 255];
}

/** Writes out the zeros that `::` stands for. */
function expandGroups(short: string): string[] {
  const [head = '', tail] = short.split('::');
  const leading = head === '' ? [] : head.split(':');
  const trailing = tail ? tail.split(':') : [];
  const zeros = Array<string>(8 - leading.length - trailing.length).fill('0');
  return [...leading, ...zeros, ...trailing];
}
