import type { Listing } from '../invariant.ts';

function cancelledOrders(condition: string): Listing {
  return {
    database: 'orders',
    rows: `
      select o.order_id as id, (
        select coalesce(sum(r.amount), 0) from refunds r
        where r.order_id = o.order_id and r.paid_elsewhere_by is not null) as paid_elsewhere
      from orders o
      left join checkouts c on c.order_id = o.order_id
      where o.order_id > $1 and o.status = 'cancelled' and ${condition}
      order by o.order_id limit $2`,
  };
}

/** A refund that was under way when the order was cancelled goes its own way. */
const isRefunding = `exists (
  select from refunds r where r.order_id = o.order_id and r.state not in ('done', 'refused'))`;

/** Cancelled orders of which all says that money and stock are back: nothing can take any of it again. */
export const undoneOrders: Listing = cancelledOrders(`c.state = 'failed' and not ${isRefunding}`);

/** All other cancelled orders: of those, something may still be on its way back. */
export const halfCancelledOrders: Listing = cancelledOrders(
  `(c.state is distinct from 'failed' or ${isRefunding})`,
);
