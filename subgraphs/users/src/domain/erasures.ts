import {
  type Connection,
  connection,
  isTimestampKey,
  type PageArgs,
  type PageRequest,
  pageRequest,
} from '@commerce/kit/pagination';
import type { Viewer } from '@commerce/kit/viewer';
import type { ErasureRecord } from '../data/erasure-record.ts';
import type { ErasureKey } from '../data/erasure-store.ts';
import { requirePresentAdmin } from './administration.ts';
import type { Deps } from './deps.ts';

const DEFAULT_PAGE_SIZE = 20;

type Needs = Pick<Deps, 'users' | 'erasures'>;

/** @throws AppError as requirePresentAdmin */
export async function findErasure(
  deps: Needs,
  viewer: Viewer,
  erasureId: string,
): Promise<ErasureRecord | null> {
  await requirePresentAdmin(deps, viewer);
  return await deps.erasures.find(erasureId);
}

/** Deleted accounts, newest first.
 *  @throws AppError as requirePresentAdmin; VAL_001 */
export async function listErasures(
  deps: Needs,
  viewer: Viewer,
  args: PageArgs,
): Promise<Connection<ErasureRecord>> {
  await requirePresentAdmin(deps, viewer);
  const request = pageRequest(args, {
    size: DEFAULT_PAGE_SIZE,
    keyLength: 2,
    isKey: ([requestedAt]) => isTimestampKey(requestedAt),
  });
  const rows = await deps.erasures.list(request, placeBehind(request));
  return connection(request, rows, {
    keyOf: ({ requestedAt, erasureId }) => [requestedAt.toISOString(), erasureId],
    countAll: async () => await deps.erasures.count(),
  });
}

function placeBehind(request: PageRequest): ErasureKey | null {
  if (request.kind === 'offset' || request.after === null) return null;
  const [requestedAt, erasureId] = request.after;
  return requestedAt === undefined || erasureId === undefined
    ? null
    : { requestedAt: new Date(requestedAt), erasureId };
}
