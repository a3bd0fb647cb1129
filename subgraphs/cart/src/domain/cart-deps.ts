import type { NewId } from '@commerce/kit/ids';
import type { OfferLoader } from '../clients/offer-loader.ts';
import type { CartStore } from '../data/cart-store.ts';
import type { PricingPolicy } from './pricing.ts';

/** What the use cases work with, for one request. */
export type CartDeps = {
  store: CartStore;
  offers: OfferLoader;
  pricing: PricingPolicy;
  newId: NewId;
};

/** Lines in a cart. */
export const MAX_LINES = 100;
/** Pieces in a line. */
export const MAX_QUANTITY = 999;
