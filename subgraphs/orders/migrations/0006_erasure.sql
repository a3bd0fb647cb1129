CREATE TABLE "erased_customers" (
	"user_id" varchar(50) PRIMARY KEY NOT NULL,
	"erased_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"counts" jsonb NOT NULL,
	"finished_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "erased_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "erased_customers_unfinished_idx" ON "erased_customers" USING btree ("user_id") WHERE "erased_customers"."finished_at" is null;--> statement-breakpoint
CREATE INDEX "orders_hidden_user_id_idx" ON "orders" USING btree ("user_id") WHERE "orders"."acknowledged_at" is null;--> statement-breakpoint
-- NOT VALID: the column is new, so every row passes, and nobody waits for them to be read. What is written is checked.
ALTER TABLE "orders" ADD CONSTRAINT "orders_erased_are_final" CHECK ("orders"."erased_at" is null or "orders"."status" in ('delivered', 'cancelled', 'refunded')) NOT VALID;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_erased_name_nobody" CHECK ("orders"."erased_at" is null or "orders"."shipping_address" @> '{"street": "", "city": "", "zipCode": ""}' and "orders"."billing_address" @> '{"street": "", "city": "", "zipCode": ""}' and "orders"."payment_method" @> '{"brand": null, "last4": null}' and ("orders"."tracking_info" is null or "orders"."tracking_info" @> '{"trackingNumber": "", "url": null}')) NOT VALID;--> statement-breakpoint
-- Whoever orders shares the lock that an erasure takes alone: the order is either found by it, or refused.
CREATE FUNCTION refuse_erased_customer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(hashtext('erased_customers'), hashtext(NEW.user_id));
  IF EXISTS (SELECT FROM erased_customers WHERE user_id = NEW.user_id) THEN
    RAISE EXCEPTION 'The account was deleted'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'orders_customers_are_not_erased';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER orders_refuse_erased BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION refuse_erased_customer();
--> statement-breakpoint

-- What is written to an order after it was erased, such as a late refund, must not name the person again.
CREATE FUNCTION drop_erased_note() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM orders WHERE order_id = NEW.order_id AND erased_at IS NOT NULL) THEN NEW.note := NULL; END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER order_timeline_drop_note BEFORE INSERT ON order_timeline
  FOR EACH ROW WHEN (NEW.note IS NOT NULL) EXECUTE FUNCTION drop_erased_note();
--> statement-breakpoint
CREATE FUNCTION drop_erased_reason() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM orders WHERE order_id = NEW.order_id AND erased_at IS NOT NULL) THEN NEW.reason := NULL; END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER refunds_drop_reason BEFORE INSERT ON refunds
  FOR EACH ROW WHEN (NEW.reason IS NOT NULL) EXECUTE FUNCTION drop_erased_reason();
--> statement-breakpoint

-- Ids of all orders of a customer, hidden ones too. In two parts, each of which has an index.
CREATE FUNCTION orders_of(p_user_id varchar) RETURNS SETOF varchar LANGUAGE sql STABLE AS $$
  SELECT order_id FROM orders WHERE user_id = p_user_id AND acknowledged_at IS NOT NULL
  UNION ALL
  SELECT order_id FROM orders WHERE user_id = p_user_id AND acknowledged_at IS NULL
