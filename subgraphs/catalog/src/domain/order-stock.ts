import { AppError, assertNever, parseInput } from '@commerce/kit/errors';
import { anyText } from '@commerce/kit/text';
import { requireService, type Viewer } from '@commerce/kit/viewer';
import { z } from 'zod';
import type { CatalogDeps } from './deps.ts';
import { idField, wholeNumber } from './fields.ts';

/** By the database's clock. Longer than any checkout takes, shorter than other customers would wait. */
const HOLD_SECONDS = 15 * 60;

export type OrderStock = {
  orderId: string;
  status: 'HELD' | 'COMMITTED' | 'RELEASED';
  /** Null unless HELD. */
  expiresAt: Date | null;
};

const orderSchema = z.object({ orderId: idField });
const linesSchema = z
  .array(z.object({ productId: anyText, quantity: wholeNumber(1, 999) }))
  .min(1, 'must not be empty')
  .max(100, 'must have at most 100 lines')
  .refine(
    (lines) => new Set(lines.map((line) => line.productId)).size === lines.length,
    'must have no product twice',
  );
const reserveSchema = orderSchema.extend({ lines: linesSchema });
const restockSchema = orderSchema.extend({ restockId: idField, lines: linesSchema });

/** Holds all lines for an order or none; the same order with the same lines again changes nothing.
 *  @throws AppError AUTH_004 unless a service asks, VAL_001, BUS_001 where a line is short, BUS_002 for an
 *  inactive product, other lines than before or a released order, RES_001 for an unknown product */
export async function reserveStock(deps: CatalogDeps, viewer: Viewer, input: unknown): Promise<OrderStock> {
  requireService(viewer, 'orders');
  const { orderId, lines } = parseInput(reserveSchema, input);
  const result = await deps.stock.reserve({ orderId, lines, holdSeconds: HOLD_SECONDS });
  switch (result.outcome) {
    case 'held':
      return { orderId, status: 'HELD', expiresAt: result.expiresAt };
    case 'committed':
      return { orderId, status: 'COMMITTED', expiresAt: null };
    case 'refused':
      throw releasedError();
    case 'other_lines':
      throw new AppError('BUS_002', 'The order holds stock for other lines');
    case 'unknown':
      throw new AppError('RES_001', 'Unknown product', { details: { productId: result.productId } });
    case 'inactive':
      throw new AppError('BUS_002', 'A product is no longer sold', {
        details: { productId: result.productId },
      });
    case 'short':
      throw shortError(result);
    default:
      return assertNever(result);
  }
}

/** Takes what an order holds out of the stock; an expired hold is taken anew. Again, it changes nothing.
 *  @throws AppError AUTH_004 unless a service asks, VAL_001, BUS_001 where an expired hold cannot be had any
 *  more, BUS_002 for a released order, RES_001 for one that reserved nothing */
export async function commitStock(deps: CatalogDeps, viewer: Viewer, input: unknown): Promise<OrderStock> {
  requireService(viewer, 'orders');
  const { orderId } = parseInput(orderSchema, input);
  const result = await deps.stock.commit(orderId);
  switch (result.outcome) {
    case 'committed':
      return { orderId, status: 'COMMITTED', expiresAt: null };
    case 'refused':
      throw releasedError();
    case 'unknown':
      throw new AppError('RES_001', 'The order has reserved nothing');
    case 'short':
      throw shortError(result);
    default:
      return assertNever(result);
  }
}

/** Gives up an order's holds or returns what was committed, and bars it from reserving. Again, it changes nothing.
 *  @throws AppError AUTH_004 unless a service asks, VAL_001 */
export async function releaseStock(deps: CatalogDeps, viewer: Viewer, input: unknown): Promise<OrderStock> {
  requireService(viewer, 'orders');
  const { orderId } = parseInput(orderSchema, input);
  await deps.stock.release(orderId);
  return { orderId, status: 'RELEASED', expiresAt: null };
}

/** Puts pieces of a committed order back into the stock. Again under its id, it changes nothing, nor after a release.
 *  @throws AppError AUTH_004 unless a service asks, VAL_001, BUS_002 for more pieces than the order has left or for
 *  other lines than before under the same id, RES_001 for an order that committed nothing */
export async function restockOrder(deps: CatalogDeps, viewer: Viewer, input: unknown): Promise<OrderStock> {
  requireService(viewer, 'orders');
  const { orderId, restockId, lines } = parseInput(restockSchema, input);
  const result = await deps.stock.restock({ orderId, restockId, lines });
  switch (result.outcome) {
    case 'returned':
      return { orderId, status: 'COMMITTED', expiresAt: null };
    case 'released':
      return { orderId, status: 'RELEASED', expiresAt: null };
    case 'unknown':
      throw new AppError('RES_001', 'The order has committed nothing');
    case 'other_lines':
      throw new AppError('BUS_002', 'The restock returned other lines');
    case 'too_many': {
      const { productId, requested, available } = result;
      throw new AppError('BUS_002', `The order has only ${available} left to return`, {
        details: { productId, requested, available },
      });
    }
    default:
      return assertNever(result);
  }
}

function releasedError(): AppError {
  return new AppError('BUS_002', 'The order has released its stock');
}

function shortError(line: { productId: string; requested: number; available: number }): AppError {
  const { productId, requested, available } = line;
  return new AppError('BUS_001', `Only ${available} left`, { details: { productId, requested, available } });
}
