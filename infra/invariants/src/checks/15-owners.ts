import type { Check, Invariant, Listing } from '../invariant.ts';

// Users are never removed: of a deleted account an id stays that leads to nobody.
function ownersAreThere(batches: Listing, idColumn: string): Check {
  return {
    holds: 'always',
    batches,
    database: 'users',
    faults: `
      select b.id as ${idColumn}, b.user_id
      from jsonb_to_recordset($1::text::jsonb) as b (id varchar, user_id varchar)
      where not exists (select from users u where u.user_id = b.user_id)`,
  };
}

const orders: Listing = {
  database: 'orders',
  rows: 'select order_id as id, user_id from orders where order_id > $1 order by order_id limit $2',
};
const carts: Listing = {
  database: 'cart',
  rows: 'select cart_id as id, user_id from carts where cart_id > $1 order by cart_id limit $2',
};

export const owners: Invariant = {
  number: 15,
  name: 'the users of orders and carts exist',
  checks: [ownersAreThere(orders, 'order_id'), ownersAreThere(carts, 'cart_id')],
};
