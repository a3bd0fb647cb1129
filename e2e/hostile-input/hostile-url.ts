import fc from 'fast-check';
import { rulesOf } from './field-rules.ts';
import { hostileText } from './hostile-text.ts';
import type { Fate, HostileKind, Place } from './place.ts';

function kind(name: string, fate: Fate, values: fc.Arbitrary<string>): HostileKind {
  return { name, fate, weight: 4, values: values.map((wire) => ({ wire })) };
}

const oneOf = (...wires: string[]) => fc.constantFrom(...wires);
const encoded = (values: fc.Arbitrary<string>) => values.map(encode);

/** Halves of surrogate pairs become the bytes that no UTF-8 has. */
function encode(text: string): string {
  return /\p{Cs}/u.test(text) ? '%ED%A0%80' : encodeURIComponent(text);
}

const wholeNumbers = encoded(
  oneOf(
    '-1',
    '+1',
    '1.5',
    '1e2',
    '0x10',
    ' 1',
    '1 ',
    '１',
    '٣',
    'NaN',
    'Infinity',
    'null',
    '',
    '1,2',
    '1;2',
    "1'--",
    '[1]',
    '1\0',
    '__proto__',
  ),
);

/** Path segments that name nothing, and those that are none at all. */
const segments: HostileKind[] = [
  kind(
    'malformed encodings',
    'refused',
    oneOf('%', '%f', '%zz', '%ff', '%c0%80', '%ed%a0%80', '%f8%88%80%80%80', '%u0041'),
  ),
  kind(
    'NUL and control characters',
    'refused',
    oneOf('%00', 'prod_001%00', '%0d%0a', '%09', '%7f', '%1b%5b'),
  ),
  kind(
    'metacharacters and strange letters',
    'refused',
    encoded(
      fc
        .oneof(hostileText, fc.constantFrom('__proto__', 'constructor'))
        .filter((text) => !/^[\w-]+$/.test(text)),
    ),
  ),
  kind(
    'ways elsewhere',
    'refused',
    oneOf('%2e%2e%2fusers', '..%2f..%2fetc%2fpasswd', '%252e', '..;', '%5c', 'a%2fb', '*', '{id}'),
  ),
  kind(
    'too long a text',
    'refused',
    fc.integer({ min: 65, max: 14_000 }).map((length) => 'a'.repeat(length)),
  ),
];

/** All that is hostile for a path's or a query's parameter. */
export function hostileUrlKinds(place: Place): HostileKind[] {
  const { shape } = place;
  switch (shape.kind) {
    case 'id':
      return segments;
    case 'integer':
      return [
        kind('no whole number', 'refused', wholeNumbers),
        kind(
          'out of range',
          'refused',
          oneOf(
            String(shape.min - 1),
            String(shape.max + 1),
            '2147483648',
            '9007199254740993',
            '9'.repeat(400),
          ),
        ),
        kind('given twice', 'refused', oneOf('1&'.concat(nameOf(place), '=1'), `1&${nameOf(place)}=`)),
      ];
    case 'decimal':
      return [
        kind(
          'no decimal',
          'refused',
          encoded(
            oneOf(
              '-1',
              '+1',
              '1.234',
              '1e2',
              '1,5',
              'NaN',
              'Infinity',
              '',
              ' 1',
              '１',
              '99999999999',
              '.5',
              '5.',
              "1'--",
              '1\0',
            ),
          ),
        ),
        kind('given twice', 'refused', oneOf(`1&${nameOf(place)}=1`)),
      ];
    case 'enum':
      return [
        kind(
          'no value of the enum',
          'refused',
          encoded(
            fc.oneof(
              hostileText,
              fc.constantFrom(
                '',
                '__proto__',
                'constructor',
                ...shape.values.flatMap((value) => [value.toUpperCase(), `${value} `, `${value}\0`]),
              ),
            ),
          ),
        ),
        kind('given twice', 'refused', oneOf(`${shape.values[0]}&${nameOf(place)}=${shape.values[0]}`)),
      ];
    case 'text':
      return [
        kind('NUL', 'refused', oneOf('%00', 'a%00b')),
        kind(
          'too long a text',
          'refused',
          fc.integer({ min: (shape.max ?? 8_000) + 1, max: 12_000 }).map((length) => 'a'.repeat(length)),
        ),
        kind('given twice', 'refused', oneOf(`a&${nameOf(place)}=b`)),
        kind('metacharacters and strange letters', 'harmless', encoded(hostileText)),
        kind(
          'malformed encodings',
          'harmless',
          oneOf('%', '%f', '%zz', '%ff', '%c0%80', '%ed%a0%80', '%u0041', '[a]', '{'),
        ),
      ];
    default:
      throw new Error(`Nobody knows what is hostile to ${place.name}: say so in hostile-url.ts`);
  }
}

function nameOf({ name }: Place): string {
  return name.split(' ').at(-1) ?? '';
}

/** All that is hostile for a header and that HTTP lets through at all. */
export function hostileHeaderKinds(place: Place): HostileKind[] {
  return [
    kind('letters outside ASCII', 'refused', oneOf('ä', 'a\xffb', '\xc0\x80', 'a\tb')),
    kind(
      'too long a text',
      'refused',
      fc.integer({ min: 256, max: 12_000 }).map((length) => 'a'.repeat(length)),
    ),
    ...rulesOf(place)
      .refused.filter(({ name }) => name === 'a card number')
      .map(({ name, texts }) => ({
        ...kind(name, 'refused', fc.constantFrom(...texts)),
        always: texts.map((wire) => ({ wire })),
      })),
  ];
}
