-- Room on the page for the next version of a row: changes of stock then touch no index.
alter table products set (fillfactor = 85);
--> statement-breakpoint
-- The ledger begins with the product, whoever writes it.
create function record_initial_stock() returns trigger language plpgsql as $$
begin
  insert into stock_movements (movement_id, product_id, kind, on_hand_delta, reserved_delta, on_hand_after,
                               reserved_after)
  values ('mov_' || replace(gen_random_uuid()::text, '-', ''), new.product_id, 'initial', new.on_hand,
          new.reserved, new.on_hand, new.reserved);
  return null;
end $$;
--> statement-breakpoint
create trigger products_initial_movement after insert on products
for each row execute function record_initial_stock();
--> statement-breakpoint
-- Everybody who changes stock locks in one order: the order's number, its reservations, then the products
-- by id. Nobody can then wait for somebody who waits for him.
create function lock_order_stock(p_order_id text) returns void language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtextextended(p_order_id, 7246));
  perform 1 from stock_reservations r where r.order_id = p_order_id order by r.product_id for update;
end $$;
--> statement-breakpoint
-- Changes stock and writes the ledger; the caller has locked the products.
-- @param p_changes [{ productId, onHandDelta, reservedDelta }], product ids unique
create function move_stock(p_kind text, p_order_id text, p_note text, p_changes jsonb)
returns setof stock_movements language sql as $$
  with changed as (
    update products p
    set on_hand = p.on_hand + c."onHandDelta", reserved = p.reserved + c."reservedDelta"
    from jsonb_to_recordset(p_changes) as c ("productId" varchar, "onHandDelta" integer, "reservedDelta" integer)
    where p.product_id = c."productId"
    returning p.product_id, c."onHandDelta" as on_hand_delta, c."reservedDelta" as reserved_delta,
              p.on_hand, p.reserved
  )
  insert into stock_movements (movement_id, product_id, kind, on_hand_delta, reserved_delta, on_hand_after,
                               reserved_after, order_id, note)
  select 'mov_' || replace(gen_random_uuid()::text, '-', ''), c.product_id, p_kind, c.on_hand_delta,
         c.reserved_delta, c.on_hand, c.reserved, p_order_id, p_note
  from changed c
  returning *
$$;
--> statement-breakpoint
-- What a reservation answers without holding anything; null where there are pieces to hold.
create function standing_reservation(p_order_id text, p_lines jsonb) returns jsonb language plpgsql as $$
declare
  v_expires_at timestamptz(3);
begin
  if exists (select 1 from stock_releases r where r.order_id = p_order_id) then
    return jsonb_build_object('outcome', 'refused');
  end if;
  if not exists (select 1 from stock_reservations r where r.order_id = p_order_id) then
    return null;
  end if;
  if exists (
    select 1
    from (select r.product_id, r.quantity from stock_reservations r where r.order_id = p_order_id) r
    full join jsonb_to_recordset(p_lines) as l ("productId" varchar, quantity integer)
      on l."productId" = r.product_id
    where l.quantity is distinct from r.quantity
  ) then
    return jsonb_build_object('outcome', 'other_lines');
  end if;
  if exists (select 1 from stock_reservations r where r.order_id = p_order_id and r.status = 'committed') then
    return jsonb_build_object('outcome', 'committed');
  end if;
  select min(r.expires_at) into v_expires_at from stock_reservations r
  where r.order_id = p_order_id having bool_and(r.status = 'held') and min(r.expires_at) > clock_timestamp();
  if v_expires_at is null then
    return null;
  end if;
  return jsonb_build_object('outcome', 'held', 'expiresAt', v_expires_at);
end $$;
--> statement-breakpoint
-- Locks the products of lines that need pieces, in the order of their ids.
-- @returns null where all can be had, else the first fault: { outcome, productId, requested, available }
create function lock_stock_lines(p_lines jsonb, p_only_active boolean) returns jsonb language plpgsql as $$
declare
  v_fault jsonb;
begin
  perform 1 from products p
  where p.product_id in (select l ->> 'productId' from jsonb_array_elements(p_lines) l)
  order by p.product_id for no key update;
  -- A statement of its own: it sees what those wrote for whom the lock had to wait.
  select jsonb_build_object('outcome', f.outcome, 'productId', f.product_id, 'requested', f.quantity,
                            'available', f.inventory)
  into v_fault
  from (
    select l."productId" as product_id, l.quantity, coalesce(p.inventory, 0) as inventory,
           case when p.product_id is null then 'unknown'
                when not p.is_active and p_only_active then 'inactive'
                when p.inventory < l.quantity then 'short' end as outcome
    from jsonb_to_recordset(p_lines) as l ("productId" varchar, quantity integer)
    left join products p on p.product_id = l."productId"
  ) f
  where f.outcome is not null
  order by array_position(array['unknown', 'inactive', 'short'], f.outcome), f.product_id
  limit 1;
  return v_fault;
