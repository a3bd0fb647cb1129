import { AppError } from '@commerce/kit/errors';
import type { Offer } from '../clients/catalog.ts';
import type { Offers } from './price-lines.ts';

/** @throws AppError RES_001 for an unknown product, BUS_002 for one that was taken off sale */
export function requireOnSale(offers: Offers, productId: string): Offer {
  const offer = offers.get(productId) ?? null;
  if (offer === null) throw new AppError('RES_001', 'There is no such product');
  if (!offer.isActive)
    throw new AppError('BUS_002', 'This product is not on sale', { details: { productId } });
  return offer;
}

/** @param requested pieces that the line would hold */
export function notEnough(offer: Offer, requested: number): AppError {
  const available = Math.max(offer.inventory, 0);
  return new AppError('BUS_001', `Only ${available} can be bought`, {
    details: { productId: offer.productId, requested, available },
  });
}

export function unknownItem(): AppError {
  return new AppError('RES_001', 'There is no such item in the cart');
}
