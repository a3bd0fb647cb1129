import fc from 'fast-check';
import { hostileText } from './hostile-text.ts';
import { fieldNameOf, type Place } from './place.ts';

/** All texts are tried each time, and some of what else there is. */
export type NamedValues = { name: string; texts: string[]; others?: fc.Arbitrary<string> };

/** What is to be said of a field beyond its type and its documented length. */
export type FieldRules = {
  refused: NamedValues[];
  /** May be answered with an error or not. */
  harmless: NamedValues[];
  /** Whether any text at all may stand there. */
  isFree: boolean;
  /** Whether it only names something that is looked up: what cannot be a name is then as good as absent. */
  isLookedUp: boolean;
};

type Rule = {
  of: RegExp;
  not?: RegExp;
  refused?: NamedValues;
  harmless?: NamedValues;
  isFree?: boolean;
  isLookedUp?: boolean;
};

const oneOf = (...texts: string[]) => texts;
const cursor = (...keys: unknown[]) =>
  keys.map((key) => Buffer.from(JSON.stringify(key)).toString('base64url'));

const cardNumbers = oneOf(
  '4111111111111111',
  '4111 1111 1111 1111',
  '4111-1111-1111-1111',
  '5555555555554444',
  '378282246310005',
  'c 4111111111111111',
);

/** By the place's name, any number of rules each. Who adds a field needs none of them, unless it has a form of its own. */
const rules: Rule[] = [
  {
    of: /(street|city|state|zipCode|country|firstName|lastName|name|value|carrier|trackingNumber|reason|note|brand|sku)$/i,
    refused: {
      name: 'control characters',
      texts: oneOf('a\u0007b', 'a\u001b[31mb', 'a\u007fb', 'a\u0085b'),
    },
  },
  {
    of: /(street|city|zipCode|country|firstName|lastName|carrier|trackingNumber|createCategory input\.name|createProduct input\.name|specifications\.0\.(name|value))$/,
    refused: { name: 'nothing to be seen', texts: oneOf('', ' ', '\t', '\u200b', '\u3164', '\u00a0\u2060') },
  },
  { of: /^query category slug$/, isLookedUp: true },
  { of: /email$/, isFree: false },
  {
    of: /email$/,
    not: /login/i,
    isFree: false,
    refused: {
      name: 'no e-mail address',
      texts: oneOf(
        '',
        'x',
        '@',
        'a@',
        '@b.example',
        'a b@c.example',
        'a@b',
        'a@b..example',
        'a@@b.example',
        'a@b.example\r\nBcc: c@d.example',
        'ä@b.example',
        'a@bücher.example',
        '"a"@b.example',
        'a@-b.example',
        `${'a'.repeat(65)}@b.example`,
        '<a@b.example>',
        "a@b.example'--",
      ),
    },
  },
  {
    of: /(newPassword|register input\.password|users\/register body password)$/,
    isFree: false,
    refused: {
      name: 'a weak password',
      texts: oneOf(
        '',
        'Short1!',
        'alllower1!',
        'ALLUPPER1!',
        'NoDigits!!',
        'NoSpecial11',
        `Aa1!${'a'.repeat(125)}`,
      ),
    },
  },
  {
    of: /phoneNumber$/,
    isFree: false,
    refused: {
      name: 'no phone number',
      texts: oneOf(
        '',
        '1234567890',
        '+123',
        '+1234567890123456',
        '+1 234 567 890',
        '+12345abcde',
        '+１２３４５６７８９０',
        '++1234567890',
      ),
    },
  },
  {
    of: /(slug|currencyCode)$/,
    not: /query/,
    isFree: false,
    refused: {
      name: 'another form',
      texts: oneOf('', 'a b', 'a_b', '-a', 'a-', 'ä', "a'", '..', 'A/B', 'a\n'),
    },
  },
  {
    of: /paymentMethod\.type$/,
    isFree: false,
    refused: {
      name: 'no kind of payment',
      texts: oneOf('', 'cash', 'CREDIT_CARD', 'credit_card ', '__proto__', 'constructor'),
    },
  },
  {
    of: /(paymentMethod\.token|idempotencyKey|Idempotency-Key)$/,
    isFree: false,
    refused: {
      name: 'what is not ASCII',
      texts: oneOf('ä', 'tok_\u200bvisa', 'tok\u0007', '👩', 'tok\r\nX-A: b'),
    },
  },
  {
    of: /(createOrder.*(street|city|state|zipCode|country)|post \/api\/v1\/orders.*(street|city|state|zipCode|country)|reason|updateOrderStatus input\.note|paymentMethod\.token|idempotencyKey|Idempotency-Key)$/,
    not: /zipCode/,
    refused: { name: 'a card number', texts: cardNumbers },
  },
  {
    of: /(^| |\.)url$/,
    isFree: false,
    refused: {
      name: 'no web address',
      texts: oneOf(
        '',
        'x',
        '//x.example',
        'javascript:alert(1)',
        'data:text/html,x',
        'file:///etc/passwd',
        'ftp://x.example',
        'http://',
        'https://[',
        ' ',
      ),
    },
  },
  {
    of: /images\.0$/,
    isFree: false,
    refused: {
      name: 'no picture',
      texts: oneOf(
        '',
        'x',
        'http://x.example/a.png',
        'javascript:alert(1)',
        'data:text/html,<script>',
        'https://x.example/a b',
        `https://x.example/${'a'.repeat(2_100)}`,
      ),
    },
  },
  {
    of: /after$/,
    isFree: false,
    refused: {
      name: 'no cursor',
      texts: [
        ...oneOf('', '!!!', 'AAAA', '==', '%', 'null', '__proto__'),
        ...oneOf(
          ...cursor(
            null,
            1,
            {},
            [],
            [1],
            [null],
            ['\0'],
            [['a']],
            ['a', '\0', 'c', 'd'],
            ['a', 'b', 'c', 'd', 'e'],
            { length: 1, 0: 'a' },
            "'",
          ),
        ),
      ],
      others: hostileText,
    },
    harmless: {
      name: 'a made-up cursor',
      texts: [
        ...oneOf(
          ...cursor(
            ['0'],
            ['-1'],
            ['9'.repeat(18)],
            ['9'.repeat(30)],
            ['1e9'],
            ['NaN'],
            ['1', 'x'],
            ['9999.999999999999', 'x'],
          ),
        ),
        ...oneOf(
          ...cursor(
            ['0000-01-01T00:00:00.000Z', 'x'],
            ['9999-12-31T23:59:59.999Z', 'x'],
            ['2024-02-30T00:00:00.000Z', 'x'],
            ['infinity', 'x'],
          ),
        ),
        ...oneOf(
          ...cursor(
            ['CREATED_AT DESC', '9999-12-31T23:59:59.999Z', "'"],
            ['PRICE ASC', '1e9', 'x'],
            ['NAME ASC', "'", "'"],
            ['CREATED_AT DESC', 'x', 'y'],
            ['CREATED_AT DESC', 'infinity', 'y'],
            ['CREATED_AT DESC', '2024-02-30T00:00:00.000Z', 'y'],
          ),
        ),
      ],
      others: fc
        .array(fc.oneof(hostileText, fc.constantFrom('2024-01-15T10:30:00.000Z', '\ud800')), {
          minLength: 1,
          maxLength: 4,
        })
        .map((key) => cursor(key).join('')),
    },
  },
  { of: /(password|token|refreshToken)$/i, isFree: false },
  { of: /(price|amount)$/, refused: { name: 'less than nothing', texts: oneOf('-0.01', '-99999999.99') } },
  {
    of: /price$/,
    refused: { name: 'a price that cannot be told in cents', texts: oneOf('21474836.48', '9999999999.99') },
  },
];

