import { parseInput } from '@commerce/kit/errors';
import { isPlausibleId } from '@commerce/kit/ids';
import { requireService, type Viewer } from '@commerce/kit/viewer';
import { z } from 'zod';
import type { OfferRecord } from '../data/product-store.ts';
import type { CatalogDeps } from './deps.ts';

const offersSchema = z.object({
  productIds: z.array(z.string()).min(1, 'must not be empty').max(100, 'must have at most 100 ids'),
});

/** What other services make prices and decisions from: read fresh, past every cache.
 *  @returns result[i] belongs to productIds[i], null where there is no such product
 *  @throws AppError AUTH_004 unless a service asks, VAL_001 */
export async function readOffers(
  deps: CatalogDeps,
  viewer: Viewer,
  input: { productIds: readonly string[] },
): Promise<(OfferRecord | null)[]> {
  requireService(viewer, 'cart');
  const { productIds } = parseInput(offersSchema, input);
  const wanted = productIds.filter(isPlausibleId);
  const offers = wanted.length === 0 ? [] : await deps.products.findOffers([...new Set(wanted)]);
  const byId = new Map(offers.map((offer) => [offer.productId, offer]));
  return productIds.map((id) => byId.get(id) ?? null);
}
