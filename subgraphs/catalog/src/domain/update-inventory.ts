import { AppError, assertNever, parseInput } from '@commerce/kit/errors';
import { requireAdmin, type Viewer } from '@commerce/kit/viewer';
import type { MovementRecord } from '../data/movement-record.ts';
import type { CatalogDeps } from './deps.ts';
import { MAX_ON_HAND, updateInventorySchema } from './product-input.ts';

/** Sets or changes the pieces on hand.
 *  @returns the ledger's entry, null where nothing changed
 *  @throws AppError AUTH_002-004, VAL_001, VAL_002, RES_001 for an unknown product, BUS_001 where fewer would
 *  be left than are reserved */
export async function updateInventory(
  deps: CatalogDeps,
  viewer: Viewer,
  input: unknown,
): Promise<{ productId: string; movement: MovementRecord | null }> {
  requireAdmin(viewer);
  const { productId, onHand, delta, note } = parseInput(updateInventorySchema, input);
  const result = await deps.stock.adjust({
    productId,
    onHand: onHand ?? null,
    delta: delta ?? null,
    maxOnHand: MAX_ON_HAND,
    note,
  });
  switch (result.outcome) {
    case 'adjusted':
      return { productId, movement: result.movement };
    case 'unchanged':
      return { productId, movement: null };
    case 'unknown':
      throw new AppError('RES_001', 'Unknown product');
    case 'too_many':
      throw new AppError('VAL_001', 'Validation failed', {
        details: [{ field: 'delta', message: `must leave at most ${MAX_ON_HAND} pieces on hand` }],
      });
    case 'short':
      throw new AppError('BUS_001', `Only ${result.available} pieces are not reserved`, {
        details: { productId, requested: result.requested, available: result.available },
      });
    default:
      return assertNever(result);
  }
}
