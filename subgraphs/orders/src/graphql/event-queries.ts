import { connection, pageRequest } from '@commerce/kit/pagination';
import { requireAdmin } from '@commerce/kit/viewer';
import type { EventStore } from '../data/event-store.ts';
import { readFeed } from '../domain/read-feed.ts';
import type { QueryResolvers } from './generated.ts';

const DEFAULT_PAGE_SIZE = 50;

export function createEventQueries(events: EventStore): Pick<QueryResolvers, 'orderEvents'> {
  return {
    async orderEvents(_, args, { viewer }) {
      requireAdmin(viewer);
      const request = pageRequest(args, { size: DEFAULT_PAGE_SIZE, keyLength: 1, isKey: isPosition });
      const after = request.kind === 'cursor' && request.after ? Number(request.after[0]) : null;
      // One more than asked for tells that others follow.
      const rows = await readFeed(events, { after, limit: request.size + 1 });
      return connection(request, rows, {
        keyOf: ({ position }) => [String(position)],
        countAll: () => events.count(),
      });
    },
  };
}

function isPosition([position = '']: readonly string[]): boolean {
  return /^[1-9]\d{0,14}$/.test(position);
}
