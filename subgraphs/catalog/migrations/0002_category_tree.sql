-- Changes of the tree come one after another, and none while a product takes its place in it:
-- two moves that are harmless alone can make a cycle together.
create function lock_category_tree() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock(7246, 1);
  return null;
end $$;
--> statement-breakpoint
create function share_category_tree() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock_shared(7246, 1);
  return null;
end $$;
--> statement-breakpoint
create trigger categories_lock before insert or update or delete on categories
for each statement execute function lock_category_tree();
--> statement-breakpoint
-- By statement: the lock comes before any row's, as it does for those who change the tree.
create trigger products_lock before insert or update of category_id on products
for each statement execute function share_category_tree();
--> statement-breakpoint
-- The categories below one that is given by name (ignoring case) or slug, itself included.
create function category_subtree(p_name_or_slug text) returns setof varchar language sql stable as $$
  with recursive subtree as (
    select c.category_id from categories c
    where c.slug = lower(p_name_or_slug) or lower(c.name) = lower(p_name_or_slug)
    union
    select c.category_id from categories c join subtree s on c.parent_id = s.category_id
  )
  select s.category_id from subtree s
$$;
--> statement-breakpoint
-- The names on the way from the top down to a category.
create function category_path(p_category_id text) returns varchar[] language sql stable as $$
  with recursive ancestors as (
    select c.parent_id, c.name, 0 as height from categories c where c.category_id = p_category_id
    union all
    select c.parent_id, c.name, a.height + 1 from categories c join ancestors a on c.category_id = a.parent_id
  )
  select array_agg(a.name order by a.height desc) from ancestors a
$$;
--> statement-breakpoint
create function name_product_category() returns trigger language plpgsql as $$
declare
  v_path varchar[] := category_path(new.category_id);
begin
  -- An unknown category is left to the foreign key, which answers by its name.
  new.category := coalesce(v_path[1], '');
  new.subcategory := v_path[2];
  return new;
end $$;
--> statement-breakpoint
create trigger products_category_names before insert or update of category_id on products
for each row execute function name_product_category();
--> statement-breakpoint
create function rename_product_categories() returns trigger language plpgsql as $$
declare
  v_below varchar[];
begin
  with recursive subtree as (
    select new.category_id as category_id
    union
    select c.category_id from categories c join subtree s on c.parent_id = s.category_id
  )
  select array_agg(s.category_id) into v_below from subtree s;
  -- In the order in which reservations lock them.
  perform 1 from products p where p.category_id = any (v_below) order by p.product_id for no key update;
  update products p set category = n.path[1], subcategory = n.path[2]
  from (select b.category_id, category_path(b.category_id) as path from unnest(v_below) as b (category_id)) n
  where p.category_id = n.category_id;
  return null;
end $$;
--> statement-breakpoint
create trigger categories_rename_products after update of name, parent_id on categories
for each row when ((old.name, old.parent_id) is distinct from (new.name, new.parent_id))
execute function rename_product_categories();
--> statement-breakpoint
create function touch_row() returns trigger language plpgsql as $$
begin
  new.updated_at := clock_timestamp();
  return new;
end $$;
--> statement-breakpoint
create trigger categories_touch before update on categories
for each row when (
  (old.slug, old.name, old.description, old.parent_id) is distinct from
  (new.slug, new.name, new.description, new.parent_id)
) execute function touch_row();
--> statement-breakpoint
-- Neither a change of stock nor another name of its category changes a product. The columns stand here twice so
-- that a change of stock, the most frequent one, does not even compare them.
create trigger products_touch before update of name, description, long_description, price, currency, category_id,
  brand, sku, images, specifications, rating, review_count, is_active on products
for each row when (
  (old.name, old.description, old.long_description, old.price, old.currency, old.category_id, old.brand,
   old.sku, old.images, old.specifications, old.rating, old.review_count, old.is_active) is distinct from
  (new.name, new.description, new.long_description, new.price, new.currency, new.category_id, new.brand,
   new.sku, new.images, new.specifications, new.rating, new.review_count, new.is_active)
) execute function touch_row();
--> statement-breakpoint
-- Puts a category at a place among its siblings, who make room; null is the last place.
create function place_category(p_category_id text, p_position integer) returns void language plpgsql as $$
declare
  v_parent_id varchar := (select c.parent_id from categories c where c.category_id = p_category_id);
