import { AppError } from '@commerce/kit/errors';
import { isTimestampKey } from '@commerce/kit/pagination';
import type { ProductOrder, ProductPosition } from '../data/product-list-store.ts';
import type { SearchPosition } from '../data/search-store.ts';

/** Whether a cursor's key can be compared with what a list of each order is sorted by. */
const isKeyOf: Record<ProductOrder['field'], (key: string) => boolean> = {
  PRICE: (key) => /^\d{1,8}(\.\d{1,2})?$/.test(key),
  NAME: () => true,
  CREATED_AT: isTimestampKey,
};

/** A product list's cursor: its order, what is sorted by, the product's id. */
export const LIST_KEY_LENGTH = 3;

export function listKey(order: ProductOrder, { key, productId }: ProductPosition): readonly string[] {
  return [`${order.field} ${order.direction}`, key, productId];
}

/** @throws AppError VAL_001 where the cursor is one of another list */
export function listPosition(order: ProductOrder, cursor: readonly string[]): ProductPosition {
  const [name, key = '', productId = ''] = cursor;
  if (name !== `${order.field} ${order.direction}` || !isKeyOf[order.field](key)) throw foreignCursor();
  return { key, productId };
}

/** A search's cursor: the score and the product's id. */
export const SEARCH_KEY_LENGTH = 2;

export function searchKey({ score, productId }: SearchPosition): readonly string[] {
  return [score, productId];
}

/** @throws AppError VAL_001 */
export function searchPosition([score = '', productId = '']: readonly string[]): SearchPosition {
  if (!/^\d{1,4}(\.\d{1,12})?$/.test(score)) throw foreignCursor();
  return { score, productId };
}

/** A ledger's cursor: the entry's sequence.
 *  @throws AppError VAL_001 */
export function movementPosition([sequence = '']: readonly string[]): string {
  if (!/^\d{1,18}$/.test(sequence)) throw foreignCursor();
  return sequence;
}

function foreignCursor(): AppError {
  return new AppError('VAL_001', 'Validation failed', {
    details: [{ field: 'after', message: 'is not a cursor of this list' }],
  });
}
