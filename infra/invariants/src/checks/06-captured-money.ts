import type { Check, Invariant } from '../invariant.ts';

const ledgerAddsUp: Check = {
  holds: 'always',
  database: 'payments',
  faults: `
    select p.authorisation_key, p.order_id, p.captured_amount, e.captured as captured_by_entries, e.captures,
      p.refunded_amount, e.refunded as refunded_by_entries
    from payments p
    left join (
      select authorisation_key,
        coalesce(sum(amount) filter (where kind = 'capture' and outcome = 'approved'), 0) as captured,
        count(*) filter (where kind = 'capture' and outcome = 'approved') as captures,
        coalesce(sum(amount) filter (where kind = 'refund' and outcome = 'approved'), 0) as refunded
      from entries group by authorisation_key
    ) e on e.authorisation_key = p.authorisation_key
    where e.authorisation_key is null or p.captured_amount <> e.captured or p.refunded_amount <> e.refunded`,
};

const capturedOnce: Check = {
  holds: 'always',
  database: 'payments',
  faults: `
    select order_id, count(*) as captures, sum(amount) as captured
    from entries where kind = 'capture' and outcome = 'approved' group by order_id having count(*) > 1`,
};

// A capture is never taken back: whoever sees the order paid sees it in the ledger. Two of them are the check's above.
const capturedInFull: Check = {
  holds: 'always',
  batches: {
    database: 'orders',
    rows: `
      select order_id as id, status, total_amount as total from orders
      where order_id > $1 and status in ('confirmed', 'processing', 'shipped', 'delivered', 'refunded')
      order by order_id limit $2`,
  },
  database: 'payments',
  faults: `
    select b.id as order_id, b.status, b.total, e.captures, e.captured
    from jsonb_to_recordset($1::text::jsonb) as b (id varchar, status varchar, total numeric)
    cross join lateral (
      select count(*) as captures, coalesce(sum(amount), 0) as captured from entries
      where order_id = b.id and kind = 'capture' and outcome = 'approved'
    ) e
    where e.captures <= 1 and e.captured <> b.total`,
};

// What is refunded before there were refunds of parts was so in whole. While a refund is requested, its money may
// be back or not.
const refundedAsWritten: Check = {
  holds: 'atRest',
  batches: {
    database: 'orders',
    rows: `
      select o.order_id as id, o.status, o.total_amount as total,
        case when o.status = 'refunded' then o.total_amount - r.elsewhere else r.by_provider end as refunded
      from orders o
      cross join lateral (
        select coalesce(sum(amount) filter (where paid_elsewhere_by is null), 0) as by_provider,
          coalesce(sum(amount) filter (where paid_elsewhere_by is not null), 0) as elsewhere
        from refunds where order_id = o.order_id and state in ('refunded', 'done')
      ) r
      where o.order_id > $1 and o.status in ('confirmed', 'processing', 'shipped', 'delivered', 'refunded')
        and not exists (select from refunds r where r.order_id = o.order_id and r.state = 'requested')
      order by o.order_id limit $2`,
  },
  database: 'payments',
  faults: `
    select b.id as order_id, b.status, b.total, b.refunded as refunded_by_order, e.refunded
    from jsonb_to_recordset($1::text::jsonb) as b (id varchar, status varchar, total numeric, refunded numeric)
    cross join lateral (
      select coalesce(sum(amount), 0) as refunded from entries
      where order_id = b.id and kind = 'refund' and outcome = 'approved'
    ) e
    where e.refunded <> b.refunded`,
};

const setAside: Check = {
  holds: 'always',
  database: 'orders',
  faults: `
    select o.order_id, o.status, o.refunded_amount, coalesce(r.amount, 0) as refunds
    from orders o
    left join (
      select order_id, sum(amount) as amount from refunds where state <> 'refused' group by order_id
    ) r on r.order_id = o.order_id
    where o.refunded_amount <> coalesce(r.amount, 0) and not (o.status = 'refunded' and r.order_id is null)`,
};

export const capturedMoney: Invariant = {
  number: 6,
  name: 'paid orders kept their total less refunds, captured once',
  checks: [ledgerAddsUp, capturedOnce, capturedInFull, refundedAsWritten, setAside],
};