$$;
--> statement-breakpoint
-- Where tax law looks stays, who and where exactly goes.
CREATE FUNCTION nameless_address(p_address jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT jsonb_build_object('street', '', 'city', '', 'zipCode', '',
    'state', coalesce(p_address ->> 'state', ''), 'country', coalesce(p_address ->> 'country', ''))
$$;
--> statement-breakpoint
CREATE FUNCTION nameless_tracking(p_tracking jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT jsonb_build_object('carrier', coalesce(p_tracking ->> 'carrier', ''), 'trackingNumber', '', 'url', NULL)
$$;
--> statement-breakpoint

-- Takes the person out of orders that are final and locked by the caller, and keeps the orders.
CREATE FUNCTION erase_orders(p_order_ids varchar[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  UPDATE orders SET shipping_address = nameless_address(shipping_address),
    billing_address = nameless_address(billing_address),
    payment_method = payment_method || '{"brand": null, "last4": null}',
    tracking_info = CASE WHEN jsonb_typeof(tracking_info) = 'object' THEN nameless_tracking(tracking_info) END,
    erased_at = now()
  WHERE order_id = ANY (p_order_ids);
  UPDATE order_timeline SET note = NULL WHERE order_id = ANY (p_order_ids) AND note IS NOT NULL;
  -- What an open refund last failed with is still looked into.
  UPDATE refunds SET reason = NULL, last_error = CASE WHEN state NOT IN ('done', 'refused') THEN last_error END
  WHERE order_id = ANY (p_order_ids) AND (reason IS NOT NULL OR last_error IS NOT NULL);
  UPDATE order_events SET data = jsonb_set(data, '{tracking}', nameless_tracking(data -> 'tracking'))
  WHERE order_id = ANY (p_order_ids) AND jsonb_typeof(data -> 'tracking') = 'object';
END $$;
--> statement-breakpoint

-- Rids up to p_limit orders, that are final and whose customers are erased, of the person. Returns how many.
-- NO KEY UPDATE: what hangs on an order may be written meanwhile, by those who wait for nothing else of it.
CREATE FUNCTION erase_final_orders(p_limit integer) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  v_order_ids varchar[];
BEGIN
  SELECT array_agg(order_id) INTO v_order_ids FROM (
    SELECT o.order_id FROM orders o
    WHERE o.order_id IN (
        SELECT orders_of(e.user_id) FROM erased_customers e WHERE e.finished_at IS NULL)
      AND o.erased_at IS NULL AND o.status IN ('delivered', 'cancelled', 'refunded')
    ORDER BY o.order_id LIMIT p_limit FOR NO KEY UPDATE OF o SKIP LOCKED) due;
  PERFORM erase_orders(v_order_ids);
  UPDATE erased_customers e SET finished_at = now()
  WHERE e.finished_at IS NULL AND NOT EXISTS (
    SELECT FROM orders o WHERE o.order_id IN (SELECT orders_of(e.user_id)) AND o.erased_at IS NULL);
  RETURN coalesce(cardinality(v_order_ids), 0);
END $$;
--> statement-breakpoint

-- How many orders of a customer are erased by now, have yet to become final, and are final and yet to be worked through.
CREATE FUNCTION erasure_counts(p_user_id varchar) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT e.counts || jsonb_build_object('erasedOrders', count(o.erased_at),
    'openOrders', count(*) FILTER (WHERE o.status NOT IN ('delivered', 'cancelled', 'refunded')),
    'waitingOrders', count(*) FILTER (
      WHERE o.status IN ('delivered', 'cancelled', 'refunded') AND o.erased_at IS NULL))
  FROM erased_customers e LEFT JOIN orders o ON o.order_id IN (SELECT orders_of(e.user_id))
  WHERE e.user_id = p_user_id GROUP BY e.user_id
$$;
--> statement-breakpoint

-- Refuses the customer's further orders, forgets what is no part of an order, and rids up to p_limit final orders of
-- the person; the others follow by erase_final_orders. Again, it only tells how far it is.
CREATE FUNCTION erase_customer(p_user_id varchar, p_limit integer) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  v_all varchar[];
  v_final varchar[];
  v_counts jsonb;
  v_keys integer;
  v_mails integer;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('erased_customers'), hashtext(p_user_id));
  IF EXISTS (SELECT FROM erased_customers WHERE user_id = p_user_id) THEN RETURN erasure_counts(p_user_id); END IF;
  SELECT coalesce(array_agg(id), '{}') INTO v_all FROM orders_of(p_user_id) AS id;
  SELECT coalesce(array_agg(order_id), '{}') INTO v_final FROM (
    SELECT order_id FROM orders
    WHERE order_id = ANY (v_all) AND status IN ('delivered', 'cancelled', 'refunded')
    ORDER BY order_id LIMIT p_limit FOR NO KEY UPDATE) final;
  v_counts := jsonb_build_object(
    'orders', cardinality(v_all),
    'items', (SELECT count(*) FROM order_items WHERE order_id = ANY (v_all)),
    'refunds', (SELECT count(*) FROM refunds WHERE order_id = ANY (v_all)),
    'openRefunds', (SELECT count(*) FROM refunds WHERE order_id = ANY (v_all) AND state NOT IN ('done', 'refused')),
    'timeline', (SELECT count(*) FROM order_timeline WHERE order_id = ANY (v_all)),
    'events', (SELECT count(*) FROM order_events WHERE order_id = ANY (v_all)),
    'mails', (SELECT count(*) FROM order_mails WHERE order_id = ANY (v_all)),
    'notes', (SELECT count(*) FROM order_timeline WHERE order_id = ANY (v_all) AND note IS NOT NULL)
      + (SELECT count(*) FROM refunds WHERE order_id = ANY (v_all) AND reason IS NOT NULL));
  PERFORM erase_orders(v_final);
  DELETE FROM idempotency_keys WHERE user_id = p_user_id;
  GET DIAGNOSTICS v_keys = ROW_COUNT;
  -- Nobody can be written to any more; what a mail server said may quote the address.
  DELETE FROM order_mails WHERE order_id = ANY (v_all) AND sent_at IS NULL;
  GET DIAGNOSTICS v_mails = ROW_COUNT;
  UPDATE order_mails SET last_error = NULL WHERE order_id = ANY (v_all) AND last_error IS NOT NULL;
  INSERT INTO erased_customers (user_id, counts, finished_at) VALUES (p_user_id,
    -- The log's table comes with the next migration.
    v_counts || jsonb_build_object('keys', v_keys, 'unsentMails', v_mails,
      'auditEntries', (SELECT count(*) FROM audit_log WHERE actor_id = p_user_id)),
    CASE WHEN cardinality(v_final) = cardinality(v_all) THEN now() END);
  RETURN erasure_counts(p_user_id);
END $$;
