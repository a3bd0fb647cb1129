-- All at once or none: nobody waits for one of them while another one is waited for.
LOCK TABLE "order_events", "order_items", "provider_messages", "refunds" IN ACCESS EXCLUSIVE MODE;--> statement-breakpoint
ALTER TABLE "order_events" DROP CONSTRAINT "order_events_type_is_known";--> statement-breakpoint
DROP INDEX "order_events_order_id_key";--> statement-breakpoint
ALTER TABLE "order_items" ADD COLUMN "restocked_quantity" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "provider_messages" ADD COLUMN "failed_refund_key" varchar(150);--> statement-breakpoint
ALTER TABLE "refunds" ADD COLUMN "provider_key" varchar(150);--> statement-breakpoint
-- One from before there were refunds of parts may have gone through unheard, under the key of those days.
UPDATE "refunds" SET "provider_key" = "order_id" || ':refund:1'
WHERE "requested_by" = 'migration' AND "state" = 'requested' AND "attempts" = 0 AND "last_error" IS NULL;--> statement-breakpoint
ALTER TABLE "refunds" ADD COLUMN "is_owed" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "refunds" ADD COLUMN "is_refused" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "refunds" ADD COLUMN "pending_since" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "refunds" ADD COLUMN "paid_elsewhere_by" varchar(50);--> statement-breakpoint
-- Of refunds that were asked for at once, several may name the same pieces: those of the surplus ones never did.
UPDATE "refunds" r SET "restock" = '[]'
WHERE r."state" <> 'refused' AND EXISTS (
  SELECT FROM jsonb_to_recordset(r."restock") AS l ("productId" varchar)
  JOIN "order_items" i ON i."order_id" = r."order_id" AND i."product_id" = l."productId"
  WHERE i."quantity" < (
    SELECT sum(x."quantity")
    FROM "refunds" e, jsonb_to_recordset(e."restock") AS x ("productId" varchar, "quantity" integer)
    WHERE e."order_id" = r."order_id" AND e."state" <> 'refused' AND x."productId" = l."productId"
      -- Those that are done went back; the others in the order in which they were asked for.
      AND (e."state" <> 'done', e."created_at", e."refund_id") <= (r."state" <> 'done', r."created_at", r."refund_id")));--> statement-breakpoint
UPDATE "order_items" i SET "restocked_quantity" = l."quantity"
FROM (
  SELECT r."order_id", x."productId", sum(x."quantity") AS "quantity"
  FROM "refunds" r, jsonb_to_recordset(r."restock") AS x ("productId" varchar, "quantity" integer)
  WHERE r."state" <> 'refused' GROUP BY 1, 2
) l
WHERE i."order_id" = l."order_id" AND i."product_id" = l."productId";--> statement-breakpoint
CREATE UNIQUE INDEX "refunds_provider_key_key" ON "refunds" USING btree ("provider_key");--> statement-breakpoint
CREATE UNIQUE INDEX "order_events_order_id_key" ON "order_events" USING btree ("order_id","type") WHERE "order_events"."type" not in ('refund.succeeded', 'refund.failed');--> statement-breakpoint
ALTER TABLE "order_events" ADD CONSTRAINT "order_events_type_is_known" CHECK ("order_events"."type" in ('order.created', 'order.confirmed', 'order.processing', 'order.shipped', 'order.delivered', 'order.cancelled', 'order.refunded', 'refund.succeeded', 'refund.failed'));--> statement-breakpoint
ALTER TABLE "order_items" ADD CONSTRAINT "order_items_restock_fits" CHECK ("order_items"."restocked_quantity" between 0 and "order_items"."quantity");