import { describe, expect, it } from 'vitest';
import { email, newPassword, phoneNumber, triedPassword } from '../src/domain/fields.ts';

const accepts = (schema: { safeParse(value: unknown): { success: boolean } }, value: unknown) =>
  schema.safeParse(value).success;

describe('e-mail addresses', () => {
  it.each([
    ['  User@Example.COM ', 'user@example.com'],
    ['first.last+tag@gmail.com', 'first.last+tag@gmail.com'],
    ["o'brien@sub.example.co.uk", "o'brien@sub.example.co.uk"],
    ['a@b.io', 'a@b.io'],
  ])('%j becomes %j and nothing more', (given, kept) => {
    expect(email.parse(given)).toBe(kept);
  });

  it.each([
    '',
    'plain',
    'a@',
    '@example.com',
    'a@localhost',
    'a b@example.com',
    'a@exa mple.com',
    'a@-example.com',
    'a@example..com',
    'a@example.com\0',
    'a@example.com\nBcc: x@y.z',
    'jos\u00e9@example.com',
    // The Kelvin sign: its lower case is an ASCII k.
    '\u212Aim@example.com',
    `${'a'.repeat(65)}@example.com`,
    `a@${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.${'e'.repeat(60)}.${'f'.repeat(20)}.com`,
  ])('%j is refused', (given) => {
    expect(accepts(email, given)).toBe(false);
  });
});

describe('phone numbers', () => {
  it.each(['+1234567890', '+1234567', '+123456789012345', ' +4915112345678 '])('%j is accepted', (given) => {
    expect(accepts(phoneNumber, given)).toBe(true);
  });

  it.each([
    '1234567890',
    '+123456',
    '+1234567890123456',
    '+12 345 678',
    '+0123456789',
    '+1234567a',
    '',
    '++1234567',
  ])('%j is refused', (given) => {
    expect(accepts(phoneNumber, given)).toBe(false);
  });
});

describe('new passwords', () => {
  it.each([
    'SecurePass123!',
    'Passw0rd#',
    'Pa\u00dfw\u00f6rd1-',
    `Aa1!${'x'.repeat(124)}`,
    'Aa1!\u{1F600}xyz',
    'Has a space 1A_',
  ])('%j is accepted', (given) => {
    expect(accepts(newPassword, given)).toBe(true);
  });

  it.each([
    ['Aa1!xyz', 'must have at least 8 characters'],
    [`Aa1!${'x'.repeat(125)}`, 'must have at most 128 characters'],
    ['securepass123!', 'must have an upper-case letter'],
    ['SECUREPASS123!', 'must have a lower-case letter'],
    ['SecurePass!!!', 'must have a digit'],
    ['SecurePass123', 'must have a special character'],
    ['Secure Pass 123', 'must have a special character'],
    ['SecurePass123!\0', 'holds characters that cannot be stored'],
    ['SecurePass123!\ud800', 'holds characters that cannot be stored'],
  ])('%j %s', (given, message) => {
    expect(newPassword.safeParse(given).error?.issues.map((issue) => issue.message)).toEqual([message]);
  });
});

describe('a password that is tried', () => {
  it.each(['x', ' ', 'x'.repeat(1_000)])('may be any text', (given) => {
    expect(accepts(triedPassword, given)).toBe(true);
  });

  it('is refused unhashed where it is longer than REST takes', () => {
    expect(accepts(triedPassword, 'x'.repeat(1_001))).toBe(false);
  });
});

it.each([
  ['an e-mail address', email, 'must have at most 255 characters'],
  ['a new password', newPassword, 'must have at most 128 characters'],
  // Canonical form takes seconds for 100 KB of accents.
  ['a password that is tried', triedPassword, 'must have at most 1000 characters'],
])('%s is not judged further where it is too long', (_, schema, message) => {
  const { error } = schema.safeParse('.'.repeat(100_000));
  expect(error?.issues.map((issue) => issue.message)).toEqual([message]);
});