end $$;
--> statement-breakpoint
-- Holds all lines or none for an order. The same lines again: what is held stays, what had expired is held anew.
-- @param p_lines [{ productId, quantity }], product ids unique
-- @returns { outcome: held, expiresAt } | { outcome: committed | refused | other_lines }
--          | { outcome: unknown | inactive | short, productId, requested, available }
create function reserve_stock(p_order_id text, p_lines jsonb, p_hold interval) returns jsonb
language plpgsql as $$
declare
  v_answer jsonb;
  v_lines jsonb;
  v_expires_at timestamptz(3);
begin
  perform lock_order_stock(p_order_id);
  v_answer := standing_reservation(p_order_id, p_lines);
  if v_answer is not null then
    return v_answer;
  end if;
  -- Lines that are held still need no more pieces.
  select coalesce(jsonb_agg(l), '[]') into v_lines from jsonb_array_elements(p_lines) l
  where not exists (
    select 1 from stock_reservations r
    where r.order_id = p_order_id and r.product_id = l ->> 'productId' and r.status = 'held'
  );
  v_answer := lock_stock_lines(v_lines, true);
  if v_answer is not null then
    return v_answer;
  end if;
  perform move_stock('reservation', p_order_id, null, (
    select jsonb_agg(jsonb_build_object(
      'productId', l -> 'productId', 'onHandDelta', 0, 'reservedDelta', l -> 'quantity'))
    from jsonb_array_elements(v_lines) l
  ));
  v_expires_at := clock_timestamp() + p_hold;
  insert into stock_reservations (order_id, product_id, quantity, status, expires_at)
  select p_order_id, l."productId", l.quantity, 'held', v_expires_at
  from jsonb_to_recordset(p_lines) as l ("productId" varchar, quantity integer)
  on conflict (order_id, product_id) do update
  set status = 'held', expires_at = excluded.expires_at, updated_at = clock_timestamp();
  return jsonb_build_object('outcome', 'held', 'expiresAt', v_expires_at);
end $$;
--> statement-breakpoint
-- Takes an order's pieces out of the stock. A hold that has expired is taken anew.
-- @returns { outcome: committed | refused | unknown } | { outcome: short, productId, requested, available }
create function commit_stock(p_order_id text) returns jsonb language plpgsql as $$
declare
  v_fault jsonb;
begin
  perform lock_order_stock(p_order_id);
  if exists (select 1 from stock_releases r where r.order_id = p_order_id) then
    return jsonb_build_object('outcome', 'refused');
  end if;
  if not exists (select 1 from stock_reservations r where r.order_id = p_order_id) then
    return jsonb_build_object('outcome', 'unknown');
  end if;
  perform 1 from products p join stock_reservations r on r.product_id = p.product_id
  where r.order_id = p_order_id and r.status <> 'committed'
  order by p.product_id for no key update of p;
  select lock_stock_lines(coalesce(jsonb_agg(
    jsonb_build_object('productId', r.product_id, 'quantity', r.quantity)), '[]'), false)
  into v_fault from stock_reservations r where r.order_id = p_order_id and r.status = 'released';
  if v_fault is not null then
    return v_fault;
  end if;
  perform move_stock('commitment', p_order_id, null, (
    select jsonb_agg(jsonb_build_object(
      'productId', r.product_id, 'onHandDelta', -r.quantity,
      'reservedDelta', case when r.status = 'held' then -r.quantity else 0 end))
    from stock_reservations r where r.order_id = p_order_id and r.status <> 'committed'
  ));
  update stock_reservations r set status = 'committed', updated_at = clock_timestamp()
  where r.order_id = p_order_id and r.status <> 'committed';
  return jsonb_build_object('outcome', 'committed');
