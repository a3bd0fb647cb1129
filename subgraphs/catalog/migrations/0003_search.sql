-- What a customer's words ask for: all of them in any form, or all of them as typed with the last one
-- still unfinished. Operators of tsquery cannot come in: search_words drops their characters, and the
-- text that gets ":*" is Postgres's own spelling of a query.
create function product_query(p_text text) returns tsquery
language sql immutable strict parallel safe
return plainto_tsquery('english', search_words(p_text)) || case
  when numnode(plainto_tsquery('simple', search_words(p_text))) = 0 then ''::tsquery
  else (plainto_tsquery('simple', search_words(p_text))::text || ':*')::tsquery
end;
--> statement-breakpoint
-- The words of a text that can be taken for one another: those of one or two letters look like nearly
-- everything.
create function distinctive_words(p_text text) returns table (word text, place bigint)
language sql immutable parallel safe as $$
  select min(w.word), min(w.place)
  from regexp_split_to_table(search_words(p_text), '\s+') with ordinality as w (word, place)
  where length(w.word) between 3 and 40
  group by w.word
$$;
--> statement-breakpoint
-- In the order of the words: two writers of the same new words must not wait for each other.
create function learn_words_of_inserted() returns trigger language plpgsql as $$
begin
  insert into search_vocabulary (word)
  select distinct w.word
  from inserted p, distinctive_words(
    concat_ws(' ', p.name, p.brand, p.description, p.category, p.subcategory)) w
  order by w.word
  on conflict do nothing;
  return null;
end $$;
--> statement-breakpoint
create trigger products_learn_inserted after insert on products
referencing new table as inserted for each statement execute function learn_words_of_inserted();
--> statement-breakpoint
create function learn_words_of_updated() returns trigger language plpgsql as $$
begin
  insert into search_vocabulary (word)
  select w.word from distinctive_words(
    concat_ws(' ', new.name, new.brand, new.description, new.category, new.subcategory)) w
  order by w.word
  on conflict do nothing;
  return null;
end $$;
--> statement-breakpoint
create trigger products_learn_updated after update of name, brand, description, category_id, category, subcategory
on products
for each row when (
  (old.name, old.brand, old.description, old.category, old.subcategory) is distinct from
  (new.name, new.brand, new.description, new.category, new.subcategory)
) execute function learn_words_of_updated();
--> statement-breakpoint
-- The known words that are closest to each word of a query, likeness 1 being the word itself. At most a quarter
-- of the letters of what was meant may be wrong, two swapped ones counting as one: more would turn "loafer"
-- into "loaf". Numbers are never misspelt words.
create function spelling_guesses(p_query text)
returns table (place bigint, word text, guess text, likeness real)
language sql stable as $$
  with words as materialized (
    -- More words than these are no product's name.
    select d.word, d.place from distinctive_words(p_query) d order by d.place limit 12
  ), guesses as (
    -- A plural's ending is no typing error: "snekers" is one letter away from "sneaker".
    select w.place, w.word, v.word as guess,
           levenshtein(regexp_replace(w.word, 's$', ''), regexp_replace(v.word, 's$', '')) as edits
    from words w join search_vocabulary v on v.word % w.word
    union all
    -- Trigrams tell little of two swapped letters in a short word: these are looked up as such.
    select w.place, w.word, v.word, 1
    from words w
    cross join generate_series(1, length(w.word) - 1) as swap (at)
    join search_vocabulary v on v.word = overlay(
      w.word placing reverse(substr(w.word, swap.at, 2)) from swap.at for 2)
    where v.word <> w.word
  ), likely as (
    select g.place, g.word, g.guess, 1 - min(g.edits)::real / greatest(length(g.word), length(g.guess)) as likeness
    from guesses g
    where g.edits = 0
       or (g.edits <= length(g.guess) / 4 and g.word !~ '\d' and g.guess !~ '\d'
           -- Two letters apart are also "snekers" and "speakers".
           and (g.edits = 1 or similarity(g.word, g.guess) >= 0.35))
    group by g.place, g.word, g.guess
  ), ranked as (
    select l.place, l.word, l.guess, l.likeness, max(l.likeness) over (partition by l.place) as best,
           row_number() over (partition by l.place order by l.likeness desc, similarity(l.word, l.guess) desc, l.guess) as rank
    from likely l
  )
  select r.place, r.word, r.guess, r.likeness from ranked r
  -- What is one letter away leaves out what is two letters away.
  where r.rank <= 5 and r.likeness >= r.best * 0.9
