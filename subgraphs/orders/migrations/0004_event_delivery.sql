DROP INDEX "webhook_deliveries_due_idx";--> statement-breakpoint
CREATE INDEX "order_mails_parked_idx" ON "order_mails" USING btree ("parked_at") WHERE "order_mails"."parked_at" is not null;--> statement-breakpoint
CREATE INDEX "provider_messages_parked_idx" ON "provider_messages" USING btree ("parked_at") WHERE "provider_messages"."parked_at" is not null;--> statement-breakpoint
CREATE INDEX "refunds_parked_idx" ON "refunds" USING btree ("parked_at") WHERE "refunds"."parked_at" is not null;--> statement-breakpoint
CREATE INDEX "webhook_deliveries_endpoint_id_idx" ON "webhook_deliveries" USING btree ("endpoint_id","created_at","event_id");--> statement-breakpoint
CREATE INDEX "webhook_deliveries_parked_idx" ON "webhook_deliveries" USING btree ("parked_at") WHERE "webhook_deliveries"."parked_at" is not null;--> statement-breakpoint
CREATE INDEX "webhook_deliveries_created_at_idx" ON "webhook_deliveries" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "webhook_deliveries_due_idx" ON "webhook_deliveries" USING btree ("endpoint_id","due_at","event_id") WHERE "webhook_deliveries"."delivered_at" is null and "webhook_deliveries"."parked_at" is null;--> statement-breakpoint
-- Gives up to p_limit new events the next places in the feed, and says what is to be sent for them. One at a time:
-- whoever holds the lock sees all that was placed before, so that places have no gaps and appear in their order.
-- p_mail_kinds: kind of mail by type of event.
CREATE FUNCTION dispatch_order_events(p_limit integer, p_mail_kinds jsonb) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  v_last bigint;
  v_placed integer;
BEGIN
  -- Mostly there is nothing new, and nothing to wait for.
  IF NOT EXISTS (SELECT FROM order_events WHERE position IS NULL) THEN
    RETURN 0;
  END IF;
  PERFORM pg_advisory_xact_lock(hashtext('order_events.position'));
  -- A statement of its own: it has to see what was committed while the lock was waited for.
  SELECT coalesce(max(position), 0) INTO v_last FROM order_events;
  WITH fresh AS (
    SELECT event_id, sequence FROM order_events WHERE position IS NULL ORDER BY sequence LIMIT p_limit
  ), placed AS (
    UPDATE order_events e SET position = v_last + n.place
    FROM (SELECT event_id, row_number() OVER (ORDER BY sequence) AS place FROM fresh) n
    WHERE e.event_id = n.event_id
    RETURNING e.event_id, e.order_id, e.type
  ), mailed AS (
    INSERT INTO order_mails (order_id, kind)
    SELECT order_id, p_mail_kinds ->> type FROM placed WHERE jsonb_exists(p_mail_kinds, type)
    ON CONFLICT DO NOTHING
  ), queued AS (
    -- An endpoint that is being removed is waited for, and left out.
    INSERT INTO webhook_deliveries (endpoint_id, event_id)
    SELECT w.endpoint_id, p.event_id FROM placed p CROSS JOIN webhook_endpoints w
    WHERE w.is_active AND (w.event_types IS NULL OR jsonb_exists(w.event_types, p.type))
    FOR KEY SHARE OF w
    ON CONFLICT DO NOTHING
  )
  SELECT count(*) INTO v_placed FROM placed;
  RETURN v_placed;
END $$;
