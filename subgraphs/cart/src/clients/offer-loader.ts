import type { Caller } from '@commerce/kit/viewer';
import DataLoader from 'dataloader';
import { type CatalogClient, MAX_OFFERS_A_CALL, type Offer } from './catalog.ts';

/** Offers by product id; null where there is no such product. */
export type OfferLoader = DataLoader<string, Offer | null>;

/** Offers for one request: all that are asked for at once cost one call, and within the request the
 *  same product has the same price. */
export function createOfferLoader(
  catalog: CatalogClient,
  caller: Pick<Caller, 'clientAddress' | 'requestId'>,
): OfferLoader {
  return new DataLoader(async (productIds) => await catalog.findOffers(productIds, caller), {
    maxBatchSize: MAX_OFFERS_A_CALL,
  });
}
