import { parseInput } from '@commerce/kit/errors';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { orderStatuses } from '../src/data/order-record.ts';
import { cardFreeLine } from '../src/domain/card-free-line.ts';
import { containsCardNumber, keyContainsCardNumber } from '../src/domain/card-number.ts';
import { idempotencyKeyInput, requestHash } from '../src/domain/idempotency.ts';
import { noteInput } from '../src/domain/note.ts';
import { orderInput } from '../src/domain/order-input.ts';
import { statusesBefore, type TransitionCause } from '../src/domain/order-status.ts';
import { paymentMethodInput } from '../src/domain/payment-method.ts';
import { trackingInput } from '../src/domain/tracking.ts';
import { endpointInputs } from '../src/domain/webhook-endpoints.ts';
import { input } from './orders-fixture.ts';

describe('a card number', () => {
  it.each([
    '4111111111111111',
    '4111 1111 1111 1111',
    '4111-1111-1111-1111',
    '4111 - 1111  11111111',
    '5555555555554444',
    '378282246310005',
    '30569309025904',
    '6011111111111117',
    '4222222222222',
    '6304000000000000000',
    'tok_4111111111111111',
    'tok4111111111111111x',
    'pay 4111 1111 1111 1111 12/28',
    '4111-1111-1111-1111-737',
    '４'.padEnd(16, '１'),
    '12 28 4111 1111 1111 1111',
    '4111111111111111',
  ])('is seen in %s', (text) => {
    expect(containsCardNumber(text)).toBe(true);
  });

  it.each([
    '',
    'tok_visa_1234',
    'tok_declined_insufficient',
    '4111111111111112',
    '41111111111',
    'tok_1NirD82eZvKYlo2CIvbtLWuy',
    '12345678901234567890',
  ])('is not seen in %s', (text) => {
    expect(containsCardNumber(text)).toBe(false);
  });

  it('is seen in a key, but not in a UUID or a clock time', () => {
    expect(keyContainsCardNumber('order-4111111111111111')).toBe(true);
    // Both pass Luhn's check by chance.
    expect(containsCardNumber('a7000000-0000-4000-8000-000000000000')).toBe(true);
    expect(keyContainsCardNumber('a7000000-0000-4000-8000-000000000000')).toBe(false);
    expect(containsCardNumber('cart-1705312800009')).toBe(true);
    expect(keyContainsCardNumber('cart-1705312800009')).toBe(false);
  });
});

describe('text of 100 KB', () => {
  const digits = `${'1 '.repeat(49_000)}x`;
  const hyphens = `${'1-'.repeat(49_000)}x`;
  // Every second one must be sorted before all others when the text is normalized.
  const accents = '\u0315\u0300'.repeat(50_000);
  const token = (text: string) => ({ type: 'credit_card', token: text });

  it('is searched for card numbers in a time that grows with it and no faster', { timeout: 5_000 }, () => {
    expect(containsCardNumber(digits)).toBe(false);
    expect(containsCardNumber(`${digits} 4111 1111 1111 1111`)).toBe(true);
    expect(keyContainsCardNumber(hyphens)).toBe(false);
  });

  it.each<[string, z.ZodType, unknown]>([
    ['a line of an address', cardFreeLine(1, 100), `4111111111111111 ${digits}`],
    ['a line of accents', cardFreeLine(1, 100), accents],
    ['a token', paymentMethodInput, token(`4111111111111111-${hyphens}`)],
    ['a note', noteInput, `4111111111111111 ${digits}`],
    ['an idempotency key', idempotencyKeyInput, { idempotencyKey: `4111111111111111 ${digits}` }],
    ['a webhook’s URL', endpointInputs(true).create, { url: `https://${accents}.example` }],
  ])('is refused as %s for its length alone', { timeout: 5_000 }, (_, schema, value) => {
    const { error } = schema.safeParse(value);
    expect(error?.issues).toMatchObject([{ message: expect.stringMatching(/\d characters$|255 printable/) }]);
  });
});

describe('a transition of status', () => {
  it('is one of a closed table', () => {
    const causes: TransitionCause[] = ['capture', 'cancel', 'refund', 'fulfil'];
    const table = causes.flatMap((cause) =>
      orderStatuses.flatMap((to) => statusesBefore(to, cause).map((from) => `${from} -> ${to} by ${cause}`)),
    );
    expect(table.sort()).toEqual([
      'confirmed -> cancelled by cancel',
      'confirmed -> processing by fulfil',
      'confirmed -> shipped by fulfil',
      'delivered -> refunded by refund',
      'pending -> cancelled by cancel',
      'pending -> confirmed by capture',
      'processing -> cancelled by cancel',
      'processing -> shipped by fulfil',
      'shipped -> delivered by fulfil',
      'shipped -> refunded by refund',
    ]);
  });

  it('only goes forward in the order in which statuses are listed', () => {
    for (const cause of ['capture', 'cancel', 'refund', 'fulfil'] as const) {
      for (const to of orderStatuses) {
        for (const from of statusesBefore(to, cause)) {
          expect(orderStatuses.indexOf(from)).toBeLessThan(orderStatuses.indexOf(to));
        }
      }
    }
  });
});

describe('a parcel’s page', () => {
  it.each([
    ['UPS', '1Z999AA10123456784', 'https://www.ups.com/track?tracknum=1Z999AA10123456784'],
    ['ups', '1Z 9', 'https://www.ups.com/track?tracknum=1Z%209'],
    ['USPS', '94', 'https://tools.usps.com/go/TrackConfirmAction?tLabels=94'],
    ['FedEx', '61', 'https://www.fedex.com/fedextrack/?trknbr=61'],
    ['DHL', 'JD&1', 'https://www.dhl.com/global-en/home/tracking.html?tracking-id=JD%261'],
    ['Pigeon Post', '7', null],
  ])('of %s %s is %s', (carrier, trackingNumber, url) => {
    expect(parseInput(trackingInput, { carrier, trackingNumber })).toEqual({ carrier, trackingNumber, url });
  });

  it('is the given one where there is one', () => {
    const url = 'https://parcels.example.com/7';
    expect(parseInput(trackingInput, { carrier: 'UPS', trackingNumber: '7', url }).url).toBe(url);
  });
});

describe('the hash of a request', () => {
  const hash = (value: unknown) => requestHash(parseInput(orderInput, value));

  it('is the same for what means the same', () => {
    const same = { ...input, billingAddress: { ...input.shippingAddress }, unknown: 1 };
    expect(hash(same)).toBe(hash(input));
    expect(hash(input)).toMatch(/^[0-9a-f]{64}$/);
  });

  it('differs where any value differs', () => {
    const token = { ...input, paymentMethod: { ...input.paymentMethod, token: 'tok_visa_1235' } };
    const billing = { ...input, billingAddress: { ...input.shippingAddress, city: 'Boston' } };
    expect(new Set([hash(input), hash(token), hash(billing)]).size).toBe(3);
  });
});
