import { isPlausibleId } from '@commerce/kit/ids';
import type { CartDeps } from './cart-deps.ts';
import { unknownItem } from './offer-rules.ts';
import { type CartView, viewCart } from './view-cart.ts';

/** Removes a line of a user's cart.
 *  @throws AppError RES_001 where the user has no such line */
export async function removeItem(deps: CartDeps, userId: string, itemId: string): Promise<CartView> {
  if (!isPlausibleId(itemId)) throw unknownItem();
  const result = await deps.store.removeItem(userId, itemId);
  if (result.outcome === 'missing') throw unknownItem();
  return viewCart(deps, result.cart, { isOwner: true });
}
