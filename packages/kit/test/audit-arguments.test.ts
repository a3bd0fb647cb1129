import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { recordedArguments } from '../src/audit-arguments.ts';

const recorded = (text: string) => JSON.parse(recordedArguments({ text })).text;

describe('what is recorded of arguments', () => {
  it('is what they were, as JSON', () => {
    const input = { orderId: 'ord_1', amount: '12.50', restock: [{ quantity: 2 }], note: null, on: true };
    expect(JSON.parse(recordedArguments({ input }))).toEqual({ input });
  });

  it.each([
    ['https://hooks.example.com/T0/secret?token=secret#secret', 'https://hooks.example.com/…'],
    ['https://user:secret@hooks.example.com', 'https://hooks.example.com/…'],
    ['https://hooks.example.com', 'https://hooks.example.com'],
    [' https:secret:secret@hooks.example.com/secret', 'https://hooks.example.com/…'],
    ['ht\ntps://secret:secret@hooks.example.com', 'https://hooks.example.com/…'],
    ['https://secret:sec ret@hooks.example.com', 'https://hooks.example.com/…'],
    ['https://secret:secret@not a host:secret', '…'],
    ['postgres://user:secret@db/secret', 'postgres://db/…'],
    ['told https://hooks.example.com/secret and left', 'told https://hooks.example.com/… and left'],
    ['told //secret:secret@example.com', 'told …'],
  ])('has of the URL in %j only %j', (text, expected) => {
    expect(recorded(text)).toBe(expected);
  });

  it.each([
    ['wrote to jane@example.com, who agreed', 'wrote to … who agreed'],
    ['paid by 4242 4242-4242  4242 12/30', 'paid by …/30'],
    ['4242424242424242', '…'],
    ['４２４２４２４２４２４２４２４２', '…'],
    ['1Z999AA10987654321', '1Z999AA10987654321'],
    ['call +12025550177', 'call +12025550177'],
    ['2024-01-15T10:30:00.000Z', '2024-01-15T10:30:00.000Z'],
    ['a note: nothing // to hide', 'a note: nothing // to hide'],
  ])('of %j is %j', (text, expected) => {
    expect(recorded(text)).toBe(expected);
  });

  it.each([
    'password',
    'newPassword',
    'accessToken',
    'clientSecret',
    'credentials',
    'note',
    'reason',
    'trackingNumber',
    'idempotencyKey',
  ])('is nothing of what is called %s', (name) => {
    expect(recordedArguments({ input: { [name]: 'hidden', other: 'shown' } })).toBe(
      `{"input":{"${name}":"…","other":"shown"}}`,
    );
  });

  it('is cut after 4,096 bytes, between characters, and says so', () => {
    for (const letter of ['a', 'ü', '漢', '😀']) {
      const text = recordedArguments({ input: { text: letter.repeat(3_000), more: letter.repeat(3_000) } });
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(4_096);
      expect(Buffer.byteLength(text)).toBeGreaterThan(4_088);
      expect(text).toMatch(/…$/);
      expect(text).not.toContain('\uFFFD');
    }
  });

  it('holds nothing that a database cannot store', () => {
    const text = recordedArguments({ input: { name: 'a\0b\uD800c' } });
    expect(text).toBe(String.raw`{"input":{"name":"a\u0000b\ud800c"}}`);
  });

  // Each would take minutes where it is tried again from every place in it.
  it.each([
    ['letters', 'a'.repeat(1_000_000)],
    ['digits and blanks', '1 '.repeat(500_000)],
    ['blanks', `1${' '.repeat(1_000_000)}`],
    ['signs of an address', '@'.repeat(1_000_000)],
  ])('is soon made of many %s', (_, text) => {
    expect(recordedArguments({ input: { notes: Array(20).fill(text) } })).toMatch(/^\{"input":\{"notes":\[/);
  });

  test.prop([fc.anything({ withNullPrototype: true })])('is bounded, whatever it is', (value) => {
    const isJson = value !== undefined && !/bigint/.test(typeof value);
    fc.pre(isJson);
    expect(Buffer.byteLength(recordedArguments({ value }))).toBeLessThanOrEqual(4_096);
  });
});
