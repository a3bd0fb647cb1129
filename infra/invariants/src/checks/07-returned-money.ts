import type { Invariant } from '../invariant.ts';
import { halfCancelledOrders, undoneOrders } from './cancelled-orders.ts';

// What was paid back in another way than by the provider stays there. By the entries, which have an index by order. A payment without any is invariant 6's.
const faults = `
  select b.id as order_id, p.authorisation_key, p.state, p.amount, p.captured_amount - p.refunded_amount as net
  from jsonb_to_recordset($1::text::jsonb) as b (id varchar, paid_elsewhere numeric)
  cross join lateral (select distinct authorisation_key from entries where order_id = b.id) e
  join payments p on p.authorisation_key = e.authorisation_key
  where p.state = 'authorised' or p.captured_amount - p.refunded_amount <> b.paid_elsewhere`;

export const returnedMoney: Invariant = {
  number: 7,
  name: 'cancelled orders keep no money and no authorisation',
  checks: [
    { holds: 'always', batches: undoneOrders, database: 'payments', faults },
    { holds: 'atRest', batches: halfCancelledOrders, database: 'payments', faults },
  ],
};
