import {
  type Connection,
  connection,
  isTimestampKey,
  type PageArgs,
  pageRequest,
} from '@commerce/kit/pagination';
import type { ParkedCheckoutRecord, ParkedCheckouts } from '../data/parked-checkouts.ts';

export type ParkedCheckoutPage = Connection<ParkedCheckoutRecord>;
export type ParkedCheckoutPageEdge = ParkedCheckoutPage['edges'][number];

const DEFAULT_PAGE_SIZE = 20;

/** @throws AppError VAL_001 for arguments out of range and cursors of other lists */
export async function parkedCheckoutPage(
  args: Pick<PageArgs, 'first' | 'after'>,
  parked: ParkedCheckouts,
): Promise<ParkedCheckoutPage> {
  const isKey = ([parkedAt]: readonly string[]) => isTimestampKey(parkedAt);
  const request = pageRequest(args, { size: DEFAULT_PAGE_SIZE, keyLength: 2, isKey });
  return connection(request, await parked.list(request), {
    keyOf: ({ parkedAt, orderId }) => [parkedAt.toISOString(), orderId],
    countAll: () => parked.count(),
  });
}
