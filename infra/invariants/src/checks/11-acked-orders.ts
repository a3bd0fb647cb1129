import type { Invariant } from '../invariant.ts';

export const ackedOrders: Invariant = {
  number: 11,
  name: 'orders that clients were told of are there, unchanged',
  checks: [
    {
      // A key may stand for another order a day later. It is the client's word, and not shown.
      holds: 'always',
      batches: 'acked',
      database: 'orders',
      faults: `
        with told as (
          select t.*, row_number() over () as place from jsonb_to_recordset($1::text::jsonb) as t (
            "orderId" varchar, "userId" varchar, total numeric, items jsonb, key varchar)
        ), other_items as (
          select distinct place
          from (
            select t.place, t."orderId" as order_id, line."productId" as product_id, line.quantity, line.price
            from told t
            cross join jsonb_to_recordset(t.items) as line ("productId" varchar, quantity integer, price numeric)
          ) t
          full join (
            select told.place, i.product_id, i.quantity, i.price
            from told join order_items i on i.order_id = told."orderId"
          ) i using (place, product_id)
          where (t.quantity, t.price) is distinct from (i.quantity, i.price)
        )
        select "orderId" as order_id, fault, total, total_now, order_of_key
        from (
          select t."orderId", t.total, o.total_amount as total_now, k.order_id as order_of_key,
            case
              when o.order_id is null then 'missing'
              when o.acknowledged_at is null then 'hidden'
              when o.user_id <> t."userId" then 'another user'
              when o.total_amount <> t.total then 'another total'
              when t.place in (select place from other_items) then 'other items'
              when k.order_id <> o.order_id then 'its key stands for another order'
            end as fault
          from told t
          left join orders o on o.order_id = t."orderId"
          left join idempotency_keys k
            on k.user_id = t."userId" and k.idempotency_key = t.key
            and k.created_at < o.created_at + interval '24 hours'
        ) judged
        where fault is not null`,
    },
  ],
};
