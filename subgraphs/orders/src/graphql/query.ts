import { isPlausibleId } from '@commerce/kit/ids';
import { requireAdmin, requireUser } from '@commerce/kit/viewer';
import type { OrderPages } from '../data/order-pages.ts';
import type { QueryResolvers } from './generated.ts';
import { orderPage } from './order-connection.ts';

export function createQueryResolvers(pages: OrderPages): QueryResolvers {
  return {
    order(_, { orderId }, { viewer, loaders }) {
      requireUser(viewer);
      return isPlausibleId(orderId) ? loaders.order.load(orderId) : null;
    },
    async orders(_, { allUsers, ...args }, { viewer, loaders }) {
      const { userId } = requireUser(viewer);
      if (allUsers) {
        requireAdmin(viewer);
        return await orderPage(args, { list: pages.listAll, count: pages.countAll });
      }
      return await orderPage(args, {
        list: (query) => loaders.ordersOfUser(query).load(userId),
        count: (filter) => loaders.orderCountOfUser(filter).load(userId),
      });
    },
  };
}
