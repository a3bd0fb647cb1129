import type { Invariant } from '../invariant.ts';
import { halfCancelledOrders, undoneOrders } from './cancelled-orders.ts';

const faults = `
  select r.order_id, r.product_id, r.status, r.quantity - r.returned_quantity as pieces
  from jsonb_to_recordset($1::text::jsonb) as b (id varchar)
  join stock_reservations r on r.order_id = b.id
  where r.status <> 'released'`;

export const cancelledStock: Invariant = {
  number: 5,
  name: 'cancelled orders neither hold nor keep stock',
  checks: [
    { holds: 'always', batches: undoneOrders, database: 'catalog', faults },
    { holds: 'atRest', batches: halfCancelledOrders, database: 'catalog', faults },
  ],
};
