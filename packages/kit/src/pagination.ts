import { AppError, type FieldFault } from './errors.ts';

const MAX_PAGE_SIZE = 100;
/** Beyond it an offset overflows what Postgres and a reader can make sense of. */
const MAX_PAGE = 1_000_000;

/** GraphQL arguments of a list: `first`/`after` (cursor) or `page`/`limit` (offset), never both. */
export type PageArgs = {
  first?: number | null | undefined;
  after?: string | null | undefined;
  page?: number | null | undefined;
  limit?: number | null | undefined;
};

/** How to read one page. A cursor's position is the sort key's values of the last row seen. */
export type PageRequest =
  | { kind: 'cursor'; size: number; after: readonly string[] | null }
  | { kind: 'offset'; size: number; page: number; offset: number };

export type ListDefaults = {
  /** Items a page where none were asked for. */
  size: number;
  /** How many values a cursor of this list's order holds. */
  keyLength: number;
  /** Whether the values can be compared with the list's columns: a made-up cursor must not reach a cast
   *  in SQL. Left out where all of them are text. */
  isKey?: (key: readonly string[]) => boolean;
};

/** @throws AppError VAL_001 for sizes outside 1-100, pages below 1, mixed or foreign cursors */
export function pageRequest(args: PageArgs, defaults: ListDefaults): PageRequest {
  const faults: FieldFault[] = [];
  const isOffset = args.page != null || args.limit != null;
  if (isOffset && (args.first != null || args.after != null)) {
    faults.push({ field: 'page', message: 'cannot be combined with first or after' });
  }
  const size = (isOffset ? args.limit : args.first) ?? defaults.size;
  if (size < 1 || size > MAX_PAGE_SIZE) {
    faults.push({ field: isOffset ? 'limit' : 'first', message: `must be 1 to ${MAX_PAGE_SIZE}` });
  }
  const page = args.page ?? 1;
  if (page < 1 || page > MAX_PAGE) faults.push({ field: 'page', message: `must be 1 to ${MAX_PAGE}` });
  const after = args.after == null ? null : decodeCursor(args.after, defaults);
  if (args.after != null && after === null) {
    faults.push({ field: 'after', message: 'is not a cursor of this list' });
  }
  if (faults.length > 0) throw new AppError('VAL_001', 'Validation failed', { details: faults });
  return isOffset
    ? { kind: 'offset', size, page, offset: (page - 1) * size }
    : { kind: 'cursor', size, after };
}

export function encodeCursor(key: readonly string[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

function decodeCursor(cursor: string, { keyLength, isKey }: ListDefaults): readonly string[] | null {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    const isOfLength =
      Array.isArray(key) &&
      key.length === keyLength &&
      key.every((part) => typeof part === 'string' && !part.includes('\0'));
    return isOfLength && (isKey === undefined || isKey(key)) ? key : null;
  } catch {
    return null;
  }
}

/** Whether a cursor's value is a timestamp as our lists write it: ISO 8601 with milliseconds, years 1 to 9999. */
export function isTimestampKey(text: string | undefined): boolean {
  if (text === undefined || !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/.test(text)) return false;
  const time = new Date(text);
  return !text.startsWith('0000') && !Number.isNaN(time.getTime()) && time.toISOString() === text;
}

export type Connection<Node> = {
  edges: { cursor: string; node: Node }[];
  nodes: Node[];
  pageInfo: {
    hasNextPage: boolean;
    hasPreviousPage: boolean;
    startCursor: string | null;
    endCursor: string | null;
  };
  totalCount: () => Promise<number>;
};

/** Shapes rows as a Relay connection.
 *  @param rows up to size + 1 rows: the one too many tells that there is a next page
 *  @param countAll is asked only where `totalCount` is selected */
export function connection<Node>(
  request: PageRequest,
  rows: readonly Node[],
  options: { keyOf(node: Node): readonly string[]; countAll(): Promise<number> },
): Connection<Node> {
  const nodes = rows.slice(0, request.size);
  const edges = nodes.map((node) => ({ cursor: encodeCursor(options.keyOf(node)), node }));
  return {
    edges,
    nodes,
    pageInfo: {
      hasNextPage: rows.length > request.size,
      hasPreviousPage: request.kind === 'offset' ? request.page > 1 : request.after !== null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    totalCount: options.countAll,
  };
}
