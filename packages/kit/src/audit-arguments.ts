import { MAX_ARGUMENTS_BYTES } from './audit-tables.ts';

const CUT = '…';

/** A field's arguments as the audit log keeps them for ever: JSON of at most MAX_ARGUMENTS_BYTES, longer ones cut, with …
 *  at the end. Of URLs only the origin is kept, since receivers have secrets in paths and queries; e-mail addresses, long
 *  numbers that may be a card's, fields named after a secret, and those in which people write of people become …. */
export function recordedArguments(args: Readonly<Record<string, unknown>>): string {
  const text = JSON.stringify(args, (name, value) => recordedValue(name, value));
  const bytes = new TextEncoder().encode(text);
  if (bytes.length <= MAX_ARGUMENTS_BYTES) return text;
  const room = MAX_ARGUMENTS_BYTES - new TextEncoder().encode(CUT).length;
  // As a part of a stream, whose last character may be incomplete: that one is left out.
  return new TextDecoder().decode(bytes.subarray(0, room), { stream: true }) + CUT;
}

const secretName = /password|secret|token|credential/i;
/** Whoever is erased has to be gone from everywhere, and nothing can be taken out of the log. */
const personalName = /^(?:note|reason|trackingNumber|idempotencyKey)$/;

function recordedValue(name: string, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  return secretName.test(name) || personalName.test(name) ? CUT : withoutSecrets(value);
}

// None of these tries again from within what it has passed: they stay linear in texts that are made to be slow.
const urls = /(?<![a-z\d+.-])[a-z][a-z\d+.-]*:[\\/]{2}\S*/gi;
// Parsers pass over white space, and take these schemes without slashes.
const wholeUrl = /^(?:https?|wss?|ftp):/i;
const addresses = /(?<![^\s@])[^\s@]+@[^\s@]+/g;
const longNumbers = /(?<!\d)\d(?:[\s-]{0,9}\d){11,}/g;

function withoutSecrets(value: string): string {
  // Longer texts are cut with the whole in any case. Card numbers are found in any digits.
  const text = value.slice(0, MAX_ARGUMENTS_BYTES).normalize('NFKC');
  const whole = text.replace(/\s/g, '');
  if (wholeUrl.test(whole)) return shortened(whole);
  return text.replace(urls, shortened).replace(addresses, CUT).replace(longNumbers, CUT);
}

function shortened(url: string): string {
  const origin = originOf(url);
  if (origin === null) return CUT;
  return url === origin ? origin : `${origin}/${CUT}`;
}

/** @returns null where the text is no URL with a host */
function originOf(text: string): string | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  return url === null || url.host === '' ? null : `${url.protocol}//${url.host}`;
}
