import { AppError, assertNever, parseInput } from '@commerce/kit/errors';
import { isPlausibleId } from '@commerce/kit/ids';
import { z } from 'zod';
import type { Offer } from '../clients/catalog.ts';
import type { AdditionOutcome } from '../data/cart-store.ts';
import { type CartDeps, MAX_LINES, MAX_QUANTITY } from './cart-deps.ts';
import { emptyCart } from './empty-cart.ts';
import { notEnough, requireOnSale } from './offer-rules.ts';
import { loadOffers, priceLines, pricesByProduct } from './price-lines.ts';
import { maxSubtotal, tooExpensive } from './pricing.ts';
import { quantitySchema } from './quantity.ts';
import { type CartView, viewCart } from './view-cart.ts';

const inputSchema = z.object({ productId: z.string(), quantity: quantitySchema });

/** Adds a product to a user's cart, on top of what is there of it.
 *  @throws AppError VAL_001, RES_001, BUS_001, BUS_002, AUTH_003 where the account was deleted, or SYS_002 while the
 *  catalog is away; then nothing is written */
export async function addItem(deps: CartDeps, userId: string, input: unknown): Promise<CartView> {
  const { productId, quantity } = parseInput(inputSchema, input);
  if (!isPlausibleId(productId)) throw new AppError('RES_001', 'There is no such product');
  const { lines } = (await deps.store.findCart(userId)) ?? emptyCart(userId);
  const offers = await loadOffers(deps.offers, [...lines.map((line) => line.productId), productId]);
  const offer = requireOnSale(offers, productId);
  const result = await deps.store.addItem({
    userId,
    itemId: deps.newId('item'),
    productId,
    quantity,
    currencyCode: offer.currencyCode,
    available: offer.inventory,
    prices: pricesByProduct(priceLines(lines, offers)).set(productId, offer.priceCents),
    limits: { lines: MAX_LINES, quantity: MAX_QUANTITY, subtotalCents: maxSubtotal(deps.pricing) },
  });
  if (result.outcome !== 'done') throw refusal(result, offer);
  return viewCart(deps, result.cart, { isOwner: true });
}

function refusal(result: Exclude<AdditionOutcome, { outcome: 'done' }>, offer: Offer): AppError {
  const { outcome } = result;
  switch (outcome) {
    case 'erased':
      // The access token outlives the account by less than a minute.
      return new AppError('AUTH_003');
    case 'over_quantity': {
      const message = `the cart may hold at most ${MAX_QUANTITY} of a product`;
      return new AppError('VAL_001', 'Validation failed', { details: [{ field: 'quantity', message }] });
    }
    case 'short':
      return notEnough(offer, result.requested);
    case 'other_currency':
      return new AppError('BUS_002', 'All products of a cart must be priced in one currency');
    case 'full':
      return new AppError('BUS_002', `A cart holds at most ${MAX_LINES} products`);
    case 'over_total':
      return tooExpensive();
    default:
      return assertNever(outcome);
  }
}
