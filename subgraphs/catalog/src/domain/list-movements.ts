import { type Connection, connection, type PageArgs, pageRequest } from '@commerce/kit/pagination';
import { requireAdmin, type Viewer } from '@commerce/kit/viewer';
import type { CatalogLoaders } from '../data/loaders.ts';
import type { MovementRecord } from '../data/movement-record.ts';
import { movementPosition } from './cursors.ts';

/** A page of a product's ledger, newest first.
 *  @throws AppError AUTH_002-004, VAL_001 */
export async function listMovements(
  request: { viewer: Viewer; loaders: CatalogLoaders },
  productId: string,
  args: PageArgs,
): Promise<Connection<MovementRecord>> {
  requireAdmin(request.viewer);
  const page = pageRequest(args, { size: 20, keyLength: 1 });
  const movements = await request.loaders.movements.load({
    productId,
    page: {
      limit: page.size + 1,
      offset: page.kind === 'offset' ? page.offset : 0,
      after: page.kind === 'cursor' && page.after ? movementPosition(page.after) : null,
    },
  });
  return connection(page, movements, {
    keyOf: (movement) => [movement.sequence],
    countAll: () => request.loaders.movementCounts.load(productId),
  });
}
