import { centsFromNumeric } from '@commerce/kit/money';
import { z } from 'zod';

const timestamp = z.string().transform((text) => new Date(text));

/** One product in a cart, as stored. */
export const lineSchema = z
  .object({
    itemId: z.string(),
    productId: z.string(),
    quantity: z.number(),
    price: z.string().transform(centsFromNumeric),
    currency: z.string(),
    createdAt: timestamp,
  })
  .transform(({ price, currency, ...line }) => ({
    ...line,
    /** What one piece cost when the customer was last shown it. */
    shownPriceCents: price,
    currencyCode: currency,
  }));

/** What the SQL function cart_state gives. */
export const cartSchema = z.object({
  cartId: z.string(),
  userId: z.string(),
  version: z.number(),
  updatedAt: timestamp.nullable(),
  /** In the order in which they were added. */
  lines: z.array(lineSchema),
});

export type CartLine = z.output<typeof lineSchema>;
export type Cart = z.output<typeof cartSchema>;

export function cartIdOf(userId: string): string {
  return `cart_${userId}`;
}
