import { AppError, parseInput } from '@commerce/kit/errors';
import { z } from 'zod';
import type { CartDeps } from './cart-deps.ts';
import { notEnough, requireOnSale, unknownItem } from './offer-rules.ts';
import { loadOffers, offerFor, priceLines, pricesByProduct } from './price-lines.ts';
import { maxSubtotal, tooExpensive } from './pricing.ts';
import { quantitySchema } from './quantity.ts';
import { type CartView, viewCart } from './view-cart.ts';

const inputSchema = z.object({ itemId: z.string(), quantity: quantitySchema });

/** Sets the quantity of a line of a user's cart.
 *  @throws AppError VAL_001, RES_001, BUS_001, BUS_002, or SYS_002 while the catalog is away; then
 *  nothing is written */
export async function updateItem(deps: CartDeps, userId: string, input: unknown): Promise<CartView> {
  const { itemId, quantity } = parseInput(inputSchema, input);
  const lines = (await deps.store.findCart(userId))?.lines ?? [];
  const line = lines.find((candidate) => candidate.itemId === itemId);
  if (line === undefined) throw unknownItem();
  const offers = await loadOffers(
    deps.offers,
    lines.map(({ productId }) => productId),
  );
  const offer = requireOnSale(offers, line.productId);
  if (offerFor(line, offers) === null) {
    throw new AppError('BUS_002', 'This product is now priced in another currency; remove it');
  }
  if (quantity > offer.inventory) throw notEnough(offer, quantity);
  const result = await deps.store.setQuantity({
    userId,
    itemId,
    quantity,
    prices: pricesByProduct(priceLines(lines, offers)),
    maxSubtotalCents: maxSubtotal(deps.pricing),
  });
  // Removed by another request since it was read.
  if (result.outcome === 'missing') throw unknownItem();
  if (result.outcome === 'over_total') throw tooExpensive();
  return viewCart(deps, result.cart, { isOwner: true });
}
