import type { AuditLog } from '@commerce/kit/audit-log';
import { readAuditPage } from '@commerce/kit/audit-page';
import { isPlausibleId } from '@commerce/kit/ids';
import { requireAdmin, requireUser } from '@commerce/kit/viewer';
import type { OrderPages } from '../data/order-pages.ts';
import type { ParkedCheckouts } from '../data/parked-checkouts.ts';
import type { ParkedWork } from '../data/parked-work.ts';
import type { QueryResolvers } from './generated.ts';
import { orderPage } from './order-connection.ts';
import { parkedCheckoutPage } from './parked-checkouts.ts';
import { parkedWorkPage } from './parked-work.ts';

export function createOrderQueries(
  pages: OrderPages,
  administration: { checkouts: ParkedCheckouts; work: ParkedWork; auditLog: AuditLog },
): Pick<QueryResolvers, 'order' | 'orders' | 'parkedCheckouts' | 'parkedWork' | 'orderAuditLog'> {
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
    async parkedCheckouts(_, args, { viewer }) {
      requireAdmin(viewer);
      return await parkedCheckoutPage(args, administration.checkouts);
    },
    async parkedWork(_, args, { viewer }) {
      requireAdmin(viewer);
      return await parkedWorkPage(args, administration.work);
    },
    async orderAuditLog(_, args, { viewer }) {
      requireAdmin(viewer);
      return await readAuditPage(administration.auditLog, args);
    },
  };
}
