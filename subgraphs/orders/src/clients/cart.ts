import { type Cents, cents } from '@commerce/kit/money';
import type { ServiceClient } from '@commerce/kit/service-client';
import { z } from 'zod';
import type { CallOrigin } from './call-origin.ts';
import { callService } from './call-service.ts';

export type CheckoutLine = {
  productId: string;
  /** Null where the product no longer exists. */
  name: string | null;
  quantity: number;
  /** Present price of one piece. */
  price: Cents;
  /** The price that the customer was last shown. */
  shownPrice: Cents;
  available: number;
  isActive: boolean;
};

/** The rules that a cart is priced by. */
export type Pricing = {
  /** Hundredths of a per cent of the subtotal: 800 is 8 %. */
  taxRateBasisPoints: number;
  /** How a fraction of a cent of tax is rounded. */
  taxRounding: 'down' | 'half_up' | 'up';
  shippingFlatCents: number;
};

/** A cart as an order is made from it. */
export type CheckoutCart = {
  cartId: string;
  version: number;
  currency: string;
  lines: readonly CheckoutLine[];
  subtotal: Cents;
  tax: Cents;
  shipping: Cents;
  total: Cents;
  /** How tax and shipping came about. */
  pricing: Pricing;
};

export type ConsumedCart = {
  userId: string;
  orderId: string;
  version: number;
  lines: readonly { productId: string; quantity: number }[];
};

export type CartClient = {
  /** A user's cart with present prices and stock; empty where there is none. */
  readCheckoutCart(userId: string, origin: CallOrigin): Promise<CheckoutCart>;
  /** The version that a user's cart has now; 0 where there is none. */
  readVersion(userId: string, origin: CallOrigin): Promise<number>;
  /** Takes ordered pieces out of the cart; repeating it for the same order changes nothing. */
  consumeCart(cart: ConsumedCart, origin: CallOrigin): Promise<void>;
};

const amount = z.number().int().transform(cents);

const checkoutCartAnswer = z.object({
  checkoutCart: z.object({
    cartId: z.string(),
    version: z.number().int(),
    currencyCode: z.string(),
    lines: z.array(
      z.object({
        productId: z.string(),
        name: z.string().nullable(),
        quantity: z.number().int(),
        priceCents: amount,
        shownPriceCents: amount,
        available: z.number().int(),
        isActive: z.boolean(),
      }),
    ),
    subtotalCents: amount,
    taxCents: amount,
    shippingCents: amount,
    totalCents: amount,
    pricing: z.object({
      taxRateBasisPoints: z.number().int(),
      taxRounding: z.enum(['down', 'half_up', 'up']),
      shippingFlatCents: z.number().int(),
    }),
  }),
});

const cartVersionDocument = /* GraphQL */ `
  query CartVersion($userId: ID!) { cartVersion(userId: $userId) }`;

const checkoutCartDocument = /* GraphQL */ `
  query CheckoutCart($userId: ID!) {
    checkoutCart(userId: $userId) {
      cartId version currencyCode subtotalCents taxCents shippingCents totalCents
      lines { productId name quantity priceCents shownPriceCents available isActive }
      pricing { taxRateBasisPoints taxRounding shippingFlatCents }
    }
  }`;

const consumeCartDocument = /* GraphQL */ `
  mutation ConsumeCart($input: ConsumeCartInput!) { consumeCart(input: $input) { consumed } }`;

/** @throws AppError SYS_002 where the cart service is away */
export function createCartClient(service: ServiceClient): CartClient {
  const execute = callService(service);
  return {
    async readCheckoutCart(userId, origin) {
      const answer = await execute({
        document: checkoutCartDocument,
        variables: { userId },
        schema: checkoutCartAnswer,
        caller: origin,
      });
      const { currencyCode, subtotalCents, taxCents, shippingCents, totalCents, lines, ...cart } =
        answer.checkoutCart;
      return {
        ...cart,
        currency: currencyCode,
        subtotal: subtotalCents,
        tax: taxCents,
        shipping: shippingCents,
        total: totalCents,
        lines: lines.map(({ priceCents, shownPriceCents, ...line }) => ({
          ...line,
          price: priceCents,
          shownPrice: shownPriceCents,
        })),
      };
    },

    async readVersion(userId, origin) {
      const answer = await execute({
        document: cartVersionDocument,
        variables: { userId },
        schema: z.object({ cartVersion: z.number().int() }),
        caller: origin,
      });
      return answer.cartVersion;
    },

    async consumeCart(cart, origin) {
      await execute({
        document: consumeCartDocument,
        variables: { input: cart },
        schema: z.object({ consumeCart: z.object({ consumed: z.boolean() }) }),
        caller: origin,
      });
    },
  };
}
