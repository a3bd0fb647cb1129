import fc from 'fast-check';
import { type NamedValues, rulesOf } from './field-rules.ts';
import { hostileText } from './hostile-text.ts';
import type { Fate, Hostile, HostileKind, Place, Shape } from './place.ts';

/** @param values JSON texts */
function kind(name: string, fate: Fate, values: fc.Arbitrary<string>): HostileKind {
  return { name, fate, weight: 4, values: values.map((wire) => ({ wire })) };
}

/** What only this field must not be is worth more tries than what none must. */
function ofForm({ name, texts, others }: NamedValues, fate: Fate): HostileKind {
  const any = fc.constantFrom(...texts);
  const always = texts.map((text) => ({ wire: JSON.stringify(text) }));
  return { ...kind(name, fate, jsonOf(others ? fc.oneof(any, others) : any)), weight: 8, always };
}

const jsonOf = (values: fc.Arbitrary<unknown>) => values.map((value) => JSON.stringify(value));
const oneOf = (...values: unknown[]) => jsonOf(fc.constantFrom(...values));

/** What is refused before anybody knows where it stands. */
const unreadable: HostileKind[] = [
  kind(
    'what is no JSON',
    'refused',
    fc.constantFrom(
      'NaN',
      'Infinity',
      '-Infinity',
      'undefined',
      '01',
      '+1',
      '1.',
      '.5',
      "'a'",
      '"\\x41"',
      '{',
      ']',
      '"a',
    ),
  ),
  {
    name: 'bytes that are no UTF-8',
    fate: 'refused',
    weight: 4,
    values: fc
      .constantFrom('"\xff\xfe"', '"\xc0\x80"', '"\xed\xa0\x80"', '"\xf8\x88\x80\x80\x80"', '"a\xe2\x28"')
      .map((wire): Hostile => ({ wire, encoding: 'latin1' })),
  },
  kind(
    'deeply nested JSON',
    'refused',
    fc
      .tuple(
        fc.constantFrom<[string, string]>(['[', ']'], ['{"a":', '}']),
        fc.integer({ min: 65, max: 8_000 }),
      )
      .map(([[open, close], depth]) => `${open.repeat(depth)}1${close.repeat(depth)}`),
  ),
  kind(
    'a megabyte',
    'refused',
    fc.constantFrom('"', '["').map((start) => `${start}${'a'.repeat(1_048_576)}"${start === '"' ? '' : ']'}`),
  ),
];

const prototypeNames = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf'];
const pollution = [
  '{"__proto__":{"isAdmin":true}}',
  '{"constructor":{"prototype":{"isAdmin":true}}}',
  '{"toString":null}',
];

const objects = fc.oneof(
  fc.constantFrom('{}', ...pollution),
  jsonOf(fc.dictionary(fc.string(), fc.jsonValue())),
);
const lists = jsonOf(
  fc.array(fc.jsonValue({ maxDepth: 2 }), { minLength: 1, maxLength: 4 }).map((list) => [list]),
);
const booleans = fc.constantFrom('true', 'false');
const strings = jsonOf(fc.string({ maxLength: 20 }));
const fractions = jsonOf(fc.double({ noInteger: true, noNaN: true, noDefaultInfinity: true }));
const numbers = jsonOf(fc.double({ noNaN: true, noDefaultInfinity: true }));

/** @param isGraphql whose lists take a single value, and whose ids take whole numbers */
function wrongTypes(shape: Shape, isGraphql: boolean): fc.Arbitrary<string> {
  switch (shape.kind) {
    case 'text':
      return fc.oneof(objects, lists, booleans, numbers);
    case 'id':
      return fc.oneof(objects, lists, booleans, fractions);
    case 'integer':
      return fc.oneof(objects, lists, booleans, strings, jsonOf(fc.integer().map(String)));
    case 'decimal':
      return fc.oneof(objects, lists, booleans);
    case 'boolean':
      return fc.oneof(objects, lists, strings, numbers, oneOf('true', 'false', 0, 1));
    case 'time':
    case 'enum':
      return fc.oneof(objects, lists, booleans, numbers);
    case 'object':
      return fc.oneof(lists, booleans, strings, numbers);
    case 'list':
      return isGraphql ? wrongTypes(shape.of, isGraphql) : fc.oneof(objects, booleans, strings, numbers);
  }
}

function outOfRange({ max }: Extract<Shape, { kind: 'integer' }>): fc.Arbitrary<string> {
  return fc.oneof(
    fc.constantFrom('1e309', '-1e309', '9007199254740993', '2147483648', '-2147483649', '-1e20'),
    fractions,
    fc.bigInt({ min: BigInt(max) + 1n, max: 10n ** 30n }).map(String),
  );
}

function justOutOfRange({ min, max }: Extract<Shape, { kind: 'integer' }>): fc.Arbitrary<string> {
  return fc.constantFrom(String(max + 1), String(min - 1));
}

