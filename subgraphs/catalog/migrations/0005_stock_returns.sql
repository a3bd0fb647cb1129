CREATE TABLE "stock_returns" (
	"order_id" varchar(50) NOT NULL,
	"restock_id" varchar(50) NOT NULL,
	"product_id" varchar(50) NOT NULL,
	"quantity" integer NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "stock_returns_order_id_restock_id_product_id_pk" PRIMARY KEY("order_id","restock_id","product_id"),
	CONSTRAINT "stock_returns_quantity" CHECK ("stock_returns"."quantity" between 1 and 999)
);
--> statement-breakpoint
ALTER TABLE "stock_reservations" ADD COLUMN "returned_quantity" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "stock_returns" ADD CONSTRAINT "stock_returns_reservation" FOREIGN KEY ("order_id","product_id") REFERENCES "public"."stock_reservations"("order_id","product_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "stock_releases_age" ON "stock_releases" USING btree ("released_at");--> statement-breakpoint
ALTER TABLE "stock_reservations" ADD CONSTRAINT "stock_reservations_returned" CHECK ("stock_reservations"."returned_quantity" between 0 and "stock_reservations"."quantity" and ("stock_reservations"."returned_quantity" = 0 or "stock_reservations"."status" <> 'held'));--> statement-breakpoint
-- As before, less what came back after refunds.
create or replace function release_stock(p_order_id text) returns void language plpgsql as $$
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
      'productId', r.product_id, 'onHandDelta', r.quantity - r.returned_quantity, 'reservedDelta', 0))
    from stock_reservations r
    where r.order_id = p_order_id and r.status = 'committed' and r.returned_quantity < r.quantity
  ));
  update stock_reservations r set status = 'released', updated_at = clock_timestamp()
  where r.order_id = p_order_id and r.status <> 'released';
end $$;
--> statement-breakpoint
-- Puts pieces of a committed order back into the stock, once a restock id. An order that was released has
-- nothing left to give back.
-- @param p_lines [{ productId, quantity }], product ids unique
-- @returns { outcome: returned | released | unknown | other_lines }
--          | { outcome: too_many, productId, requested, available }
create function restock_order(p_order_id text, p_restock_id text, p_lines jsonb) returns jsonb
language plpgsql as $$
declare
  v_fault jsonb;
begin
  perform lock_order_stock(p_order_id);
  if exists (select 1 from stock_releases r where r.order_id = p_order_id) then
    return jsonb_build_object('outcome', 'released');
  end if;
  if exists (select 1 from stock_returns t where t.order_id = p_order_id and t.restock_id = p_restock_id) then
    return jsonb_build_object('outcome', case when exists (
      select 1
      from (select t.product_id, t.quantity from stock_returns t
            where t.order_id = p_order_id and t.restock_id = p_restock_id) t
      full join jsonb_to_recordset(p_lines) as l ("productId" varchar, quantity integer)
        on l."productId" = t.product_id
      where l.quantity is distinct from t.quantity
    ) then 'other_lines' else 'returned' end);
  end if;
  if not exists (select 1 from stock_reservations r where r.order_id = p_order_id and r.status = 'committed') then
    return jsonb_build_object('outcome', 'unknown');
  end if;
  select jsonb_build_object('outcome', 'too_many', 'productId', l."productId", 'requested', l.quantity,
                            'available', coalesce(r.quantity - r.returned_quantity, 0))
  into v_fault
  from jsonb_to_recordset(p_lines) as l ("productId" varchar, quantity integer)
  left join stock_reservations r on r.order_id = p_order_id and r.product_id = l."productId"
  where l.quantity > coalesce(r.quantity - r.returned_quantity, 0)
  order by l."productId" limit 1;
  if v_fault is not null then
    return v_fault;
  end if;
  perform 1 from products p
  where p.product_id in (select l ->> 'productId' from jsonb_array_elements(p_lines) l)
  order by p.product_id for no key update;
  perform move_stock('return', p_order_id, null, (
    select jsonb_agg(jsonb_build_object('productId', l -> 'productId', 'onHandDelta', l -> 'quantity',
                                        'reservedDelta', 0))
    from jsonb_array_elements(p_lines) l
  ));
  update stock_reservations r
  set returned_quantity = r.returned_quantity + l.quantity, updated_at = clock_timestamp()
  from jsonb_to_recordset(p_lines) as l ("productId" varchar, quantity integer)
  where r.order_id = p_order_id and r.product_id = l."productId";
  insert into stock_returns (order_id, restock_id, product_id, quantity)
  select p_order_id, p_restock_id, l."productId", l.quantity
  from jsonb_to_recordset(p_lines) as l ("productId" varchar, quantity integer);
  return jsonb_build_object('outcome', 'returned');
end $$;
--> statement-breakpoint
-- Forgets orders that were released long ago: their tombstones and what they had reserved. The ledger keeps their
-- movements. An order that somebody has under way waits for another time.
-- @returns how many were forgotten
create function prune_released_stock(p_age interval, p_limit integer) returns integer language plpgsql as $$
declare
  v_orders varchar[];
begin
  -- Oldest first, and the order's number locked before its rows, as everybody does.
  select array_agg(d.order_id) into v_orders
  from (
    select r.order_id from stock_releases r where r.released_at < now() - p_age
    order by r.released_at, r.order_id limit p_limit
  ) d
  where pg_try_advisory_xact_lock(hashtextextended(d.order_id, 7246));
  delete from stock_reservations r where r.order_id = any (v_orders);
  delete from stock_releases r where r.order_id = any (v_orders);
  return coalesce(array_length(v_orders, 1), 0);
end $$;
