import type { Invariant } from '../invariant.ts';

export const sums: Invariant = {
  number: 9,
  name: 'the sums of orders and receipts add up',
  checks: [
    {
      holds: 'always',
      database: 'orders',
      faults: `
        select o.order_id, 'sums' as fault, o.subtotal, i.subtotal as items, o.tax, o.shipping,
          o.total_amount as total, o.item_count, i.pieces
        from orders o
        left join (
          select order_id, sum(subtotal) as subtotal, sum(quantity) as pieces from order_items group by order_id
        ) i on i.order_id = o.order_id
        where o.total_amount <> o.subtotal + o.tax + o.shipping or i.subtotal is distinct from o.subtotal
          or i.pieces is distinct from o.item_count`,
    },
    {
      holds: 'always',
      database: 'orders',
      faults: `
        select order_id, 'line' as fault, product_id, quantity, price, subtotal
        from order_items where subtotal <> price * quantity`,
    },
    {
      holds: 'always',
      database: 'orders',
      faults: `
        select o.order_id, 'receipt' as fault, o.subtotal, o.tax, o.shipping, due.tax as tax_by_receipt,
          due.shipping as shipping_by_receipt
        from orders o
        cross join lateral (
          select o.subtotal * (o.pricing ->> 'taxRateBasisPoints')::numeric / 10000 as exact_tax
        ) rate
        cross join lateral (
          select case o.pricing ->> 'taxRounding'
              when 'down' then trunc(exact_tax, 2)
              when 'half_up' then round(exact_tax, 2)
              when 'up' then ceil(exact_tax * 100) / 100
            end::numeric(12, 2) as tax,
            ((o.pricing ->> 'shippingFlatCents')::numeric / 100)::numeric(12, 2) as shipping
        ) due
        where o.pricing is not null
          and (due.tax is distinct from o.tax or due.shipping is distinct from o.shipping)`,
    },
  ],
};
