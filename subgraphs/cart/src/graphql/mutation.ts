import { requireService, requireUser } from '@commerce/kit/viewer';
import { addItem } from '../domain/add-item.ts';
import { clearCart } from '../domain/clear-cart.ts';
import { consumeCart } from '../domain/consume-cart.ts';
import { eraseCustomer } from '../domain/erase-customer.ts';
import { removeItem } from '../domain/remove-item.ts';
import { updateItem } from '../domain/update-item.ts';
import type { MutationResolvers } from './generated.ts';

export const mutationResolvers: MutationResolvers = {
  async addCartItem(_root, { input }, { viewer, deps }) {
    const { userId } = requireUser(viewer);
    return { cart: await addItem(deps, userId, input) };
  },

  async updateCartItem(_root, { input }, { viewer, deps }) {
    const { userId } = requireUser(viewer);
    return { cart: await updateItem(deps, userId, input) };
  },

  async removeCartItem(_root, { input }, { viewer, deps }) {
    const { userId } = requireUser(viewer);
    return { cart: await removeItem(deps, userId, input.itemId) };
  },

  async clearCart(_root, _args, { viewer, deps }) {
    const { userId } = requireUser(viewer);
    return { cart: await clearCart(deps, userId) };
  },

  async consumeCart(_root, { input }, { viewer, deps }) {
    requireService(viewer, 'orders');
    return { consumed: await consumeCart(deps, input) };
  },

  async eraseCustomerInCart(_root, { input }, { viewer, deps }) {
    requireService(viewer, 'users');
    return await eraseCustomer(deps, input);
  },
};
