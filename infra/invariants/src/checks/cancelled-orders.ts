import type { Listing } from '../invariant.ts';

function cancelledOrders(condition: string): Listing {
  return {
    database: 'orders',
    rows: `
      select o.order_id as id from orders o
      left join checkouts c on c.order_id = o.order_id
      where o.order_id > $1 and o.status = 'cancelled' and ${condition}
      order by o.order_id limit $2`,
  };
}

/** Cancelled orders whose checkout says that money and stock are back: nothing can take any of it again. */
export const undoneOrders: Listing = cancelledOrders(`c.state = 'failed'`);

/** All other cancelled orders: of those, something may still be on its way back. */
export const halfCancelledOrders: Listing = cancelledOrders(`c.state is distinct from 'failed'`);
