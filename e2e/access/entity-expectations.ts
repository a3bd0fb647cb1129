import type { Targets } from './people.ts';
import type { ServiceName, SubgraphName } from './schemas.ts';

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

/** Fields that one other service may ask a subgraph for, and which: refused to everybody else, whoever it is. */
export const serviceFields: Readonly<Record<SubgraphName, Readonly<Record<string, ServiceName>>>> = {
  users: { endedSessions: 'router', accountState: 'router', contactOf: 'orders' },
  catalog: {
    productOffers: 'cart',
    reserveStock: 'orders',
    commitStock: 'orders',
    releaseStock: 'orders',
    restockOrder: 'orders',
    eraseCustomerInCatalog: 'users',
  },
  cart: {
    checkoutCart: 'orders',
    cartVersion: 'orders',
    consumeCart: 'orders',
    eraseCustomerInCart: 'users',
  },
  orders: { receivePaymentWebhook: 'router', eraseCustomerInOrders: 'users' },
};
