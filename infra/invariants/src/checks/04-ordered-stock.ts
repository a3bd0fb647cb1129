import type { Check, Invariant, Listing } from '../invariant.ts';

// Pieces that go back after a refund are in the stock once the refund is done. While it is between money and stock, also
// for a second time because its money came back, they may be in it or not.
const orderedLines: Listing = {
  database: 'orders',
  rows: `
    select o.order_id as id, i.product_id, i.quantity,
      case when back.is_under_way then null else coalesce(back.quantity, 0) end as returned
    from (
      select order_id from orders
      where order_id > $1 and status in ('confirmed', 'processing', 'shipped', 'delivered', 'refunded')
      order by order_id limit $2
    ) o
    left join order_items i on i.order_id = o.order_id
    left join lateral (
      select sum(line.quantity) filter (where r.state = 'done') as quantity,
        bool_or(r.state = 'refunded' or r.state = 'requested' and r.is_owed) as is_under_way
      from refunds r
      cross join jsonb_to_recordset(r.restock) as line ("productId" varchar, quantity integer)
      where r.order_id = o.order_id and line."productId" = i.product_id
    ) back on true`,
};

const piecesSetAside: Check = {
  holds: 'always',
  database: 'orders',
  faults: `
    select i.order_id, i.product_id, i.restocked_quantity as set_aside, coalesce(back.quantity, 0) as refunds
    from order_items i
    left join (
      select r.order_id, line."productId" as product_id, sum(line.quantity) as quantity
      from refunds r cross join jsonb_to_recordset(r.restock) as line ("productId" varchar, quantity integer)
      where r.state <> 'refused' group by 1, 2
    ) back on back.order_id = i.order_id and back.product_id = i.product_id
    where i.restocked_quantity <> least(coalesce(back.quantity, 0), i.quantity)`,
};

export const orderedStock: Invariant = {
  number: 4,
  name: 'paid orders took from the stock what was ordered',
  checks: [
    {
      holds: 'atRest',
      batches: orderedLines,
      database: 'catalog',
      faults: `
        with ordered as (
          select * from jsonb_to_recordset($1::text::jsonb) as o (
            id varchar, product_id varchar, quantity integer, returned integer)
        ), taken as (
          select order_id, product_id, quantity, returned_quantity from stock_reservations
          where status = 'committed' and order_id in (select id from ordered)
        )
        select coalesce(o.id, t.order_id) as order_id, coalesce(o.product_id, t.product_id) as product_id,
          o.quantity as ordered, t.quantity as taken, o.returned as returned_by_refunds, t.returned_quantity as returned
        from (select * from ordered where product_id is not null) o
        full join taken t on t.order_id = o.id and t.product_id = o.product_id
        where o.quantity is distinct from t.quantity or o.returned <> t.returned_quantity`,
    },
    {
      // An order is written before anything is reserved for it, and is never removed.
      holds: 'always',
      batches: {
        database: 'catalog',
        rows: `
          select order_id as id, sum(quantity) filter (where status = 'committed') as taken,
            sum(quantity) filter (where status = 'held') as held
          from stock_reservations where order_id > $1 group by order_id order by order_id limit $2`,
      },
      database: 'orders',
      faults: `
        select b.id as order_id, 'no such order' as fault, b.taken, b.held
        from jsonb_to_recordset($1::text::jsonb) as b (id varchar, taken integer, held integer)
        where not exists (select from orders o where o.order_id = b.id)`,
    },
    piecesSetAside,
  ],
};
