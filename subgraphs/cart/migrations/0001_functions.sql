CREATE FUNCTION touch_updated_at() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.updated_at := clock_timestamp();
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER carts_touch BEFORE UPDATE ON carts FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
--> statement-breakpoint
CREATE TRIGGER cart_items_touch BEFORE UPDATE ON cart_items FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
--> statement-breakpoint

-- A cart and its lines in the order in which they were added; null where there is none.
CREATE FUNCTION cart_state(p_cart_id varchar) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object(
    'cartId', c.cart_id,
    'userId', c.user_id,
    'version', c.version,
    'updatedAt', c.updated_at,
    'lines', coalesce(
      (SELECT jsonb_agg(jsonb_build_object(
          'itemId', i.item_id,
          'productId', i.product_id,
          'quantity', i.quantity,
          'price', i.price::text,
          'currency', i.currency,
          'createdAt', i.created_at
        ) ORDER BY i.created_at, i.item_id)
        FROM cart_items i WHERE i.cart_id = c.cart_id),
      '[]'))
  FROM carts c WHERE c.cart_id = p_cart_id
$$;
--> statement-breakpoint

-- What all lines but one product's cost. Lines without a price in p_prices count as last shown.
CREATE FUNCTION cart_subtotal_without(p_cart_id varchar, p_product_id varchar, p_prices jsonb)
RETURNS numeric LANGUAGE sql STABLE AS $$
  SELECT coalesce(sum(i.quantity * coalesce((p_prices ->> i.product_id)::numeric, i.price)), 0)
  FROM cart_items i WHERE i.cart_id = p_cart_id AND i.product_id <> p_product_id
$$;
--> statement-breakpoint

-- The functions below are each one change of a cart. They lock its row first: limits over several
-- lines hold under concurrency, and two changes of one cart cannot deadlock. Each statement of a
-- function sees what was committed while it waited for the lock; a single statement with CTEs
-- would not. A refused change writes nothing.

-- Adds pieces of a product to the line that it has, or to a new one.
-- outcome: done, over_quantity, short, other_currency, full, over_total.
-- requested: pieces in the line after the addition.
CREATE FUNCTION add_cart_item(
  p_user_id varchar, p_item_id varchar, p_product_id varchar, p_quantity integer,
  p_currency varchar, p_available integer, p_prices jsonb,
  p_max_lines integer, p_max_quantity integer, p_max_subtotal numeric,
  OUT outcome text, OUT requested integer, OUT cart jsonb
) LANGUAGE plpgsql AS $$
DECLARE
  v_cart_id carts.cart_id%TYPE := 'cart_' || p_user_id;
  v_price cart_items.price%TYPE := (p_prices ->> p_product_id)::numeric;
  v_is_new boolean;
  v_held integer;
BEGIN
  INSERT INTO carts (cart_id, user_id) VALUES (v_cart_id, p_user_id) ON CONFLICT DO NOTHING;
  v_is_new := FOUND;
  PERFORM FROM carts WHERE cart_id = v_cart_id FOR NO KEY UPDATE;
  SELECT quantity INTO v_held FROM cart_items WHERE cart_id = v_cart_id AND product_id = p_product_id;
  requested := coalesce(v_held, 0) + p_quantity;
  outcome := CASE
    WHEN requested > p_max_quantity THEN 'over_quantity'
    WHEN requested > p_available THEN 'short'
    WHEN EXISTS (SELECT FROM cart_items WHERE cart_id = v_cart_id AND currency <> p_currency) THEN 'other_currency'
    WHEN v_held IS NULL AND (SELECT count(*) FROM cart_items WHERE cart_id = v_cart_id) >= p_max_lines THEN 'full'
    WHEN cart_subtotal_without(v_cart_id, p_product_id, p_prices) + requested * v_price > p_max_subtotal
      THEN 'over_total'
    ELSE 'done'
  END;
  IF outcome <> 'done' THEN
    -- A first addition that is refused leaves no cart behind.
    IF v_is_new THEN DELETE FROM carts WHERE cart_id = v_cart_id; END IF;
    RETURN;
  END IF;
  IF v_held IS NULL THEN
    -- Later than every other line, also where the clock stood still or was set back.
    INSERT INTO cart_items (item_id, cart_id, product_id, quantity, price, currency, created_at)
    VALUES (p_item_id, v_cart_id, p_product_id, p_quantity, v_price, p_currency, greatest(
      clock_timestamp(),
      (SELECT max(created_at) + interval '1 millisecond' FROM cart_items WHERE cart_id = v_cart_id)));
  ELSE
    -- The price stays the one last shown, so that the answer can warn of a new one.
    UPDATE cart_items SET quantity = requested WHERE cart_id = v_cart_id AND product_id = p_product_id;
  END IF;
  UPDATE carts SET version = version + 1 WHERE cart_id = v_cart_id;
  cart := cart_state(v_cart_id);
