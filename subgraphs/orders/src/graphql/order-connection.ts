import { connection, isTimestampKey, type PageArgs, pageRequest } from '@commerce/kit/pagination';
import type { OrderFilter, OrderPageQuery } from '../data/order-pages.ts';
import type { OrderRecord } from '../data/order-record.ts';
import type { OrderStatus as StatusName } from './generated.ts';
import type { OrderPage } from './order-page.ts';
import { statusOf } from './order-status.ts';

const DEFAULT_PAGE_SIZE = 10;

/** A page of orders as its arguments want it.
 *  @throws AppError VAL_001 for arguments out of range and cursors of other lists */
export async function orderPage(
  args: PageArgs & { status?: StatusName | null | undefined },
  source: {
    list(query: OrderPageQuery): Promise<OrderRecord[]>;
    count(filter: OrderFilter): Promise<number>;
  },
): Promise<OrderPage> {
  const isKey = ([createdAt]: readonly string[]) => isTimestampKey(createdAt);
  const request = pageRequest(args, { size: DEFAULT_PAGE_SIZE, keyLength: 2, isKey });
  const filter = { status: args.status ? statusOf(args.status) : null };
  return connection(request, await source.list({ ...filter, request }), {
    keyOf: (order) => [order.createdAt.toISOString(), order.orderId],
    countAll: () => source.count(filter),
  });
}