begin
  with places as (
    select c.category_id, row_number() over (
      order by case when c.category_id = p_category_id then coalesce(p_position, 2147483647) else s.place end,
               c.category_id <> p_category_id
    ) - 1 as place
    from categories c
    join (
      select o.category_id, row_number() over (order by o.position, lower(o.name), o.category_id) - 1 as place
      from categories o
      where o.parent_id is not distinct from v_parent_id and o.category_id <> p_category_id
      union all
      select p_category_id, null
    ) s on s.category_id = c.category_id
  )
  update categories c set position = p.place from places p
  where p.category_id = c.category_id and c.position <> p.place;
end $$;
--> statement-breakpoint
-- Why a category must not stand under a parent with a slug and a name; null where it may.
create function category_refusal(p_category_id text, p_parent_id text, p_slug text, p_name text) returns text
language plpgsql as $$
begin
  if p_parent_id is not null and not exists (select 1 from categories c where c.category_id = p_parent_id) then
    return 'unknown_parent';
  end if;
  if exists (
    with recursive ancestors as (
      select c.category_id, c.parent_id from categories c where c.category_id = p_parent_id
      union
      select c.category_id, c.parent_id from categories c join ancestors a on c.category_id = a.parent_id
    )
    select 1 from ancestors a where a.category_id = p_category_id
  ) then
    return 'cycle';
  end if;
  if exists (select 1 from categories c where c.slug = p_slug and c.category_id <> p_category_id) then
    return 'slug_taken';
  end if;
  if exists (
    select 1 from categories c
    where c.parent_id is not distinct from p_parent_id and lower(c.name) = lower(p_name)
      and c.category_id <> p_category_id
  ) then
    return 'name_taken';
  end if;
  return null;
end $$;
--> statement-breakpoint
-- @param p_category { slug, name, description, parentId, position }; a null position is the last place
-- @returns done | unknown_parent | slug_taken | name_taken
create function create_category(p_category_id text, p_category jsonb) returns text language plpgsql as $$
declare
  v_parent_id varchar := p_category ->> 'parentId';
  v_refusal text;
begin
  perform pg_advisory_xact_lock(7246, 1);
  v_refusal := category_refusal(p_category_id, v_parent_id, p_category ->> 'slug', p_category ->> 'name');
  if v_refusal is not null then
    return v_refusal;
  end if;
  insert into categories (category_id, slug, name, description, parent_id)
  values (p_category_id, p_category ->> 'slug', p_category ->> 'name', p_category ->> 'description', v_parent_id);
  perform place_category(p_category_id, (p_category ->> 'position')::integer);
  return 'done';
end $$;
--> statement-breakpoint
-- Changes what the patch has keys for. A category that moves without a position takes the last place.
-- @returns done | unknown | unknown_parent | cycle | slug_taken | name_taken
create function update_category(p_category_id text, p_patch jsonb) returns text language plpgsql as $$
declare
  v_old categories%rowtype;
  v_new categories%rowtype;
  v_refusal text;
begin
  perform pg_advisory_xact_lock(7246, 1);
  select * into v_old from categories c where c.category_id = p_category_id;
  if not found then
    return 'unknown';
  end if;
  v_new := v_old;
  if p_patch ? 'name' then v_new.name := p_patch ->> 'name'; end if;
  if p_patch ? 'slug' then v_new.slug := p_patch ->> 'slug'; end if;
  if p_patch ? 'description' then v_new.description := p_patch ->> 'description'; end if;
  if p_patch ? 'parentId' then v_new.parent_id := p_patch ->> 'parentId'; end if;
  v_refusal := category_refusal(p_category_id, v_new.parent_id, v_new.slug, v_new.name);
  if v_refusal is not null then
    return v_refusal;
  end if;
  update categories c set name = v_new.name, description = v_new.description, parent_id = v_new.parent_id
  where c.category_id = p_category_id;
  -- Apart, since naming a unique column locks the row against every foreign key check, also where it stays.
  update categories c set slug = v_new.slug where c.category_id = p_category_id and c.slug <> v_new.slug;
  if p_patch ? 'position' or v_new.parent_id is distinct from v_old.parent_id then
    perform place_category(p_category_id, (p_patch ->> 'position')::integer);
  end if;
  return 'done';
end $$;
