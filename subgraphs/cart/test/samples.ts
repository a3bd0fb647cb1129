import { cents } from '@commerce/kit/money';
import type { Viewer } from '@commerce/kit/viewer';
import type { Offer } from '../src/clients/catalog.ts';
import type { PricingPolicy } from '../src/domain/pricing.ts';

/** The design's figures. */
export const documentPolicy: PricingPolicy = {
  taxRateBasisPoints: 800,
  taxRounding: 'down',
  shippingFlatCents: cents(1_000),
};

export function offer(productId: string, changes: Partial<Offer> = {}): Offer {
  return {
    productId,
    name: `Product ${productId}`,
    priceCents: cents(9_999),
    currencyCode: 'USD',
    inventory: 50,
    isActive: true,
    ...changes,
  };
}

export const anonymous: Viewer = { kind: 'anonymous', reason: 'missing' };
export const ordersService: Viewer = { kind: 'service', name: 'orders' };

export function customer(userId: string): Viewer {
  return { kind: 'user', userId, email: `${userId}@example.com`, role: 'customer' };
}

export function admin(userId = 'usr_admin'): Viewer {
  return { kind: 'user', userId, email: 'admin@example.com', role: 'admin' };
}
