import { AppError } from '@commerce/kit/errors';
import { cents } from '@commerce/kit/money';
import { fc, test as propertyTest } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import {
  lineSubtotal,
  maxSubtotal,
  type PricingPolicy,
  priceCart,
  taxRoundings,
} from '../src/domain/pricing.ts';
import { documentPolicy } from './samples.ts';

const line = (priceCents: number, quantity: number) => ({ priceCents: cents(priceCents), quantity });

describe('the sums of the document', () => {
  it.each([
    ['two of 99.99', [line(9_999, 2)], [19_998, 1_599, 1_000, 22_597]],
    ['three of 99.99', [line(9_999, 3)], [29_997, 2_399, 1_000, 33_396]],
    ['nothing', [], [0, 0, 0, 0]],
  ])('prices %s', (_, lines, expected) => {
    const { subtotal, tax, shipping, total } = priceCart(documentPolicy, lines);
    expect([subtotal, tax, shipping, total]).toEqual(expected);
  });
});

describe('tax', () => {
  it('is rounded once for the cart, not once a line', () => {
    // 8 % of 0.99 is 7.92 cents: 7 a line, but 15.84 for two.
    expect(priceCart(documentPolicy, [line(99, 1), line(99, 1)]).tax).toBe(15);
  });

  it.each([
    ['down', 99, 7],
    ['half_up', 99, 8],
    ['half_up', 93, 7],
    ['half_up', 6_250, 500],
    ['up', 88, 8],
    ['up', 100, 8],
  ] as const)('is rounded %s: 8 %% of %i cents is %i', (taxRounding, price, tax) => {
    expect(priceCart({ ...documentPolicy, taxRounding }, [line(price, 1)]).tax).toBe(tax);
  });

  it('is nothing at a rate of nothing', () => {
    expect(priceCart({ ...documentPolicy, taxRateBasisPoints: 0 }, [line(9_999, 3)]).tax).toBe(0);
  });
});

describe('a cart that costs too much', () => {
  const dearest = line(9_999_999_999, 999);

  it('is refused with BUS_002 and no overflow, also at its largest', () => {
    const everything = Array.from({ length: 100 }, () => dearest);
    expect(() => priceCart({ ...documentPolicy, taxRateBasisPoints: 10_000 }, everything)).toThrow(
      expect.objectContaining({ code: 'BUS_002' }),
    );
  });

  it('is refused for one cent more than GraphQL can tell', () => {
    const policy: PricingPolicy = { ...documentPolicy, taxRateBasisPoints: 0, shippingFlatCents: cents(0) };
    expect(priceCart(policy, [line(2_147_483_647, 1)]).total).toBe(2_147_483_647);
    expect(() => priceCart(policy, [line(2_147_483_647, 1), line(1, 1)])).toThrow(AppError);
  });

  it('has no line that can be told either', () => {
    expect(() => lineSubtotal(dearest)).toThrow(expect.objectContaining({ code: 'BUS_002' }));
    expect(lineSubtotal(line(9_999, 3))).toBe(29_997);
  });
});

const policies = fc.record({
  taxRateBasisPoints: fc.integer({ min: 0, max: 10_000 }),
  taxRounding: fc.constantFrom(...taxRoundings),
  shippingFlatCents: fc.integer({ min: 0, max: 1_000_000 }).map(cents),
});
const lines = fc.array(
  fc.record({
    priceCents: fc.integer({ min: 0, max: 10_000 }).map(cents),
    quantity: fc.integer({ min: 1, max: 999 }),
  }),
  { maxLength: 100 },
);

describe('for every policy and cart', () => {
  propertyTest.prop([policies, lines])('the total is subtotal, tax and shipping', (policy, cart) => {
    const { subtotal, tax, shipping, total } = priceCart(policy, cart);
    expect(total).toBe(subtotal + tax + shipping);
  });

  propertyTest.prop([policies, lines, fc.infiniteStream(fc.nat())])(
    'the order of lines does not matter',
    (policy, cart, random) => {
      const shuffled = cart
        .map((one) => ({ one, rank: random.next().value ?? 0 }))
        .sort((a, b) => a.rank - b.rank)
        .map(({ one }) => one);
      expect(priceCart(policy, shuffled)).toEqual(priceCart(policy, cart));
    },
  );

  propertyTest.prop([policies, lines])('tax is exact to the cent', (policy, cart) => {
    const { subtotal, tax } = priceCart(policy, cart);
    const product = BigInt(subtotal) * BigInt(policy.taxRateBasisPoints);
    const down = product / 10_000n;
    const rest = product % 10_000n;
    const isUp = policy.taxRounding === 'up' ? rest > 0n : policy.taxRounding === 'half_up' && rest >= 5_000n;
    expect(BigInt(tax)).toBe(down + (isUp ? 1n : 0n));
  });

  propertyTest.prop([policies, lines])('splitting a line changes nothing', (policy, cart) => {
    const split = cart.flatMap(({ priceCents, quantity }) =>
      Array.from({ length: Math.min(quantity, 3) }, (_, index) => ({
        priceCents,
        quantity: index === 0 ? quantity - Math.min(quantity, 3) + 1 : 1,
      })),
    );
    expect(priceCart(policy, split)).toEqual(priceCart(policy, cart));
  });

  propertyTest.prop([policies])('the largest subtotal is the last one that can be ordered', (policy) => {
    const largest = maxSubtotal(policy);
    expect(() => priceCart(policy, [line(largest, 1)])).not.toThrow();
    expect(() => priceCart(policy, [line(largest + 1, 1)])).toThrow();
  });
});
