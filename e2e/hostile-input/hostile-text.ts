import fc from 'fast-check';

/** Short enough for every field that takes text at all, with something that makes it different from the next. */
const HOSTILE_TEXT_LENGTH = 18;

/** Text that is nothing but text, though not to everybody: SQL, LIKE, tsquery, HTML, templates, headers, paths, and letters that
 *  are not seen or look like others. */
const snippets = [
  "'",
  "''",
  "' or 1=1--",
  "'; drop--",
  '"',
  '\\',
  "\\'",
  '$$',
  '$1',
  '%',
  '_',
  '%_%',
  '\\%',
  '* & !x',
  ':*',
  'a & | b',
  "x':*",
  '<->',
  '(((',
  '!',
  '<script>',
  '<b>&amp;',
  '&#0;',
  '{{7*7}}',
  '\u0024{7*7}',
  '`id`',
  '$(id)',
  '=1+1',
  '../../etc',
  '%00',
  '%0d%0a',
  '\\u0000',
  '\\x00',
  '__proto__',
  'constructor',
  'toString',
  'null',
  'undefined',
  'NaN',
  '[]',
  '{}',
  'true',
  '0',
  '\u202etxet',
  '\u200e\u200fmark',
  'z\u200bw\u200dj',
  '\ufeffbom',
  'pаypal',
  'ﬁ',
  'ſ',
  'İi',
  'ß',
  'e\u0301',
  '👩‍👩‍👧',
  '🏴\u{e0067}',
  '𝒜',
  '\u{10ffff}',
  '\ufffd',
  'ﷺ',
];

export const hostileText = fc.oneof(
  fc.constantFrom(...snippets),
  fc
    .tuple(fc.constantFrom(...snippets), fc.constantFrom(...snippets))
    .map(([one, other]) => shorten(`${one}${other}`)),
  // Whole code points without control characters and halves of pairs.
  fc
    .string({ unit: 'binary', minLength: 1, maxLength: 6 })
    .map((text) => text.replaceAll(/[\p{Cc}\p{Cs}]/gu, '?')),
);

function shorten(text: string): string {
  let short = '';
  for (const char of text) if (short.length + char.length <= HOSTILE_TEXT_LENGTH - 6) short += char;
  return short;
}
