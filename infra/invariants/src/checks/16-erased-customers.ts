import type { Check, Invariant, Listing } from '../invariant.ts';

const isFinal = `o.status in ('delivered', 'cancelled', 'refunded')`;
const isNamed = (address: string) =>
  `(${address} ->> 'street' <> '' or ${address} ->> 'city' <> '' or ${address} ->> 'zipCode' <> '')`;

// The checker has its own list of what names people, so that it also finds what a mistaken erasure leaves.
const namedOrders: Check = {
  holds: 'always',
  database: 'orders',
  faults: `
    select o.order_id, 'erased order names somebody' as fault
    from orders o
    where o.erased_at is not null and (
      ${isNamed('o.shipping_address')} or ${isNamed('o.billing_address')}
      or o.payment_method ->> 'brand' is not null or o.payment_method ->> 'last4' is not null
      or o.tracking_info ->> 'trackingNumber' <> '' or o.tracking_info ->> 'url' is not null
      or exists (select from order_timeline t where t.order_id = o.order_id and t.note is not null)
      or exists (select from refunds r where r.order_id = o.order_id and r.reason is not null)
      or exists (select from order_events v where v.order_id = o.order_id
        and v.data #>> '{tracking,trackingNumber}' <> ''))`,
};

const forgottenOrders: Check = {
  holds: 'atRest',
  database: 'orders',
  faults: `
    select o.order_id, 'final order of an erased customer' as fault, o.status
    from erased_customers e join orders o on o.user_id = e.user_id
    where o.erased_at is null and ${isFinal}
    union all
    select o.order_id, 'keys of an erased customer', null
    from idempotency_keys k join erased_customers e on e.user_id = k.user_id join orders o on o.order_id = k.order_id
    union all
    select null, 'customer is done with, and has orders left', null
    from erased_customers e
    where e.finished_at is not null
      and exists (select from orders o where o.user_id = e.user_id and o.erased_at is null)`,
};

const untold: Check = {
  holds: 'atRest',
  database: 'users',
  faults: `
    select erasure_id, subgraph, 'has not answered' as fault, attempts from erasure_proofs where proved_at is null`,
};

const namedAccounts: Check = {
  holds: 'always',
  database: 'users',
  faults: `
    select e.erasure_id, e.user_id, 'account is not erased' as fault
    from erasures e join users u on u.user_id = e.user_id
    where u.erased_at is null or u.is_active or u.phone_number is not null
      or u.email not like 'erased-%@erased.invalid' or (u.first_name, u.last_name) <> ('Erased', 'Customer')
      or exists (select from addresses a where a.user_id = u.user_id)
      or exists (select from refresh_families f where f.user_id = u.user_id
        and (f.revoked_at is null or f.device is not null or f.address is not null))
    union all
    select null, u.user_id, 'account is erased without a record'
    from users u where u.erased_at is not null and not exists (select from erasures e where e.user_id = u.user_id)`,
};

/** Those of whom a subgraph says that it erased them: read before it is asked. */
const erasedIn = (subgraph: string): Listing => ({
  database: 'users',
  rows: `
    select e.user_id as id from erasures e join erasure_proofs p on p.erasure_id = e.erasure_id
    where p.subgraph = '${subgraph}' and p.proved_at is not null and e.user_id > $1 order by e.user_id limit $2`,
});

const leftCarts: Check = {
  holds: 'always',
  batches: erasedIn('cart'),
  database: 'cart',
  faults: `
    select b.id as user_id, 'cart of an erased customer' as fault
    from jsonb_to_recordset($1::text::jsonb) as b (id varchar)
    where exists (select from carts c where c.user_id = b.id)
      or not exists (select from erased_customers e where e.user_id = b.id)`,
};

const unknownToOrders: Check = {
  holds: 'always',
  batches: erasedIn('orders'),
  database: 'orders',
  faults: `
    select b.id as user_id, 'orders does not know of the erasure' as fault
    from jsonb_to_recordset($1::text::jsonb) as b (id varchar)
    where not exists (select from erased_customers e where e.user_id = b.id)`,
};

export const erasedCustomers: Invariant = {
  number: 16,
  name: 'erased customers stand nowhere but where they may',
  checks: [namedOrders, forgottenOrders, untold, namedAccounts, leftCarts, unknownToOrders],
};
