import type { Invariant } from '../invariant.ts';

export const heldStock: Invariant = {
  number: 2,
  name: 'reserved stock is what reservations hold',
  checks: [
    {
      holds: 'always',
      database: 'catalog',
      faults: `
        select p.product_id, p.reserved, coalesce(r.held, 0) as held
        from products p
        left join (
          select product_id, sum(quantity) as held from stock_reservations where status = 'held' group by product_id
        ) r on r.product_id = p.product_id
        where p.reserved <> coalesce(r.held, 0)`,
    },
  ],
};
