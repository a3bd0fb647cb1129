import { AppError } from '@commerce/kit/errors';
import type { Cart, CartLine } from '../data/cart-record.ts';
import type { CartDeps } from './cart-deps.ts';
import { loadOffers, type Offers, type PricedLine, presentPrice, priceLines } from './price-lines.ts';
import { type CartWarning, cartWarnings } from './warnings.ts';

/** A user as this subgraph knows one. */
export type CartOwner = { userId: string };

export type PricedCart = { lines: PricedLine[]; warnings: CartWarning[] };

/** A cart to be shown. */
export type CartView = {
  cart: Cart;
  /** Present prices. Asks the catalog once, and only where it is called: the number of items needs none. */
  priced(): Promise<PricedCart>;
};

export type Audience = {
  /** True where the viewer is the customer: prices that are asked for count as shown. */
  isOwner: boolean;
};

/** Prices a cart anew. While the catalog is away its lines cost what was last shown, with a warning. */
export function viewCart(deps: CartDeps, cart: Cart, { isOwner }: Audience): CartView {
  async function price(): Promise<PricedCart> {
    const offers = await findOffers(deps, cart.lines);
    const lines = priceLines(cart.lines, offers);
    const changed = lines.filter((line) => line.priceCents !== line.shownPriceCents);
    if (isOwner && changed.length > 0) {
      const prices = new Map(changed.map((line) => [line.itemId, line.priceCents]));
      await deps.store.recordShownPrices(cart.cartId, prices);
    }
    return { lines, warnings: cartWarnings(cart, offers) };
  }

  let priced: Promise<PricedCart> | null = null;
  return {
    cart,
    priced() {
      priced ??= price();
      return priced;
    },
  };
}

/** Prices a line by itself, which does not count as showing it to the customer. */
export async function viewLine(deps: CartDeps, line: CartLine): Promise<PricedLine> {
  const offers = await findOffers(deps, [line]);
  return { ...line, priceCents: presentPrice(line, offers) };
}

/** @returns null while the catalog is away */
async function findOffers(deps: CartDeps, lines: readonly CartLine[]): Promise<Offers | null> {
  try {
    return await loadOffers(
      deps.offers,
      lines.map((line) => line.productId),
    );
  } catch (error) {
    if (error instanceof AppError && error.code === 'SYS_002') return null;
    throw error;
  }
}
