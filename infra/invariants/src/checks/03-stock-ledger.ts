import type { Invariant } from '../invariant.ts';

export const stockLedger: Invariant = {
  number: 3,
  name: 'stock is what its ledger adds up to',
  checks: [
    {
      holds: 'always',
      database: 'catalog',
      faults: `
        select p.product_id, p.on_hand, coalesce(m.on_hand, 0) as ledger
        from products p
        left join (
          select product_id, sum(on_hand_delta) as on_hand from stock_movements group by product_id
        ) m on m.product_id = p.product_id
        where p.on_hand <> coalesce(m.on_hand, 0)`,
    },
    {
      // Pieces that were taken for an order and neither stand in its reservation nor came back are lost, while the
      // sums above agree. A reservation that is forgotten was released before.
      holds: 'always',
      database: 'catalog',
      faults: `
        select order_id, product_id, coalesce(m.moved, 0) as moved, coalesce(r.moved, 0) as moved_by_reservation,
          coalesce(m.held, 0) as held, coalesce(r.held, 0) as held_by_reservation
        from (
          select order_id, product_id, sum(on_hand_delta) as moved, sum(reserved_delta) as held
          from stock_movements where order_id is not null group by order_id, product_id
        ) m full join (
          select order_id, product_id,
            case when status = 'committed' then returned_quantity - quantity else 0 end as moved,
            case when status = 'held' then quantity else 0 end as held
          from stock_reservations
        ) r using (order_id, product_id)
        where coalesce(m.moved, 0) <> coalesce(r.moved, 0) or coalesce(m.held, 0) <> coalesce(r.held, 0)`,
    },
  ],
};
