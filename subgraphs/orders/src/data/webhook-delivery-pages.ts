import type { PageRequest } from '@commerce/kit/pagination';
import { type Db, queryRows } from '@commerce/kit/postgres';
import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { DeliveryRecord, DeliveryStatus } from './webhook-record.ts';
import { deliveryColumns, deliveryRow, plainDeliveryColumns } from './webhook-rows.ts';

export type DeliveryFilter = { status: DeliveryStatus | null };
/** A cursor's position is [createdAt as ISO text, eventId]. */
export type DeliveryPageQuery = DeliveryFilter & { request: PageRequest };

/** Deliveries of endpoints, newest first. A page holds one row more than asked for where more follow. */
export type DeliveryPages = {
  /** @returns result[i] is the page of endpointIds[i]'s deliveries */
  listByEndpoints(endpointIds: readonly string[], query: DeliveryPageQuery): Promise<DeliveryRecord[][]>;
  /** @returns result[i] is how many deliveries endpointIds[i] has */
  countByEndpoints(endpointIds: readonly string[], filter: DeliveryFilter): Promise<number[]>;
};

const countRow = z.object({ endpointId: z.string(), count: z.number() });

export function createDeliveryPages(db: Db): DeliveryPages {
  return {
    async listByEndpoints(endpointIds, query) {
      const rows = await queryRows(db, pagesStatement(endpointIds, query), deliveryRow);
      const pages = new Map(endpointIds.map((id): [string, DeliveryRecord[]] => [id, []]));
      for (const row of rows) pages.get(row.endpointId)?.push(row);
      return endpointIds.map((id) => pages.get(id) ?? []);
    },
    async countByEndpoints(endpointIds, filter) {
      const statement = sql`select d.endpoint_id as "endpointId", count(*)::int as "count"
        from webhook_deliveries d where d.endpoint_id in ${endpointIds} and ${hasStatus(filter)}
        group by d.endpoint_id`;
      const rows = await queryRows(db, statement, countRow);
      const counts = new Map(rows.map((row) => [row.endpointId, row.count]));
      return endpointIds.map((id) => counts.get(id) ?? 0);
    },
  };
}

function pagesStatement(endpointIds: readonly string[], query: DeliveryPageQuery): SQL {
  return sql`
    select ${deliveryColumns}
    from json_array_elements_text(${JSON.stringify(endpointIds)}::json) as endpoint (endpoint_id)
    cross join lateral (
      select ${plainDeliveryColumns} from webhook_deliveries d
      where d.endpoint_id = endpoint.endpoint_id and ${hasStatus(query)} and ${isBehind(query.request)}
      order by d.created_at desc, d.event_id desc
      limit ${query.request.size + 1}) as d
    join order_events v on v.event_id = d.event_id
    order by d.created_at desc, d.event_id desc`;
}

const conditions: Record<DeliveryStatus, SQL> = {
  pending: sql.raw('d.delivered_at is null and d.parked_at is null'),
  delivered: sql.raw('d.delivered_at is not null'),
  parked: sql.raw('d.parked_at is not null'),
};

function hasStatus({ status }: DeliveryFilter): SQL {
  return status === null ? sql`true` : conditions[status];
}

function isBehind(request: PageRequest): SQL {
  if (request.kind === 'offset' || request.after === null) return sql`true`;
  const [createdAt, eventId] = request.after;
  return sql`(d.created_at, d.event_id) < (${createdAt}::timestamptz, ${eventId})`;
}
