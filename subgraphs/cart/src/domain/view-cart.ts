import { AppError } from '@commerce/kit/errors';
import type { Cart, CartLine } from '../data/cart-record.ts';
import type { CartDeps } from './cart-deps.ts';
import { loadOffers, type Offers, type PricedLine, presentPrice, priceLines } from './price-lines.ts';
import { type CartWarning, cartWarnings } from './warnings.ts';

/** A user as this subgraph knows one. */
export type CartOwner = { userId: string };

/** A line to be shown. */
export type LineView = PricedLine & {
  /** For whoever tells the price or what follows from it: what is only looked up was not shown. */
  countAsShown(): Promise<void>;
};

export type PricedCart = {
  lines: LineView[];
  warnings: CartWarning[];
  /** Stores the present prices as shown to the owner; once, however often it is called. */
  countAsShown(): Promise<void>;
};

/** A cart to be shown. */
export type CartView = {
  cart: Cart;
  /** Present prices. Asks the catalog once, and only where it is called: the number of items needs none. */
  priced(): Promise<PricedCart>;
};

export type Audience = {
  /** True where the viewer is the customer: prices that are told count as shown. */
  isOwner: boolean;
};

/** Prices a cart anew. While the catalog is away its lines cost what was last shown, with a warning. */
export function viewCart(deps: CartDeps, cart: Cart, audience: Audience): CartView {
  async function price(): Promise<PricedCart> {
    const offers = await findOffers(deps, cart.lines);
    const lines = priceLines(cart.lines, offers);
    const countAsShown = showingOnce(deps, { cartId: cart.cartId, lines, ...audience });
    return {
      lines: lines.map((line) => ({ ...line, countAsShown })),
      warnings: cartWarnings(cart, offers),
      countAsShown,
    };
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
export async function viewLine(deps: CartDeps, line: CartLine): Promise<LineView> {
  const offers = await findOffers(deps, [line]);
  return { ...line, priceCents: presentPrice(line, offers), countAsShown: async () => {} };
}

function showingOnce(
  { store }: CartDeps,
  { cartId, lines, isOwner }: Audience & { cartId: string; lines: readonly PricedLine[] },
): () => Promise<void> {
  const changed = lines.filter((line) => line.priceCents !== line.shownPriceCents);
  const prices = new Map(changed.map((line) => [line.itemId, line.priceCents]));
  if (!isOwner || prices.size === 0) return async () => {};
  let stored: Promise<void> | null = null;
  return () => {
    stored ??= store.recordShownPrices(cartId, prices);
    return stored;
  };
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
