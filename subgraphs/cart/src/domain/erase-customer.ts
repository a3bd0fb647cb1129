import { type ErasureProof, erasureCounts } from '@commerce/kit/erasure-proof';
import { parseInput } from '@commerce/kit/errors';
import { z } from 'zod';
import type { CartDeps } from './cart-deps.ts';

// Leaves room for cart_ before it.
const input = z.object({ userId: z.string().regex(/^[A-Za-z0-9_-]{1,45}$/, 'must be an id') });

/** Removes a customer's cart and refuses further additions. Safe to repeat: it tells what was done at first.
 *  @throws AppError VAL_001 */
export async function eraseCustomer(deps: Pick<CartDeps, 'store'>, given: unknown): Promise<ErasureProof> {
  const { carts, lines, consumptions } = await deps.store.eraseCustomer(parseInput(input, given).userId);
  const cart = [...erasureCounts('carts', carts), ...erasureCounts('lines of carts', lines)];
  return {
    found: [...cart, ...erasureCounts('orders taken out of the cart', consumptions)],
    erased: cart,
    kept: [
      ...erasureCounts(
        'orders taken out of the cart',
        consumptions,
        'so that none is taken out twice; 30 days each',
      ),
      ...erasureCounts(
        'id of the customer',
        1,
        'so that nothing is added under it any more; it leads to nobody',
      ),
    ],
    isComplete: true,
  };
}
