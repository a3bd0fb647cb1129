CREATE TABLE "idempotency_keys" (
	"user_id" varchar(50) NOT NULL,
	"idempotency_key" varchar(255) NOT NULL,
	"request_hash" char(64) NOT NULL,
	"order_id" varchar(50) NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "idempotency_keys_pkey" PRIMARY KEY("user_id","idempotency_key"),
	CONSTRAINT "idempotency_keys_are_printable" CHECK ("idempotency_keys"."idempotency_key" ~ '^[\x20-\x7e]+$'),
	CONSTRAINT "idempotency_keys_expire" CHECK ("idempotency_keys"."expires_at" > "idempotency_keys"."created_at")
);
--> statement-breakpoint
CREATE TABLE "order_items" (
	"item_id" varchar(50) PRIMARY KEY NOT NULL,
	"order_id" varchar(50) NOT NULL,
	"product_id" varchar(50) NOT NULL,
	"product_name" varchar(255) NOT NULL,
	"quantity" integer NOT NULL,
	"price" numeric(10, 2) NOT NULL,
	"subtotal" numeric(10, 2) NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"position" smallint NOT NULL,
	CONSTRAINT "order_items_quantity_is_in_range" CHECK ("order_items"."quantity" between 1 and 999),
	CONSTRAINT "order_items_sums_agree" CHECK ("order_items"."price" >= 0 and "order_items"."subtotal" = "order_items"."price" * "order_items"."quantity")
);
--> statement-breakpoint
CREATE TABLE "order_timeline" (
	"order_id" varchar(50) NOT NULL,
	"status" varchar(50) NOT NULL,
	"note" varchar(500),
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "order_timeline_pkey" PRIMARY KEY("order_id","status"),
	CONSTRAINT "order_timeline_status_is_known" CHECK ("order_timeline"."status" in ('pending', 'confirmed', 'processing', 'shipped', 'delivered', 'cancelled', 'refunded'))
);
--> statement-breakpoint
CREATE TABLE "orders" (
	"order_id" varchar(50) PRIMARY KEY NOT NULL,
	"user_id" varchar(50) NOT NULL,
	"status" varchar(50) DEFAULT 'pending' NOT NULL,
	"subtotal" numeric(10, 2) NOT NULL,
	"tax" numeric(10, 2) NOT NULL,
	"shipping" numeric(10, 2) NOT NULL,
	"total_amount" numeric(10, 2) NOT NULL,
	"currency" varchar(3) DEFAULT 'USD' NOT NULL,
	"shipping_address" jsonb NOT NULL,
	"billing_address" jsonb NOT NULL,
	"payment_method" jsonb NOT NULL,
	"tracking_info" jsonb,
	"estimated_delivery" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"item_count" integer NOT NULL,
	"cart_id" varchar(50) NOT NULL,
	"cart_version" integer NOT NULL,
	"checkout_state" varchar(20) DEFAULT 'placing' NOT NULL,
	"acknowledged_at" timestamp (3) with time zone,
	"cart_consumed_at" timestamp (3) with time zone,
	"attempted_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "orders_status_is_known" CHECK ("orders"."status" in ('pending', 'confirmed', 'processing', 'shipped', 'delivered', 'cancelled', 'refunded')),
	CONSTRAINT "orders_sums_agree" CHECK ("orders"."subtotal" >= 0 and "orders"."tax" >= 0 and "orders"."shipping" >= 0 and "orders"."total_amount" = "orders"."subtotal" + "orders"."tax" + "orders"."shipping"),
	CONSTRAINT "orders_currency_is_iso" CHECK ("orders"."currency" ~ '^[A-Z]{3}$'),
	CONSTRAINT "orders_have_items" CHECK ("orders"."item_count" > 0),
	CONSTRAINT "orders_cart_version_is_counted" CHECK ("orders"."cart_version" >= 0),
	CONSTRAINT "orders_keep_no_token" CHECK (not jsonb_exists("orders"."payment_method", 'token')),
	CONSTRAINT "orders_parcels_can_be_followed" CHECK ("orders"."status" not in ('shipped', 'delivered') or "orders"."tracking_info" is not null),
	CONSTRAINT "orders_checkout_state_fits" CHECK (case "orders"."checkout_state"
        when 'placing' then "orders"."status" = 'pending'
        when 'taken' then "orders"."status" not in ('cancelled', 'refunded') and "orders"."acknowledged_at" is not null
        when 'settled' then "orders"."status" not in ('pending', 'cancelled', 'refunded') and "orders"."acknowledged_at" is not null and "orders"."cart_consumed_at" is not null
        when 'undoing' then "orders"."status" = 'cancelled'
        when 'failed' then "orders"."status" = 'cancelled'
        when 'cancelling' then "orders"."status" = 'cancelled' and "orders"."acknowledged_at" is not null
        when 'refunding' then "orders"."status" = 'refunded' and "orders"."acknowledged_at" is not null
        when 'closed' then "orders"."status" in ('cancelled', 'refunded') and "orders"."acknowledged_at" is not null
        else false end)
);
--> statement-breakpoint
ALTER TABLE "idempotency_keys" ADD CONSTRAINT "idempotency_keys_order_id_orders_order_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("order_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_items" ADD CONSTRAINT "order_items_order_id_orders_order_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("order_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_timeline" ADD CONSTRAINT "order_timeline_order_id_orders_order_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("order_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "idempotency_keys_expires_at_idx" ON "idempotency_keys" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "idempotency_keys_order_id_idx" ON "idempotency_keys" USING btree ("order_id");--> statement-breakpoint
CREATE UNIQUE INDEX "order_items_order_id_key" ON "order_items" USING btree ("order_id","position");--> statement-breakpoint
CREATE UNIQUE INDEX "order_items_product_id_key" ON "order_items" USING btree ("product_id","order_id");--> statement-breakpoint
CREATE UNIQUE INDEX "orders_live_cart_version_key" ON "orders" USING btree ("cart_id","cart_version") WHERE "orders"."status" not in ('cancelled', 'refunded');--> statement-breakpoint
CREATE UNIQUE INDEX "orders_open_cart_key" ON "orders" USING btree ("cart_id") WHERE "orders"."cart_consumed_at" is null and "orders"."status" not in ('cancelled', 'refunded');--> statement-breakpoint
CREATE INDEX "orders_user_id_idx" ON "orders" USING btree ("user_id","created_at","order_id") WHERE "orders"."acknowledged_at" is not null;--> statement-breakpoint
CREATE INDEX "orders_user_status_date_idx" ON "orders" USING btree ("user_id","status","created_at","order_id") WHERE "orders"."acknowledged_at" is not null;--> statement-breakpoint
CREATE INDEX "orders_created_at_idx" ON "orders" USING btree ("created_at","order_id") WHERE "orders"."acknowledged_at" is not null;--> statement-breakpoint
CREATE INDEX "orders_status_idx" ON "orders" USING btree ("status","created_at","order_id") WHERE "orders"."acknowledged_at" is not null;--> statement-breakpoint
CREATE INDEX "orders_unfinished_idx" ON "orders" USING btree ("attempted_at","order_id") WHERE "orders"."checkout_state" not in ('settled', 'failed', 'closed');