END $$;
--> statement-breakpoint

-- Sets a line's quantity. outcome: done, missing, over_total.
CREATE FUNCTION set_cart_item_quantity(
  p_cart_id varchar, p_item_id varchar, p_quantity integer, p_prices jsonb, p_max_subtotal numeric,
  OUT outcome text, OUT cart jsonb
) LANGUAGE plpgsql AS $$
DECLARE
  v_product_id cart_items.product_id%TYPE;
  v_held integer;
  v_price cart_items.price%TYPE;
BEGIN
  PERFORM FROM carts WHERE cart_id = p_cart_id FOR NO KEY UPDATE;
  SELECT product_id, quantity, price INTO v_product_id, v_held, v_price
  FROM cart_items WHERE item_id = p_item_id AND cart_id = p_cart_id;
  IF NOT FOUND THEN
    outcome := 'missing';
    RETURN;
  END IF;
  v_price := coalesce((p_prices ->> v_product_id)::numeric, v_price);
  IF cart_subtotal_without(p_cart_id, v_product_id, p_prices) + p_quantity * v_price > p_max_subtotal THEN
    outcome := 'over_total';
    RETURN;
  END IF;
  outcome := 'done';
  IF v_held <> p_quantity THEN
    UPDATE cart_items SET quantity = p_quantity WHERE item_id = p_item_id;
    UPDATE carts SET version = version + 1 WHERE cart_id = p_cart_id;
  END IF;
  cart := cart_state(p_cart_id);
END $$;
--> statement-breakpoint

-- Removes a line. outcome: done, missing.
CREATE FUNCTION remove_cart_item(p_cart_id varchar, p_item_id varchar, OUT outcome text, OUT cart jsonb)
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM carts WHERE cart_id = p_cart_id FOR NO KEY UPDATE;
  DELETE FROM cart_items WHERE item_id = p_item_id AND cart_id = p_cart_id;
  IF NOT FOUND THEN
    outcome := 'missing';
    RETURN;
  END IF;
  UPDATE carts SET version = version + 1 WHERE cart_id = p_cart_id;
  outcome := 'done';
  cart := cart_state(p_cart_id);
END $$;
--> statement-breakpoint

-- Removes all lines; null where there is no cart.
CREATE FUNCTION clear_cart(p_cart_id varchar) RETURNS jsonb LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM carts WHERE cart_id = p_cart_id FOR NO KEY UPDATE;
  DELETE FROM cart_items WHERE cart_id = p_cart_id;
  IF FOUND THEN
    UPDATE carts SET version = version + 1 WHERE cart_id = p_cart_id;
  END IF;
  RETURN cart_state(p_cart_id);
END $$;
--> statement-breakpoint

-- Takes an order's pieces out of a cart, once an order; false where that was done before.
-- Lines of the ordered version go whole; in a later version only as many pieces go as were ordered.
-- p_lines: [{ "productId", "quantity" }]
CREATE FUNCTION consume_cart(p_cart_id varchar, p_order_id varchar, p_version integer, p_lines jsonb)
RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  v_version integer;
  v_removed integer;
  v_reduced integer;
BEGIN
  INSERT INTO cart_consumptions (order_id, cart_id, version) VALUES (p_order_id, p_cart_id, p_version)
  ON CONFLICT DO NOTHING;
  IF NOT FOUND THEN RETURN false; END IF;
  SELECT version INTO v_version FROM carts WHERE cart_id = p_cart_id FOR NO KEY UPDATE;
  DELETE FROM cart_items i
  USING (SELECT "productId" AS product_id, sum(quantity) AS quantity
         FROM jsonb_to_recordset(p_lines) AS line ("productId" varchar, quantity integer) GROUP BY 1) ordered
  WHERE i.cart_id = p_cart_id AND i.product_id = ordered.product_id
    AND (v_version = p_version OR i.quantity <= ordered.quantity);
  GET DIAGNOSTICS v_removed = ROW_COUNT;
  UPDATE cart_items i SET quantity = i.quantity - ordered.quantity
  FROM (SELECT "productId" AS product_id, sum(quantity) AS quantity
        FROM jsonb_to_recordset(p_lines) AS line ("productId" varchar, quantity integer) GROUP BY 1) ordered
  WHERE i.cart_id = p_cart_id AND i.product_id = ordered.product_id;
  GET DIAGNOSTICS v_reduced = ROW_COUNT;
  IF v_removed + v_reduced > 0 THEN
    UPDATE carts SET version = version + 1 WHERE cart_id = p_cart_id;
  END IF;
  RETURN true;
END $$;
