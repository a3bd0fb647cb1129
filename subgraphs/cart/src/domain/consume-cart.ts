import { parseInput } from '@commerce/kit/errors';
import { z } from 'zod';
import type { CartDeps } from './cart-deps.ts';
import { MAX_LINES } from './cart-deps.ts';
import { quantitySchema } from './quantity.ts';

const idSchema = z.string().regex(/^[A-Za-z0-9_-]{1,50}$/, 'must be an id');

const inputSchema = z.object({
  // Leaves room for cart_ before it.
  userId: idSchema.max(45, 'must be an id'),
  orderId: idSchema,
  version: z.number().int().min(0),
  lines: z
    .array(z.object({ productId: idSchema, quantity: quantitySchema }))
    .min(1)
    .max(MAX_LINES),
});

/** Takes the pieces of an order out of the cart that it was made from, once an order. Pieces that
 *  were added after the ordered version stay.
 *  @returns false where that was done before
 *  @throws AppError VAL_001 */
export async function consumeCart(deps: CartDeps, input: unknown): Promise<boolean> {
  return await deps.store.consume(parseInput(inputSchema, input));
}