const badDecimals = fc.oneof(
  oneOf(
    'NaN',
    'Infinity',
    '-Infinity',
    '1,5',
    '1.234',
    '0x1',
    '1e3',
    '--1',
    '１',
    '',
    ' ',
    ' 1',
    '1 ',
    '+1',
    '.5',
    '5.',
    '1_000',
  ),
  oneOf('99999999999', '1'.repeat(400), '0.001', "1'; drop table orders; --"),
  fc.constantFrom('1e309', '-1e309', '1.005', '1e-7', '12345678901.5', '1e21'),
);

const badTimes = oneOf(
  '',
  'now',
  'yesterday',
  '2024-02-30T00:00:00Z',
  '2024-13-01T00:00:00Z',
  '2024-01-15',
  '2024-01-15T25:00:00Z',
  '2024-01-15T10:30:00',
  '0',
  'NaN',
  'Infinity',
  '-infinity',
  '+275760-09-13T00:00:01Z',
  "2024-01-15T10:30:00Z'--",
  '２０２４-01-15T10:30:00Z',
);

function badEnums(values: readonly string[]): fc.Arbitrary<string> {
  const strange = values.flatMap((value) => [`${value} `, ` ${value}`, `${value}\0`, swapCase(value)]);
  const strangers = fc.string({ maxLength: 12 }).filter((text) => !values.includes(text));
  return fc.oneof(
    oneOf(...prototypeNames, '', ...strange),
    jsonOf(strangers),
    jsonOf(hostileText.filter((text) => !values.includes(text))),
  );
}

function swapCase(text: string): string {
  return text === text.toUpperCase() ? text.toLowerCase() : text.toUpperCase();
}

function hostileTextKinds(place: Place, { min, max }: { min: number; max: number | null }): HostileKind[] {
  const rules = rulesOf(place);
  const inText = (part: fc.Arbitrary<string>) =>
    jsonOf(
      fc
        .tuple(fc.constantFrom('', 'a', 'Some text '), part, fc.constantFrom('', 'b'))
        .map((parts) => parts.join('')),
    );
  const tooLong =
    max === null ? fc.constant(50_000) : fc.integer({ min: max + 1, max: Math.min(max * 4, 90_000) });
  return [
    kind('NUL', 'refused', inText(fc.constant('\0'))),
    kind('half of a surrogate pair', 'refused', inText(fc.constantFrom('\ud800', '\udfff', '\udc00\ud800'))),
    kind(
      'too long a text',
      rules.isLookedUp ? 'harmless' : 'refused',
      jsonOf(tooLong.map((length) => 'a'.repeat(length))),
    ),
    ...(min > 0 ? [kind('nothing to be seen', 'refused', oneOf(''))] : []),
    ...rules.refused.map((each) => ofForm(each, 'refused')),
    ...(rules.isFree && !place.isWrite
      ? [kind('metacharacters and strange letters', 'harmless', jsonOf(hostileText))]
      : []),
    ...rules.harmless.map((each) => ofForm(each, 'harmless')),
  ];
}

function kindsOfShape(place: Place, shape: Shape): HostileKind[] {
  switch (shape.kind) {
    case 'text':
      return hostileTextKinds(place, shape);
    case 'id':
      return [
        kind('NUL', 'refused', oneOf('\0', 'prod_001\0', '\0prod_001')),
        kind('half of a surrogate pair', 'refused', oneOf('\ud800', 'prod_001\udfff')),
        kind(
          'too long a text',
          place.isWrite ? 'refused' : 'harmless',
          jsonOf(fc.integer({ min: 1_000, max: 90_000 }).map((length) => 'a'.repeat(length))),
        ),
        kind(
          'what names nothing',
          'harmless',
          fc.oneof(jsonOf(hostileText), oneOf(...prototypeNames, '', ' ', '%00', '../x')),
        ),
      ];
    case 'integer':
      return [
        kind('out of range', 'refused', outOfRange(shape)),
        kind('just out of range', 'refused', justOutOfRange(shape)),
        kind('infinite', 'refused', fc.constantFrom('1e309', '-1e309')),
      ];
    case 'decimal':
      return [
        kind('no decimal', 'refused', badDecimals),
        kind('infinite', 'refused', fc.constantFrom('1e309', '-1e309')),
        ...rulesOf(place).refused.map((each) => ofForm(each, 'refused')),
      ];
    case 'time':
      return [kind('no point in time', 'refused', badTimes)];
    case 'enum':
      return [kind('no value of the enum', 'refused', badEnums(shape.values))];
    case 'list':
      return [
        kind(
          'more entries than may be',
          'refused',
          fc.constant(
            JSON.stringify(
              Array.from({ length: 3_000 }, () => (Array.isArray(place.sample) ? place.sample[0] : null)),
            ),
          ),
        ),
      ];
    case 'object':
      return place.api === 'graphql' ? [kind('prototypes', 'refused', fc.constantFrom(...pollution))] : [];
    case 'boolean':
      return [];
  }
}

/** All that is hostile for a place in a JSON body. */
export function hostileJsonKinds(place: Place): HostileKind[] {
  const { shape, isRequired, api } = place;
  return [
    ...unreadable.map((each) => ({ ...each, weight: 1 })),
    kind('another type', 'refused', wrongTypes(shape, api === 'graphql')),
    ...(isRequired ? [kind('null', 'refused', fc.constant('null'))] : []),
    ...kindsOfShape(place, shape),
  ];
}
