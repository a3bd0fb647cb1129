CREATE TABLE "erased_customers" (
	"user_id" varchar(50) PRIMARY KEY NOT NULL,
	"erased_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"counts" jsonb NOT NULL
);
--> statement-breakpoint
-- Whoever adds to a cart shares the lock that an erasure takes alone: it is either erased with all the rest, or sees
-- that nothing is to be written any more. Runs for every addition, also to a cart that is there already.
CREATE FUNCTION refuse_erased_customer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(hashtext('erased_customers'), hashtext(NEW.user_id));
  IF EXISTS (SELECT FROM erased_customers WHERE user_id = NEW.user_id) THEN
    RAISE EXCEPTION 'The account was deleted'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'carts_customers_are_not_erased';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER carts_refuse_erased BEFORE INSERT ON carts FOR EACH ROW EXECUTE FUNCTION refuse_erased_customer();
--> statement-breakpoint

-- Removes a customer's cart, once; again it tells what it did the first time.
CREATE FUNCTION erase_customer(p_user_id varchar) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  v_cart_id carts.cart_id%TYPE := 'cart_' || p_user_id;
  v_carts integer;
  v_lines integer;
  v_counts jsonb;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('erased_customers'), hashtext(p_user_id));
  SELECT counts INTO v_counts FROM erased_customers WHERE user_id = p_user_id;
  IF FOUND THEN RETURN v_counts; END IF;
  PERFORM FROM carts WHERE cart_id = v_cart_id FOR UPDATE;
  DELETE FROM cart_items WHERE cart_id = v_cart_id;
  GET DIAGNOSTICS v_lines = ROW_COUNT;
  DELETE FROM carts WHERE cart_id = v_cart_id;
  GET DIAGNOSTICS v_carts = ROW_COUNT;
  v_counts := jsonb_build_object('carts', v_carts, 'lines', v_lines, 'consumptions',
    (SELECT count(*) FROM cart_consumptions WHERE cart_id = v_cart_id));
  INSERT INTO erased_customers (user_id, counts) VALUES (p_user_id, v_counts);
  RETURN v_counts;
END $$;
