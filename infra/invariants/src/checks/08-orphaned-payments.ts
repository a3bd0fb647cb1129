import type { Invariant } from '../invariant.ts';

export const orphanedPayments: Invariant = {
  number: 8,
  name: 'every payment has its order',
  checks: [
    {
      // An order is written before its payment is asked for, or barred by a void that came first.
      holds: 'always',
      batches: {
        database: 'payments',
        rows: `
          select authorisation_key as id, order_id, state, amount, captured_amount - refunded_amount as net
          from payments where authorisation_key > $1 order by authorisation_key limit $2`,
      },
      database: 'orders',
      faults: `
        select b.id as authorisation_key, b.order_id, b.state, b.amount, b.net
        from jsonb_to_recordset($1::text::jsonb) as b (
          id varchar, order_id varchar, state varchar, amount numeric, net numeric)
        where not exists (select from orders o where o.order_id = b.order_id)`,
    },
  ],
};
