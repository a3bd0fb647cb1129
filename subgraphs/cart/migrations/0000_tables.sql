CREATE TABLE "cart_consumptions" (
	"order_id" varchar(50) PRIMARY KEY NOT NULL,
	"cart_id" varchar(50) NOT NULL,
	"version" integer NOT NULL,
	"consumed_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "cart_items" (
	"item_id" varchar(50) PRIMARY KEY NOT NULL,
	"cart_id" varchar(50) NOT NULL,
	"product_id" varchar(50) NOT NULL,
	"quantity" integer DEFAULT 1 NOT NULL,
	"price" numeric(10, 2) NOT NULL,
	"currency" varchar(3) DEFAULT 'USD' NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "cart_items_quantity_check" CHECK ("cart_items"."quantity" between 1 and 999),
	CONSTRAINT "cart_items_price_check" CHECK ("cart_items"."price" >= 0),
	CONSTRAINT "cart_items_currency_check" CHECK ("cart_items"."currency" ~ '^[A-Z]{3}$')
);
--> statement-breakpoint
CREATE TABLE "carts" (
	"cart_id" varchar(50) PRIMARY KEY NOT NULL,
	"user_id" varchar(50) NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "carts_cart_id_check" CHECK ("carts"."cart_id" = 'cart_' || "carts"."user_id"),
	CONSTRAINT "carts_version_check" CHECK ("carts"."version" >= 0)
);
--> statement-breakpoint
ALTER TABLE "cart_items" ADD CONSTRAINT "cart_items_cart_id_carts_cart_id_fk" FOREIGN KEY ("cart_id") REFERENCES "public"."carts"("cart_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "idx_cart_product" ON "cart_items" USING btree ("cart_id","product_id");--> statement-breakpoint
CREATE INDEX "idx_product_id" ON "cart_items" USING btree ("product_id");--> statement-breakpoint
CREATE UNIQUE INDEX "idx_user_id" ON "carts" USING btree ("user_id");