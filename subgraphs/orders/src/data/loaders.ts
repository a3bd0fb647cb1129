import DataLoader from 'dataloader';
import type { OrderFilter, OrderPageQuery, OrderPages } from './order-pages.ts';
import type { OrderReader, OrderScope } from './order-reader.ts';
import type { OrderItemRecord, OrderRecord, TimelineRecord } from './order-record.ts';
import type { RefundRecord } from './refund-record.ts';
import type { RefundStore } from './refund-store.ts';

export type OrderLoaders = {
  /** null where missing, hidden or outside the scope */
  order: DataLoader<string, OrderRecord | null>;
  itemsOfOrder: DataLoader<string, OrderItemRecord[]>;
  timelineOfOrder: DataLoader<string, TimelineRecord[]>;
  refundsOfOrder: DataLoader<string, RefundRecord[]>;
  /** By user: one statement for all users that are asked the same question. */
  ordersOfUser(query: OrderPageQuery): DataLoader<string, OrderRecord[]>;
  orderCountOfUser(filter: OrderFilter): DataLoader<string, number>;
};

/** The loaders of one request: each kind of read costs it one statement.
 *  @param scope whose orders the viewer may see; null for nobody's */
export function createOrderLoaders(
  { reader, pages, refunds }: { reader: OrderReader; pages: OrderPages; refunds: RefundStore },
  scope: OrderScope | null,
): OrderLoaders {
  return {
    refundsOfOrder: new DataLoader((ids) => refunds.listByOrders(ids), { cache: false }),
    order: new DataLoader(async (ids) => (scope ? await reader.findOrders(ids, scope) : ids.map(() => null))),
    itemsOfOrder: new DataLoader((ids) => reader.listItems(ids)),
    // A request may change an order twice, and each answer shows the timeline of its own time.
    timelineOfOrder: new DataLoader((ids) => reader.listTimelines(ids), { cache: false }),
    ordersOfUser: oneForEach(
      (query: OrderPageQuery) => new DataLoader((userIds) => pages.listByUsers(userIds, query)),
    ),
    orderCountOfUser: oneForEach(
      (filter: OrderFilter) => new DataLoader((userIds) => pages.countByUsers(userIds, filter)),
    ),
  };
}

export function oneForEach<Question, Loader>(
  create: (question: Question) => Loader,
): (question: Question) => Loader {
  const loaders = new Map<string, Loader>();
  return (question) => {
    const name = JSON.stringify(question);
    const loader = loaders.get(name) ?? create(question);
    loaders.set(name, loader);
    return loader;
  };
}
