import type { Check, Invariant } from '../invariant.ts';

/** What errors say may name whom a mail was for. */
const lastError = (table: string) =>
  `regexp_replace(${table}.last_error, '[^[:space:]<>"(]+@[^[:space:]<>")]+', '(address)', 'g')`;

/** Deliveries are retried for as long as this, then parked. */
const DELIVERY_HOURS = 72;
/** A retry that is due is taken up within seconds. */
const OVERDUE_SECONDS = 60;
/** Past its time, a reservation is released by the next sweep. */
const SWEEP_SECONDS = 30;

const unfinishedCheckouts: Check = {
  holds: 'atRest',
  database: 'orders',
  faults: `
    select c.order_id, 'checkout' as work, c.state, c.attempts, c.parked_at is not null as is_parked,
      ${lastError('c')} as last_error
    from checkouts c where c.state not in ('done', 'failed')`,
};

// A finished checkout leaves no order undecided; one that failed leaves it cancelled.
const undecidedOrders: Check = {
  holds: 'always',
  database: 'orders',
  faults: `
    select o.order_id, 'order' as work, o.status, c.state
    from orders o left join checkouts c on c.order_id = o.order_id
    where c.state is null and o.status = 'pending'
      or c.state = 'done' and o.status in ('pending', 'cancelled')
      or c.state = 'failed' and o.status <> 'cancelled'`,
};

const unfinishedRefunds: Check = {
  holds: 'atRest',
  database: 'orders',
  faults: `
    select r.order_id, 'refund' as work, r.refund_id, r.state, r.attempts, r.parked_at is not null as is_parked,
      ${lastError('r')} as last_error
    from refunds r where r.state not in ('done', 'refused')`,
};

const unplacedEvents: Check = {
  holds: 'atRest',
  database: 'orders',
  faults: `select order_id, 'event' as work, event_id, type from order_events where position is null`,
};

const unsentMails: Check = {
  holds: 'atRest',
  database: 'orders',
  faults: `
    select m.order_id, 'mail' as work, m.kind, m.attempts, m.parked_at is not null as is_parked,
      ${lastError('m')} as last_error
    from order_mails m where m.sent_at is null`,
};

// An endpoint that is dead is waited for; nothing is sent to an inactive one.
const undelivered: Check = {
  holds: 'atRest',
  database: 'orders',
  faults: `
    select d.endpoint_id, 'delivery' as work, d.event_id, d.attempts, d.parked_at is not null as is_parked,
      d.last_status, ${lastError('d')} as last_error
    from webhook_deliveries d join webhook_endpoints e on e.endpoint_id = d.endpoint_id
    where d.delivered_at is null and (d.parked_at is not null or e.is_active and (
      d.attempts = 0 or d.due_at < now() - interval '${OVERDUE_SECONDS} seconds'
      or d.created_at < now() - interval '${DELIVERY_HOURS} hours'))`,
};

const unhandledMessages: Check = {
  holds: 'atRest',
  database: 'orders',
  faults: `
    select m.message_id, 'provider message' as work, m.order_id, m.type, m.attempts,
      m.parked_at is not null as is_parked, ${lastError('m')} as last_error
    from provider_messages m where m.handled_at is null`,
};

const expiredHolds: Check = {
  holds: 'atRest',
  database: 'catalog',
  faults: `
    select order_id, 'reservation' as work, product_id, quantity, expires_at
    from stock_reservations
    where status = 'held' and expires_at < clock_timestamp() - interval '${SWEEP_SECONDS} seconds'`,
};

export const unfinishedWork: Invariant = {
  number: 12,
  name: 'nothing is left undone, unsent or parked',
  checks: [
    unfinishedCheckouts,
    undecidedOrders,
    unfinishedRefunds,
    unplacedEvents,
    unsentMails,
    undelivered,
    unhandledMessages,
    expiredHolds,
  ],
};
