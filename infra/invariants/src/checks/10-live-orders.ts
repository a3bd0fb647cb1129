import type { Check, Invariant } from '../invariant.ts';

const isLive = `status not in ('cancelled', 'refunded')`;

const ofACartVersion: Check = {
  holds: 'always',
  database: 'orders',
  faults: `
    select cart_id, cart_version, count(*) as orders, (array_agg(order_id order by order_id))[:5] as order_ids
    from orders where ${isLive} group by cart_id, cart_version having count(*) > 1`,
};

// Of a later version as well, while the pieces of the first order are still in the cart.
const ofAnUnconsumedCart: Check = {
  holds: 'always',
  database: 'orders',
  faults: `
    select cart_id, count(*) as orders, (array_agg(order_id order by order_id))[:5] as order_ids
    from orders where ${isLive} and cart_consumed_at is null
    group by cart_id having count(*) > 1 and count(distinct cart_version) > 1`,
};

// Keys are the clients' words: they are not shown.
const ofAKey: Check = {
  holds: 'always',
  database: 'orders',
  faults: `
    select k.user_id, count(*) as orders, (array_agg(o.order_id order by o.order_id))[:5] as order_ids
    from idempotency_keys k join orders o on o.order_id = k.order_id
    where o.${isLive} group by k.user_id, k.idempotency_key having count(*) > 1`,
};

const ofAnotherUser: Check = {
  holds: 'always',
  database: 'orders',
  faults: `
    select k.user_id, o.order_id, o.user_id as user_of_order
    from idempotency_keys k join orders o on o.order_id = k.order_id
    where k.user_id <> o.user_id`,
};

export const liveOrders: Invariant = {
  number: 10,
  name: 'a cart version, and a key of a user, is one live order',
  checks: [ofACartVersion, ofAnUnconsumedCart, ofAKey, ofAnotherUser],
};