export function rulesOf(place: Pick<Place, 'name'>): FieldRules {
  const found = rules.filter(({ of, not }) => of.test(place.name) && !not?.test(place.name));
  return {
    refused: found.flatMap(({ refused }) => refused ?? []),
    harmless: found.flatMap(({ harmless }) => harmless ?? []),
    isLookedUp: found.some(({ isLookedUp = false }) => isLookedUp),
    isFree: found.every(({ isFree = true }) => isFree),
  };
}

const samples: Readonly<Record<string, unknown>> = {
  idempotencyKey: 'a key',
  'Idempotency-Key': 'another key',
  quantity: 1,
  phoneNumber: '+12025550101',
  newPassword: 'Another-Passw0rd1!',
  slug: 'a-sample',
  currencyCode: 'USD',
  type: 'credit_card',
  url: 'https://example.com/a',
  images: ['https://example.com/a.png'],
  email: 'sample@example.com',
  password: 'Another-Passw0rd1!',
  // Cursors are each list's own.
  after: undefined,
};

/** A value that a field takes, where its name tells; else what its type takes. */
export function sampleFor(name: string, ofType: unknown): unknown {
  const field = fieldNameOf({ name });
  if (/images\.0$/.test(name)) return 'https://example.com/a.png';
  return Object.hasOwn(samples, field) ? samples[field] : ofType;
}
