import { type Db, queryRows } from '@commerce/kit/postgres';
import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { EventType } from './event-record.ts';
import type { EndpointRecord } from './webhook-record.ts';
import { endpointColumns, endpointRow } from './webhook-rows.ts';

/** Few enough that each has lanes of its own (see deliver-webhooks) and that they can be listed in one go. */
export const MAX_ENDPOINTS = 32;

export type NewEndpoint = {
  endpointId: string;
  url: string;
  secret: string;
  /** Null for all. */
  eventTypes: EventType[] | null;
  description: string | null;
};

/** What is undefined stays. */
export type EndpointChanges = {
  url: string | undefined;
  eventTypes: EventType[] | null | undefined;
  description: string | null | undefined;
  isActive: boolean | undefined;
};

export type EndpointStore = {
  /** @returns null where there are as many as there may be */
  create(endpoint: NewEndpoint): Promise<EndpointRecord | null>;
  find(endpointId: string): Promise<EndpointRecord | null>;
  /** Oldest first; not more than MAX_ENDPOINTS, or a few by the way of two that were made at once. */
  list(): Promise<EndpointRecord[]>;
  /** @returns null where there is no such endpoint */
  update(endpointId: string, changes: EndpointChanges): Promise<EndpointRecord | null>;
  /** @returns false where there is no such endpoint */
  remove(endpointId: string): Promise<boolean>;
};

export function createEndpointStore(db: Db): EndpointStore {
  const one = async (statement: SQL) => (await queryRows(db, statement, endpointRow))[0] ?? null;
  return {
    create: async (endpoint) => await one(insertStatement(endpoint)),
    find: async (endpointId) =>
      await one(sql`select ${endpointColumns} from webhook_endpoints e where e.endpoint_id = ${endpointId}`),
    async list() {
      const statement = sql`select ${endpointColumns} from webhook_endpoints e
        order by e.created_at, e.endpoint_id limit ${2 * MAX_ENDPOINTS}`;
      return await queryRows(db, statement, endpointRow);
    },
    update: async (endpointId, changes) => await one(updateStatement(endpointId, changes)),
    async remove(endpointId) {
      const statement = sql`delete from webhook_endpoints where endpoint_id = ${endpointId}
        returning endpoint_id as "endpointId"`;
      return (await queryRows(db, statement, z.object({ endpointId: z.string() }))).length > 0;
    },
  };
}

function insertStatement({ endpointId, url, secret, eventTypes, description }: NewEndpoint): SQL {
  return sql`insert into webhook_endpoints as e (endpoint_id, url, secret, event_types, description)
    select ${endpointId}::varchar, ${url}::varchar, ${secret}::varchar, ${jsonOf(eventTypes)}, ${description}::varchar
    where (select count(*) from webhook_endpoints) < ${MAX_ENDPOINTS}
    returning ${endpointColumns}`;
}

function updateStatement(endpointId: string, changes: EndpointChanges): SQL {
  const { url, eventTypes, description, isActive } = changes;
  const sets = [
    url === undefined ? null : sql`url = ${url}`,
    eventTypes === undefined ? null : sql`event_types = ${jsonOf(eventTypes)}`,
    description === undefined ? null : sql`description = ${description}`,
    // A change of nothing is one, too: the row is answered all the same.
    isActive === undefined ? sql`is_active = is_active` : sql`is_active = ${isActive}`,
  ].filter((set) => set !== null);
  return sql`update webhook_endpoints e set ${sql.join(sets, sql`, `)}
    where e.endpoint_id = ${endpointId} returning ${endpointColumns}`;
}

function jsonOf(eventTypes: EventType[] | null): SQL {
  return sql`${eventTypes === null ? null : JSON.stringify(eventTypes)}::jsonb`;
}
