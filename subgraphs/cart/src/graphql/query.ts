import { requireService, requireUser } from '@commerce/kit/viewer';
import { checkoutCart } from '../domain/checkout-cart.ts';
import { showOwnCart } from './cart-access.ts';
import type { QueryResolvers } from './generated.ts';

export const queryResolvers: QueryResolvers = {
  async cart(_root, _args, context) {
    return await showOwnCart(context, requireUser(context.viewer).userId);
  },

  async checkoutCart(_root, { userId }, { viewer, deps }) {
    requireService(viewer, 'orders');
    return await checkoutCart(deps, userId);
  },

  async cartVersion(_root, { userId }, { viewer, deps }) {
    requireService(viewer, 'orders');
    return await deps.store.findVersion(userId);
  },
};
