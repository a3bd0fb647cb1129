import { type Money, moneyOf } from '@commerce/kit/money';
import type { Offer } from '../clients/catalog.ts';
import type { Cart, CartLine } from '../data/cart-record.ts';
import { type Offers, offerFor } from './price-lines.ts';

export type CartWarning = {
  code:
    | 'PRICE_CHANGED'
    | 'INSUFFICIENT_STOCK'
    | 'OUT_OF_STOCK'
    | 'PRODUCT_UNAVAILABLE'
    | 'PRICES_NOT_CONFIRMED';
  /** Id of the line, or of the cart. */
  target: string;
  message: string;
  previousPrice?: Money;
  available?: number;
};

/** What changed since the customer last saw the cart, in the order of its lines.
 *  @param offers null while the catalog is away */
export function cartWarnings(cart: Cart, offers: Offers | null): CartWarning[] {
  if (offers !== null) return cart.lines.flatMap((line) => lineWarnings(line, offerFor(line, offers)));
  if (cart.lines.length === 0) return [];
  return [
    {
      code: 'PRICES_NOT_CONFIRMED',
      target: cart.cartId,
      message: 'Prices and stock could not be checked; you see the prices that you were last shown.',
    },
  ];
}

function lineWarnings(line: CartLine, offer: Offer | null): CartWarning[] {
  return [priceWarning(line, offer), stockWarning(line, offer)].filter((warning) => warning !== null);
}

function priceWarning(line: CartLine, offer: Offer | null): CartWarning | null {
  if (offer === null || offer.priceCents === line.shownPriceCents) return null;
  return {
    code: 'PRICE_CHANGED',
    target: line.itemId,
    message: `The price of ${offer.name} has changed.`,
    previousPrice: moneyOf(line.shownPriceCents, line.currencyCode),
  };
}

function stockWarning(line: CartLine, offer: Offer | null): CartWarning | null {
  const target = line.itemId;
  if (!offer?.isActive) {
    const name = offer?.name ?? 'This product';
    return { code: 'PRODUCT_UNAVAILABLE', target, message: `${name} is no longer on sale.` };
  }
  const { name, inventory: available } = offer;
  if (available <= 0) return { code: 'OUT_OF_STOCK', target, message: `${name} is sold out.`, available: 0 };
  if (available >= line.quantity) return null;
  return { code: 'INSUFFICIENT_STOCK', target, message: `Only ${available} of ${name} are left.`, available };
}
