import {
  type Connection,
  connection,
  isTimestampKey,
  type PageArgs,
  pageRequest,
} from '@commerce/kit/pagination';
import type { ParkedWork, ParkedWorkKind, ParkedWorkRecord } from '../data/parked-work.ts';
import type { ParkedWorkKind as KindName, ParkedWorkResolvers } from './generated.ts';

export type ParkedWorkPage = Connection<ParkedWorkRecord>;
export type ParkedWorkPageEdge = ParkedWorkPage['edges'][number];

const DEFAULT_PAGE_SIZE = 20;

const names: Record<ParkedWorkKind, KindName> = {
  checkout: 'CHECKOUT',
  refund: 'REFUND',
  mail: 'MAIL',
  webhook: 'WEBHOOK',
  provider_message: 'PROVIDER_MESSAGE',
};

export const parkedWorkResolvers: ParkedWorkResolvers = {
  kind: ({ kind }) => names[kind],
};

/** @throws AppError VAL_001 for arguments out of range and cursors of other lists */
export async function parkedWorkPage(
  args: Pick<PageArgs, 'first' | 'after'>,
  parked: ParkedWork,
): Promise<ParkedWorkPage> {
  const isKey = ([parkedAt]: readonly string[]) => isTimestampKey(parkedAt);
  const request = pageRequest(args, { size: DEFAULT_PAGE_SIZE, keyLength: 4, isKey });
  return connection(request, await parked.list(request), {
    // A mail is known by its order as well: several of one kind may be parked at one moment.
    keyOf: ({ parkedAt, kind, subject, orderId }) => [parkedAt.toISOString(), kind, subject, orderId ?? ''],
    countAll: () => parked.count(),
  });
}
