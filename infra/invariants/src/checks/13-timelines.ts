import type { Check, Invariant } from '../invariant.ts';

// As orders' order-status.ts and event-record.ts have them: the checker has its own copy, so that it also finds what a
// mistaken change there allows.
const statuses = `array['pending', 'confirmed', 'processing', 'shipped', 'delivered', 'cancelled', 'refunded']::varchar[]`;
const transitions = `
  ('pending', 'confirmed'), ('pending', 'cancelled'), ('confirmed', 'processing'), ('confirmed', 'shipped'),
  ('confirmed', 'cancelled'), ('processing', 'shipped'), ('processing', 'cancelled'), ('shipped', 'delivered'),
  ('shipped', 'refunded'), ('delivered', 'refunded')`;
const mailedEvents = `
  (values ('confirmation', 'order.confirmed'), ('shipped', 'order.shipped'), ('cancelled', 'order.cancelled'))
    as mailed (kind, type)`;

/** The oldest event that is kept. What happened before may have been forgotten, or is older than events. */
const horizon = `
  horizon as (
    select created_at, coalesce(position, 1) = 1 as is_first from order_events order by position, sequence limit 1
  )`;
const isBehindHorizon = (time: string) =>
  `(${time} > horizon.created_at or (horizon.is_first and ${time} = horizon.created_at))`;

const legalTimeline: Check = {
  holds: 'always',
  database: 'orders',
  faults: `
    select order_id, 'timeline' as fault, before, before_at, status, created_at
    from (
      select order_id, status, created_at, lag(status) over path as before, lag(created_at) over path as before_at
      from order_timeline
      window path as (partition by order_id order by array_position(${statuses}, status))
    ) step
    where before_at > created_at
      or case when before is null then status <> 'pending' else (before, status) not in (${transitions}) end`,
};

const statusIsLast: Check = {
  holds: 'always',
  database: 'orders',
  faults: `
    select o.order_id, 'status' as fault, o.status, last.status as last_in_timeline
    from orders o
    left join lateral (
      select t.status from order_timeline t where t.order_id = o.order_id
      order by array_position(${statuses}, t.status) desc limit 1
    ) last on true
    where last.status is distinct from o.status`,
};

// Nobody is told of an order that was never shown.
const missingEvents: Check = {
  holds: 'always',
  database: 'orders',
  faults: `
    with ${horizon}, due as (
      select o.order_id, 'order.created' as type, o.acknowledged_at as at
      from orders o where o.acknowledged_at is not null
      union all
      select t.order_id, 'order.' || t.status, t.created_at
      from order_timeline t join orders o on o.order_id = t.order_id
      where t.status <> 'pending' and o.acknowledged_at is not null
    )
    select due.order_id, 'no event' as fault, due.type from due, horizon
    where ${isBehindHorizon('due.at')}
      and not exists (select from order_events v where v.order_id = due.order_id and v.type = due.type)
    union all
    select r.order_id, 'no event', 'refund.succeeded' from refunds r, horizon
    where r.state in ('refunded', 'done') and ${isBehindHorizon('r.refunded_at')} and not exists (
      select from order_events v where v.order_id = r.order_id and v.type = 'refund.succeeded'
        and v.created_at >= r.refunded_at and v.data #>> '{refund,refundId}' = r.refund_id)`,
};

const unfoundedEvents: Check = {
  holds: 'always',
  database: 'orders',
  faults: `
    select v.order_id, 'event of nothing' as fault, v.type, count(*) as events
    from order_events v
    where v.type not in ('order.created', 'refund.succeeded', 'refund.failed') and not exists (
      select from order_timeline t where t.order_id = v.order_id and v.type = 'order.' || t.status)
    group by v.order_id, v.type
    union all
    select order_id, 'event twice', type, count(*)
    from order_events where type not in ('refund.succeeded', 'refund.failed')
    group by order_id, type having count(*) > 1
    union all
    -- What failed may succeed once more.
    select order_id, 'event twice', 'refund.succeeded', count(*)
    from order_events where type in ('refund.succeeded', 'refund.failed')
    group by order_id, data #>> '{refund,refundId}'
    having count(*) filter (where type = 'refund.succeeded') > count(*) filter (where type = 'refund.failed') + 1`,
};

// An event gets its place together with its mail. Whether that was sent is invariant 12's. Nobody is left to be told of
// orders of erased customers.
const missingMails: Check = {
  holds: 'always',
  database: 'orders',
  faults: `
    select v.order_id, 'no mail' as fault, mailed.kind
    from order_events v join ${mailedEvents} on mailed.type = v.type
    where v.position is not null
      and not exists (select from orders o join erased_customers e on e.user_id = o.user_id where o.order_id = v.order_id)
      and not exists (select from order_mails m where m.order_id = v.order_id and m.kind = mailed.kind)`,
};

// Events are forgotten, mails and timelines are not.
const unfoundedMails: Check = {
  holds: 'always',
  database: 'orders',
  faults: `
    select m.order_id, 'mail of nothing' as fault, m.kind, count(*) as mails
    from order_mails m
    left join ${mailedEvents} on mailed.kind = m.kind
    where not exists (
      select from order_timeline t join orders o on o.order_id = t.order_id
      where t.order_id = m.order_id and mailed.type = 'order.' || t.status and o.acknowledged_at is not null)
    group by m.order_id, m.kind
    union all
    select order_id, 'mail twice', kind, count(*) from order_mails group by order_id, kind having count(*) > 1`,
};

export const timelines: Invariant = {
  number: 13,
  name: 'timelines are legal, each step with its event and its mail once',
  checks: [legalTimeline, statusIsLast, missingEvents, unfoundedEvents, missingMails, unfoundedMails],
};
