import { orderScope } from '../context.ts';
import type { UserResolvers } from './generated.ts';
import { orderPage } from './order-connection.ts';

export const userResolvers: UserResolvers = {
  __resolveReference: ({ userId }) => ({ userId }),
  async orders({ userId }, args, { viewer, loaders }) {
    const scope = orderScope(viewer);
    if (!scope || userId === undefined) return null;
    if (scope.kind === 'owner' && scope.userId !== userId) return null;
    return await orderPage(args, {
      list: (query) => loaders.ordersOfUser(query).load(userId),
      count: (filter) => loaders.orderCountOfUser(filter).load(userId),
    });
  },
};
