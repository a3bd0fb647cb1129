import type { CartContext } from '../context.ts';
import { emptyCart } from '../domain/empty-cart.ts';
import { type Audience, type CartView, viewCart } from '../domain/view-cart.ts';

/** The viewer's own cart. */
export async function showOwnCart(context: CartContext, userId: string): Promise<CartView> {
  return await loadCart(context, userId, { isOwner: true });
}

/** A user's cart for whoever asks: null where the viewer is neither that user nor an administrator.
 *  Showing a cart to an administrator does not count as showing it to the customer. */
export async function findCartOf(context: CartContext, userId: string): Promise<CartView | null> {
  const { viewer } = context;
  if (viewer.kind !== 'user') return null;
  if (viewer.userId === userId) return await showOwnCart(context, userId);
  return viewer.role === 'admin' ? await loadCart(context, userId, { isOwner: false }) : null;
}

async function loadCart(context: CartContext, userId: string, audience: Audience): Promise<CartView> {
  const cart = (await context.loaders.cartByUser.load(userId)) ?? emptyCart(userId);
  return viewCart(context.deps, cart, audience);
}
