import type { Check, Invariant } from '../invariant.ts';

/** The cart service forgets after 30 days which orders were taken out of their carts. */
const KEPT_DAYS = 29;

// Who is known to be out of a cart is recorded there before. A cart that has no row holds nothing, whatever its
// order says: those of the demonstration orders.
const recorded: Check = {
  holds: 'always',
  batches: {
    database: 'orders',
    rows: `
      select order_id as id, cart_id from orders
      where order_id > $1 and cart_consumed_at > now() - interval '${KEPT_DAYS} days'
      order by order_id limit $2`,
  },
  database: 'cart',
  faults: `
    select b.id as order_id, b.cart_id, 'consumption is not recorded' as fault
    from jsonb_to_recordset($1::text::jsonb) as b (id varchar, cart_id varchar)
    join carts c on c.cart_id = b.cart_id
    where not exists (select from cart_consumptions k where k.order_id = b.id)`,
};

// Every change of lines makes a new version. Taking an order's lines out of the ordered version makes the next one;
// out of a later version, also one more. A cart that is not further than that holds none of them: what was added
// since would have made yet another version.
const emptied: Check = {
  holds: 'always',
  batches: {
    database: 'orders',
    rows: `
      select o.order_id as id, o.cart_id, i.product_id
      from (
        select order_id, cart_id from orders
        where order_id > $1 and cart_consumed_at is not null order by order_id limit $2
      ) o left join order_items i on i.order_id = o.order_id`,
  },
  database: 'cart',
  faults: `
    select b.id as order_id, b.cart_id, 'still holds what was ordered' as fault, c.version,
      k.version as ordered_version, i.product_id, i.quantity
    from jsonb_to_recordset($1::text::jsonb) as b (id varchar, cart_id varchar, product_id varchar)
    join cart_consumptions k on k.order_id = b.id
    join carts c on c.cart_id = b.cart_id and c.version <= k.version + 1
    join cart_items i on i.cart_id = c.cart_id and i.product_id = b.product_id`,
};

const orphaned: Check = {
  holds: 'always',
  batches: {
    database: 'cart',
    rows: `
      select order_id as id, cart_id, version from cart_consumptions
      where order_id > $1 order by order_id limit $2`,
  },
  database: 'orders',
  faults: `
    select b.id as order_id, b.cart_id, 'consumed for another order' as fault, b.version,
      o.cart_version as ordered_version
    from jsonb_to_recordset($1::text::jsonb) as b (id varchar, cart_id varchar, version integer)
    left join orders o on o.order_id = b.id
    where (o.cart_id, o.cart_version) is distinct from (b.cart_id, b.version)`,
};

export const consumedCarts: Invariant = {
  number: 14,
  name: 'what was ordered is out of its cart',
  checks: [recorded, emptied, orphaned],
};
