ALTER TABLE "order_items" ADD COLUMN "restocked_quantity" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "provider_messages" ADD COLUMN "failed_refund_key" varchar(150);--> statement-breakpoint
-- The key under which the provider was asked so far, or is to be asked: one from before there were refunds of parts may
-- have gone through unheard, under the key of those days.
ALTER TABLE "refunds" ADD COLUMN "provider_key" varchar(150);--> statement-breakpoint
UPDATE "refunds" SET "provider_key" = "order_id" || ':refund:' ||
  CASE WHEN "requested_by" = 'migration' AND "state" = 'requested' AND "attempts" = 0 THEN '1' ELSE "refund_id" END;--> statement-breakpoint
ALTER TABLE "refunds" ALTER COLUMN "provider_key" SET NOT NULL;--> statement-breakpoint
-- Of refunds that were asked for at once, several may name the same pieces: no more went back than there are.
UPDATE "order_items" i SET "restocked_quantity" = least(i."quantity", l."quantity")
FROM (
  SELECT r."order_id", x."productId", sum(x."quantity") AS "quantity"
  FROM "refunds" r, jsonb_to_recordset(r."restock") AS x ("productId" varchar, "quantity" integer)
  WHERE r."state" <> 'refused' GROUP BY 1, 2
) l
WHERE i."order_id" = l."order_id" AND i."product_id" = l."productId";--> statement-breakpoint
CREATE UNIQUE INDEX "refunds_provider_key_key" ON "refunds" USING btree ("provider_key");--> statement-breakpoint
ALTER TABLE "order_items" ADD CONSTRAINT "order_items_restock_fits" CHECK ("order_items"."restocked_quantity" between 0 and "order_items"."quantity");