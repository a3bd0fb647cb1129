import { cents } from '@commerce/kit/money';
import type { CheckoutCart, ConsumedCart } from '../../src/clients/cart.ts';
import type { Guards } from './guards.ts';

type Cart = { version: number; lines: Map<string, number> };

const PRICE_CENTS = 1_000;

/** Carts: what the cart's database functions promise, as state that is changed at once. */
export function createSimulatedCarts(guards: Guards) {
  const carts = new Map<string, Cart>();
  const consumed = new Map<string, ConsumedCart>();
  let takenTwice = 0;

  const cartOf = (userId: string): Cart => {
    const cart = carts.get(userId) ?? { version: 0, lines: new Map<string, number>() };
    carts.set(userId, cart);
    return cart;
  };

  return {
    add(userId: string, productId: string, quantity: number): void {
      const cart = cartOf(userId);
      cart.version += 1;
      cart.lines.set(productId, (cart.lines.get(productId) ?? 0) + quantity);
    },
    versionOf: (userId: string) => cartOf(userId).version,
    read(userId: string, availableOf: (productId: string) => number): CheckoutCart {
      const { version, lines } = cartOf(userId);
      const rows = [...lines].map(([productId, quantity]) => ({
        productId,
        name: productId,
        quantity,
        price: cents(PRICE_CENTS),
        shownPrice: cents(PRICE_CENTS),
        available: availableOf(productId),
        isActive: true,
      }));
      const subtotal = rows.reduce((sum, row) => sum + row.price * row.quantity, 0);
      return {
        cartId: `cart_${userId}`,
        version,
        currency: 'USD',
        lines: rows,
        subtotal: cents(subtotal),
        tax: cents(0),
        shipping: cents(0),
        total: cents(subtotal),
        pricing: { taxRateBasisPoints: 0, taxRounding: 'down', shippingFlatCents: 0 },
      };
    },
    consume(order: ConsumedCart): void {
      if (consumed.has(order.orderId)) {
        if (guards.cartInbox) return;
        takenTwice += 1;
      }
      consumed.set(order.orderId, order);
      const cart = cartOf(order.userId);
      for (const { productId, quantity } of order.lines) {
        const left = cart.version === order.version ? 0 : (cart.lines.get(productId) ?? 0) - quantity;
        if (left > 0) cart.lines.set(productId, left);
        else cart.lines.delete(productId);
      }
      cart.version += 1;
    },
    consumed,
    /** Orders whose pieces were taken out more than once. */
    takenTwice: () => takenTwice,
  };
}

export type SimulatedCarts = ReturnType<typeof createSimulatedCarts>;
