import { type Db, queryRows, timestampColumn } from '@commerce/kit/postgres';
import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { DeliveryRecord } from './webhook-record.ts';
import { deliveryColumns, deliveryRow, plainDeliveryColumns } from './webhook-rows.ts';

/** Longer than an attempt takes (5 s): whoever holds a delivery sends it, or is dead. */
const LEASE_SECONDS = 15;

/** A delivery that is held, with all it takes to send it. */
export type ClaimedDelivery = {
  endpointId: string;
  eventId: string;
  /** This one included. */
  attempts: number;
  /** The claim's own: who holds another one can note nothing. */
  lease: string;
  url: string;
  secret: string;
  type: string;
  position: number;
  occurredAt: Date;
  data: unknown;
};

type Claim = Pick<ClaimedDelivery, 'endpointId' | 'eventId' | 'lease'>;
/** How an attempt failed; the status is null where there was no answer. */
export type FailedAttempt = { status: number | null; reason: string };

/** Deliveries of events. Each write is one statement; one under a claim that was lost changes nothing. */
export type DeliveryStore = {
  /** Takes up what is due of active endpoints, one of each, but for the ones named.
   *  @param except endpoints that have enough under way */
  claim(except: readonly string[]): Promise<ClaimedDelivery[]>;
  deliver(claim: Claim, status: number): Promise<void>;
  postpone(claim: Claim, failure: FailedAttempt & { delaySeconds: number }): Promise<void>;
  park(claim: Claim, failure: FailedAttempt): Promise<void>;
  /** Parks a delivery whose endpoint is gone for good, and deactivates the endpoint. */
  deactivate(claim: Claim, failure: FailedAttempt): Promise<void>;
  /** Queues an event for an active endpoint, whatever was sent before.
   *  @returns null where there is no such event or no such active endpoint */
  replay(endpointId: string, eventId: string): Promise<DeliveryRecord | null>;
};

const claimedRow = z.object({
  endpointId: z.string(),
  eventId: z.string(),
  attempts: z.number(),
  lease: z.string(),
  url: z.string(),
  secret: z.string(),
  type: z.string(),
  position: z.coerce.number(),
  occurredAt: timestampColumn,
  data: z.unknown(),
});

export function createDeliveryStore(db: Db): DeliveryStore {
  return {
    claim: async (except) => await queryRows(db, claimStatement(except), claimedRow),
    async deliver(claim, status) {
      await db.execute(noteOf(claim, { status, reason: null }, sql`delivered_at = now()`));
    },
    async postpone(claim, { delaySeconds, ...failure }) {
      const due = sql`due_at = now() + make_interval(secs => ${delaySeconds}::float8)`;
      await db.execute(noteOf(claim, failure, due));
    },
    async park(claim, failure) {
      await db.execute(noteOf(claim, failure, sql`parked_at = now()`));
    },
    async deactivate(claim, failure) {
      await db.execute(sql`with parked as (${noteOf(claim, failure, sql`parked_at = now()`)})
        update webhook_endpoints set is_active = false where endpoint_id = ${claim.endpointId}`);
    },
    async replay(endpointId, eventId) {
      const [delivery = null] = await queryRows(db, replayStatement(endpointId, eventId), deliveryRow);
      return delivery;
    },
  };
}

function claimStatement(except: readonly string[]): SQL {
  return sql`
    with due as (
      select d.endpoint_id, d.event_id from webhook_endpoints e
      cross join lateral (
        select endpoint_id, event_id from webhook_deliveries
        where endpoint_id = e.endpoint_id and delivered_at is null and parked_at is null and due_at <= now()
        order by due_at, event_id limit 1 for update skip locked) d
      where e.is_active and not jsonb_exists(${JSON.stringify(except)}::jsonb, e.endpoint_id)
    )
    update webhook_deliveries d
    set attempts = d.attempts + 1, due_at = now() + make_interval(secs => ${LEASE_SECONDS})
    from due
    join order_events v on v.event_id = due.event_id
    join webhook_endpoints e on e.endpoint_id = due.endpoint_id
    where d.endpoint_id = due.endpoint_id and d.event_id = due.event_id
    returning d.endpoint_id as "endpointId", d.event_id as "eventId", d.attempts, d.due_at::text as "lease", e.url,
      e.secret, v.type, v.position, v.created_at as "occurredAt", v.data`;
}

function noteOf(
  claim: Claim,
  { status, reason }: { status: number | null; reason: string | null },
  outcome: SQL,
): SQL {
  return sql`update webhook_deliveries set last_status = ${status}::smallint, last_error = ${reason}, ${outcome}
    where endpoint_id = ${claim.endpointId} and event_id = ${claim.eventId}
      and due_at = ${claim.lease}::timestamptz and delivered_at is null and parked_at is null`;
}

function replayStatement(endpointId: string, eventId: string): SQL {
  return sql`
    with d as (
      insert into webhook_deliveries (endpoint_id, event_id)
      select e.endpoint_id, v.event_id from webhook_endpoints e cross join order_events v
      where e.endpoint_id = ${endpointId} and e.is_active and v.event_id = ${eventId} and v.position is not null
      on conflict (endpoint_id, event_id)
        do update set attempts = 0, due_at = now(), delivered_at = null, parked_at = null
      returning ${plainDeliveryColumns}
    )
    select ${deliveryColumns} from d join order_events v on v.event_id = d.event_id`;
}
