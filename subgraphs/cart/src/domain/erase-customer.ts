import { parseInput } from '@commerce/kit/errors';
import { z } from 'zod';
import type { CartDeps } from './cart-deps.ts';

/** Something of a customer, counted, with the reason where it is kept. */
export type ErasureCount = { what: string; count: number; reason: string | null };

/** What became of a customer's data here. */
export type CustomerErasure = {
  found: ErasureCount[];
  erased: ErasureCount[];
  kept: ErasureCount[];
  /** Whether nothing that names the person stays until later. */
  isComplete: boolean;
};

// Leaves room for cart_ before it.
const input = z.object({ userId: z.string().regex(/^[A-Za-z0-9_-]{1,45}$/, 'must be an id') });

/** Removes a customer's cart and refuses further additions. Safe to repeat: it tells what was done at first.
 *  @throws AppError VAL_001 */
export async function eraseCustomer(deps: Pick<CartDeps, 'store'>, given: unknown): Promise<CustomerErasure> {
  const { carts, lines, consumptions } = await deps.store.eraseCustomer(parseInput(input, given).userId);
  const cart = [...entry('carts', carts), ...entry('lines of carts', lines)];
  return {
    found: [...cart, ...entry('orders taken out of the cart', consumptions)],
    erased: cart,
    kept: [
      ...entry('orders taken out of the cart', consumptions, 'so that none is taken out twice; 30 days each'),
      ...entry('id of the customer', 1, 'so that nothing is added under it any more; it leads to nobody'),
    ],
    isComplete: true,
  };
}

/** Nothing is not worth a word. */
function entry(what: string, count: number, reason: string | null = null): ErasureCount[] {
  return count > 0 ? [{ what, count, reason }] : [];
}
