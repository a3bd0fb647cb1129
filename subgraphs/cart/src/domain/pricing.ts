import { AppError, assertNever } from '@commerce/kit/errors';
import { type Cents, cents } from '@commerce/kit/money';

/** How a fraction of a cent of tax is rounded: away, to the nearest (half goes up), or up. */
export const taxRoundings = ['down', 'half_up', 'up'] as const;

export type PricingPolicy = {
  /** Hundredths of a per cent: 800 is 8 %. Between 0 and 10,000. */
  taxRateBasisPoints: number;
  /** Applied once, to the tax of the whole cart. */
  taxRounding: (typeof taxRoundings)[number];
  /** Untaxed; not charged for an empty cart. */
  shippingFlatCents: Cents;
};

export type PricedQuantity = { priceCents: Cents; quantity: number };
export type CartSums = { subtotal: Cents; tax: Cents; shipping: Cents; total: Cents };

/** GraphQL gives cents as Int; it is also less than what numeric(10,2) holds. */
const MAX_TOTAL_CENTS = 2_147_483_647;
const BASIS_POINTS = 10_000;

/** What a cart costs: the sum of its lines, tax on that sum, and shipping.
 *  @throws AppError BUS_002 where the total is more than can be ordered at once */
export function priceCart(policy: PricingPolicy, lines: readonly PricedQuantity[]): CartSums {
  const subtotal = lines.reduce((sum, line) => sum + line.priceCents * line.quantity, 0);
  const tax = taxOn(subtotal, policy);
  const shipping = lines.length === 0 ? 0 : policy.shippingFlatCents;
  const total = subtotal + tax + shipping;
  if (total > MAX_TOTAL_CENTS) throw tooExpensive();
  return { subtotal: cents(subtotal), tax: cents(tax), shipping: cents(shipping), total: cents(total) };
}

export function tooExpensive(): AppError {
  return new AppError('BUS_002', 'The cart costs more than can be ordered at once');
}

/** The price of a line.
 *  @throws AppError BUS_002 where it is more than can be ordered at once */
export function lineSubtotal({ priceCents, quantity }: PricedQuantity): Cents {
  const subtotal = priceCents * quantity;
  if (subtotal > MAX_TOTAL_CENTS) throw tooExpensive();
  return cents(subtotal);
}

/** The largest subtotal whose total `priceCart` does not refuse. */
export function maxSubtotal(policy: PricingPolicy): Cents {
  const room = MAX_TOTAL_CENTS - policy.shippingFlatCents;
  // Right up to rounding, which moves it by one cent at most.
  const estimate = Math.floor((room * BASIS_POINTS) / (BASIS_POINTS + policy.taxRateBasisPoints));
  const candidates = [estimate + 1, estimate, estimate - 1];
  return cents(candidates.find((subtotal) => subtotal + taxOn(subtotal, policy) <= room) ?? 0);
}

function taxOn(subtotal: number, { taxRateBasisPoints, taxRounding }: PricingPolicy): number {
  // In two parts: 100 lines of 999 of the dearest product times 10,000 exceed the safe integers.
  const whole = Math.floor(subtotal / BASIS_POINTS) * taxRateBasisPoints;
  const rest = (subtotal % BASIS_POINTS) * taxRateBasisPoints;
  switch (taxRounding) {
    case 'down':
      return whole + Math.floor(rest / BASIS_POINTS);
    case 'half_up':
      return whole + Math.floor((rest + BASIS_POINTS / 2) / BASIS_POINTS);
    case 'up':
      return whole + Math.ceil(rest / BASIS_POINTS);
    default:
      return assertNever(taxRounding);
  }
}
