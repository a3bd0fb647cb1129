import type { CartDeps } from './cart-deps.ts';
import { emptyCart } from './empty-cart.ts';
import { type CartView, viewCart } from './view-cart.ts';

/** Removes all lines; writes nothing where there are none. */
export async function clearCart(deps: CartDeps, userId: string): Promise<CartView> {
  const cart = (await deps.store.clear(userId)) ?? emptyCart(userId);
  return viewCart(deps, cart, { isOwner: true });
}
