import type { Cents } from '@commerce/kit/money';
import type { CartLine } from '../data/cart-record.ts';
import type { CartDeps } from './cart-deps.ts';
import { emptyCart } from './empty-cart.ts';
import { currencyOf, loadOffers, type Offers, offerFor, priceLines } from './price-lines.ts';
import { type PricingPolicy, priceCart } from './pricing.ts';

export type CheckoutLine = {
  itemId: string;
  productId: string;
  name: string | null;
  quantity: number;
  priceCents: Cents;
  shownPriceCents: Cents;
  available: number;
  isActive: boolean;
};

export type CheckoutCart = {
  cartId: string;
  version: number;
  currencyCode: string;
  lines: CheckoutLine[];
  subtotalCents: Cents;
  taxCents: Cents;
  shippingCents: Cents;
  totalCents: Cents;
  /** What tax and shipping were reckoned by. */
  pricing: PricingPolicy;
};

/** A user's cart as an order is made from it: what the customer was shown beside what is true now.
 *  Shows the customer nothing, so it stores no prices.
 *  @throws AppError SYS_002 while the catalog is away, BUS_002 where the total is too high to order */
export async function checkoutCart(deps: CartDeps, userId: string): Promise<CheckoutCart> {
  const cart = (await deps.store.findCart(userId)) ?? emptyCart(userId);
  const offers = await loadOffers(
    deps.offers,
    cart.lines.map((line) => line.productId),
  );
  const priced = priceLines(cart.lines, offers);
  const sums = priceCart(deps.pricing, priced);
  return {
    cartId: cart.cartId,
    version: cart.version,
    currencyCode: currencyOf(cart.lines),
    lines: priced.map((line) => ({ ...checkoutLine(line, offers), priceCents: line.priceCents })),
    subtotalCents: sums.subtotal,
    taxCents: sums.tax,
    shippingCents: sums.shipping,
    totalCents: sums.total,
    pricing: deps.pricing,
  };
}

function checkoutLine(line: CartLine, offers: Offers): Omit<CheckoutLine, 'priceCents'> {
  const offer = offerFor(line, offers);
  const { itemId, productId, quantity, shownPriceCents } = line;
  return {
    itemId,
    productId,
    name: offer?.name ?? null,
    quantity,
    shownPriceCents,
    available: Math.max(offer?.inventory ?? 0, 0),
    isActive: offer?.isActive ?? false,
  };
}
