import { type Cart, cartIdOf } from '../data/cart-record.ts';

/** The cart of somebody who never added anything: it has no row. */
export function emptyCart(userId: string): Cart {
  return { cartId: cartIdOf(userId), userId, version: 0, updatedAt: null, lines: [] };
}