$$;
--> statement-breakpoint
-- Products that hold what a query's words may have been meant to be, with a score: how much the words look
-- like what was found, longer ones counting for more.
create function fuzzy_matches(p_query text, p_with_inactive boolean)
returns table (product_id varchar, score numeric)
language sql stable as $$
  with found as (
    select p.product_id, g.place, max(g.likeness) * length(g.word) as weight,
           max(ts_rank('{0.02, 0.1, 0.4, 1.0}', p.search, plainto_tsquery('english', g.guess))) as rank
    from spelling_guesses(p_query) g
    join products p on p.search @@ (plainto_tsquery('english', g.guess) || plainto_tsquery('simple', g.guess))
    where p.is_active or p_with_inactive
    group by p.product_id, g.place, g.word
  ), total as (
    select sum(length(d.word)) as weight from distinctive_words(p_query) d
  )
  select f.product_id, round((sum(f.weight) / t.weight + sum(f.rank) / 10
                              + similarity(search_words(p_query), (select search_words(p.name) from products p where p.product_id = f.product_id)) / 10
                             )::numeric, 6)
  from found f cross join total t
  group by f.product_id, t.weight
  -- A product that one of several words is about is worth showing where nothing is about all of them.
  having sum(f.weight) / t.weight >= 0.25
$$;
--> statement-breakpoint
-- What a customer's words ask for where two neighbours are written as one: "tech brand" for TechBrand. Null
-- where there are none. Those of three letters together would begin too many words.
create function joined_query(p_text text) returns tsquery
language sql immutable strict parallel safe as $$
  with words as (
    select regexp_split_to_array(btrim(search_words(p_text)), '\s+') as list
  )
  select string_agg('(' || joined.query::text || ')', ' | ')::tsquery
  from words w
  cross join generate_series(1, cardinality(w.list) - 1) as pair (at)
  cross join lateral (
    select product_query(array_to_string(
      w.list[:pair.at - 1] || (w.list[pair.at] || w.list[pair.at + 1]) || w.list[pair.at + 2:], ' ')) as query
  ) joined
  -- Thirty words took 50 ms; nobody writes a brand in two of so many.
  where cardinality(w.list) <= 8
    and length(w.list[pair.at] || w.list[pair.at + 1]) > 3 and numnode(joined.query) > 0
$$;
--> statement-breakpoint
-- Products that match a customer's words, with a score (larger is better). Only words that match nothing
-- at all are taken for misspelt: else every good result would trail what merely looks like it.
create function product_matches(p_query text, p_with_inactive boolean)
returns table (product_id varchar, score numeric)
language plpgsql stable as $$
declare
  v_query tsquery := product_query(p_query);
  v_joined tsquery := coalesce(joined_query(p_query), v_query);
begin
  return query
    select p.product_id,
           round((greatest(ts_rank('{0.02, 0.1, 0.4, 1.0}', p.search, v_query),
                           ts_rank('{0.02, 0.1, 0.4, 1.0}', p.search, v_joined))
                  + similarity(search_words(p_query), search_words(p.name))
                  -- Whole words beat beginnings.
                  + case when p.search @@ plainto_tsquery('simple', search_words(p_query)) then 0.5 else 0 end
                 )::numeric, 6)
    from products p
    where p.search @@ (v_query || v_joined) and (p.is_active or p_with_inactive);
  if not found then
    return query select f.product_id, f.score from fuzzy_matches(p_query, p_with_inactive) f;
  end if;
end $$;
