import type { NewId } from '@commerce/kit/ids';
import { timesCents } from '@commerce/kit/money';
import type { CheckoutCart } from '../clients/cart.ts';
import type { NewOrder } from '../data/order-store.ts';
import type { OrderableLine } from './cart-rules.ts';
import type { OrderInput } from './order-input.ts';
import type { KeyedRequest } from './stored-answer.ts';

/** The order that a cart becomes: its lines, names and prices as they are now. */
export function newOrder({
  cart,
  lines,
  request,
  newId,
}: {
  cart: CheckoutCart;
  lines: readonly OrderableLine[];
  request: KeyedRequest & { input: OrderInput };
  newId: NewId;
}): NewOrder {
  const { shippingAddress, billingAddress, paymentMethod } = request.input;
  return {
    orderId: newId('ord'),
    userId: request.userId,
    currency: cart.currency,
    subtotal: cart.subtotal,
    tax: cart.tax,
    shipping: cart.shipping,
    total: cart.total,
    shippingAddress,
    billingAddress,
    paymentMethod: { type: paymentMethod.type, brand: null, last4: null, reference: null },
    pricing: cart.pricing,
    cartId: cart.cartId,
    cartVersion: cart.version,
    lines: lines.map(({ productId, name, quantity, price }) => ({
      itemId: newId('item'),
      productId,
      name,
      quantity,
      price,
      subtotal: timesCents(price, quantity),
    })),
    idempotency: request.idempotency,
  };
}