end $$;
--> statement-breakpoint
-- Gives up an order's holds, or returns what was committed, and refuses what the order may still ask for.
create function release_stock(p_order_id text) returns void language plpgsql as $$
begin
  perform lock_order_stock(p_order_id);
  insert into stock_releases (order_id) values (p_order_id) on conflict do nothing;
  perform 1 from products p join stock_reservations r on r.product_id = p.product_id
  where r.order_id = p_order_id and r.status <> 'released'
  order by p.product_id for no key update of p;
  perform move_stock('release', p_order_id, null, (
    select jsonb_agg(jsonb_build_object(
      'productId', r.product_id, 'onHandDelta', 0, 'reservedDelta', -r.quantity))
    from stock_reservations r where r.order_id = p_order_id and r.status = 'held'
  ));
  perform move_stock('return', p_order_id, null, (
    select jsonb_agg(jsonb_build_object(
      'productId', r.product_id, 'onHandDelta', r.quantity, 'reservedDelta', 0))
    from stock_reservations r where r.order_id = p_order_id and r.status = 'committed'
  ));
  update stock_reservations r set status = 'released', updated_at = clock_timestamp()
  where r.order_id = p_order_id and r.status <> 'released';
end $$;
--> statement-breakpoint
-- Sets a product's pieces on hand, or changes them by a delta where no figure is given.
-- @returns { outcome: unknown | unchanged | too_many } | { outcome: short, requested, available }
--          | { outcome: adjusted, movement }
create function adjust_stock(p_product_id text, p_on_hand integer, p_delta integer, p_max integer, p_note text)
returns jsonb language plpgsql as $$
declare
  v_on_hand integer;
  v_reserved integer;
  v_target integer;
  v_movement stock_movements%rowtype;
begin
  select p.on_hand, p.reserved into v_on_hand, v_reserved from products p
  where p.product_id = p_product_id for no key update;
  if not found then
    return jsonb_build_object('outcome', 'unknown');
  end if;
  v_target := coalesce(p_on_hand, v_on_hand + p_delta);
  if v_target = v_on_hand then
    return jsonb_build_object('outcome', 'unchanged');
  end if;
  if v_target > greatest(p_max, v_on_hand) then
    return jsonb_build_object('outcome', 'too_many');
  end if;
  if v_target < v_reserved then
    return jsonb_build_object('outcome', 'short', 'requested', v_on_hand - v_target,
                              'available', v_on_hand - v_reserved);
  end if;
  select * into v_movement from move_stock('adjustment', null, p_note, jsonb_build_array(jsonb_build_object(
    'productId', p_product_id, 'onHandDelta', v_target - v_on_hand, 'reservedDelta', 0)));
  return jsonb_build_object('outcome', 'adjusted', 'movement', to_jsonb(v_movement));
end $$;
--> statement-breakpoint
-- Releases holds that are past their time. It waits for nobody: what somebody else has locked is skipped, so
-- that no reservation waits for a sweep that waits for another. Each product is written once, however many of
-- its holds end: Postgres checks the foreign keys of a row that a transaction writes twice, which locks its category.
-- @returns { released, skipped }
create function expire_stock(p_limit integer) returns jsonb language plpgsql as $$
declare
  v_due jsonb;
  v_free varchar[];
  v_released integer;
begin
  select coalesce(jsonb_agg(to_jsonb(d)), '[]') into v_due
  from (
    select r.order_id, r.product_id from stock_reservations r
    where r.status = 'held' and r.expires_at <= clock_timestamp()
    order by r.expires_at, r.order_id, r.product_id
    limit p_limit for update skip locked
  ) d;
  select array_agg(f.product_id) into v_free
  from (
    select p.product_id from products p
    where p.product_id in (select d ->> 'product_id' from jsonb_array_elements(v_due) d)
    for no key update skip locked
  ) f;
  with released as (
    update stock_reservations r set status = 'released', updated_at = clock_timestamp()
    from jsonb_to_recordset(v_due) as d (order_id varchar, product_id varchar)
    where r.order_id = d.order_id and r.product_id = d.product_id and r.product_id = any (v_free)
    returning r.order_id, r.product_id, r.quantity
  ), changed as (
    update products p set reserved = p.reserved - t.quantity
    from (select r.product_id, sum(r.quantity) as quantity from released r group by r.product_id) t
    where p.product_id = t.product_id
    returning p.product_id, p.on_hand, p.reserved
  )
  insert into stock_movements (movement_id, product_id, kind, on_hand_delta, reserved_delta, on_hand_after,
                               reserved_after, order_id)
  select 'mov_' || replace(gen_random_uuid()::text, '-', ''), r.product_id, 'release', 0, -r.quantity, c.on_hand,
         c.reserved + coalesce(sum(r.quantity) over later, 0), r.order_id
  from released r join changed c on c.product_id = r.product_id
  window later as (
    partition by r.product_id order by r.order_id rows between 1 following and unbounded following)
  order by r.product_id, r.order_id;
  get diagnostics v_released = row_count;
  return jsonb_build_object('released', v_released, 'skipped', jsonb_array_length(v_due) - v_released);
end $$;
