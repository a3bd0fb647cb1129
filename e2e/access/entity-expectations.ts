import type { Targets } from './people.ts';
import type { SubgraphName } from './schemas.ts';

export type EntityExpectation = {
  /** Key of the entity, by the ids that are known of the victim. */
  key: (targets: Targets) => Record<string, string>;
  /** Whether everybody gets the entity's public fields, or others nothing at all. */
  others: 'public fields' | 'absent';
  /** True where administrators count among the others. */
  isOwnersOnly?: true;
};

const ownExport: EntityExpectation = {
  key: ({ userId }) => ({ userId }),
  others: 'absent',
  isOwnersOnly: true,
};

/** By subgraph and type: what a subgraph gives the router for whoever is neither the owner nor an administrator. */
export const entityExpectations: Readonly<Record<string, EntityExpectation>> = {
  'users.User': { key: ({ userId }) => ({ userId }), others: 'public fields' },
  'cart.User': { key: ({ userId }) => ({ userId }), others: 'public fields' },
  'orders.User': { key: ({ userId }) => ({ userId }), others: 'public fields' },
  'users.DataExport': ownExport,
  'cart.DataExport': ownExport,
  'orders.DataExport': ownExport,
  'catalog.DataExport': ownExport,
  'catalog.Product': { key: () => ({ productId: 'prod_001' }), others: 'public fields' },
  'catalog.Category': { key: () => ({ categoryId: 'cat_audio' }), others: 'public fields' },
  'cart.Cart': { key: ({ userId }) => ({ cartId: `cart_${userId}` }), others: 'absent' },
  'cart.CartItem': { key: ({ itemId }) => ({ itemId }), others: 'absent' },
  'orders.Order': { key: ({ orderId }) => ({ orderId }), others: 'absent' },
};

/** Fields that only other services may ask a subgraph for: AUTH_004 to everybody else, whoever it is. */
export const serviceFields: Readonly<Record<SubgraphName, readonly string[]>> = {
  users: ['endedSessions', 'accountState', 'contactOf'],
  catalog: [
    'productOffers',
    'reserveStock',
    'commitStock',
    'releaseStock',
    'restockOrder',
    'eraseCustomerInCatalog',
  ],
  cart: ['checkoutCart', 'cartVersion', 'consumeCart', 'eraseCustomerInCart'],
  orders: ['receivePaymentWebhook', 'eraseCustomerInOrders'],
};
