import { AppError } from '@commerce/kit/errors';
import { type Cents, decimalText, MAX_CENTS, sumCents, timesCents } from '@commerce/kit/money';
import type { CheckoutCart, CheckoutLine } from '../clients/cart.ts';

/** A line that can be ordered: its product exists. */
export type OrderableLine = CheckoutLine & { name: string };

/** Checks that a cart can be ordered as the customer last saw it.
 *  @throws AppError BUS_002 for an empty cart, products taken off sale or changed prices, BUS_001 where
 *  stock is short */
export function orderableLines(cart: CheckoutCart): OrderableLine[] {
  if (cart.lines.length === 0) throw new AppError('BUS_002', 'The cart is empty');
  const lines = cart.lines.filter(isOrderable);
  if (lines.length < cart.lines.length) {
    const details = cart.lines.filter((line) => !isOrderable(line)).map(({ productId }) => ({ productId }));
    throw new AppError('BUS_002', 'The cart holds products that are no longer sold', { details });
  }
  refuseChangedPrices(lines);
  refuseShortStock(lines);
  refuseWrongSums(cart);
  return lines;
}

function isOrderable(line: CheckoutLine): line is OrderableLine {
  return line.isActive && line.name !== null;
}

function refuseChangedPrices(lines: readonly OrderableLine[]): void {
  const changed = lines.filter((line) => line.price !== line.shownPrice);
  if (changed.length === 0) return;
  throw new AppError('BUS_002', 'Prices changed since the cart was last shown', {
    details: changed.map((line) => ({
      productId: line.productId,
      shown: plainAmount(line.shownPrice),
      current: plainAmount(line.price),
    })),
  });
}

function refuseShortStock(lines: readonly OrderableLine[]): void {
  const short = lines.find((line) => line.available < line.quantity);
  if (!short) return;
  const { productId, quantity: requested, available } = short;
  throw new AppError('BUS_001', undefined, { details: { productId, requested, available } });
}

// The customer is charged what these say: a cart service that cannot add up must not get that far.
function refuseWrongSums(cart: CheckoutCart): void {
  const subtotal = sumCents(cart.lines.map((line) => timesCents(line.price, line.quantity)));
  const total = sumCents([cart.subtotal, cart.tax, cart.shipping]);
  if (cart.subtotal !== subtotal || cart.total !== total || cart.tax < 0 || cart.shipping < 0) {
    throw new Error('The sums of the cart do not agree');
  }
  if (total > MAX_CENTS) throw new AppError('BUS_002', 'The total is larger than an order can be');
}

/** As a JSON number with at most two decimals, for error details. */
function plainAmount(amount: Cents): number {
  return Number(decimalText(amount));
}
