CREATE TABLE "categories" (
	"category_id" varchar(50) PRIMARY KEY NOT NULL,
	"slug" varchar(100) NOT NULL,
	"name" varchar(100) NOT NULL,
	"description" varchar(500),
	"parent_id" varchar(50),
	"position" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "categories_slug_unique" UNIQUE("slug"),
	CONSTRAINT "categories_parent_other" CHECK ("categories"."parent_id" <> "categories"."category_id"),
	CONSTRAINT "categories_slug_form" CHECK ("categories"."slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
	CONSTRAINT "categories_name_present" CHECK (btrim("categories"."name") <> ''),
	CONSTRAINT "categories_position_from_zero" CHECK ("categories"."position" >= 0)
);
--> statement-breakpoint
CREATE TABLE "products" (
	"product_id" varchar(50) PRIMARY KEY NOT NULL,
	"name" varchar(255) NOT NULL,
	"description" text,
	"long_description" text,
	"price" numeric(10, 2) NOT NULL,
	"currency" varchar(3) DEFAULT 'USD' NOT NULL,
	"category_id" varchar(50) NOT NULL,
	"category" varchar(100) NOT NULL,
	"subcategory" varchar(100),
	"brand" varchar(100),
	"sku" varchar(100),
	"on_hand" integer DEFAULT 0 NOT NULL,
	"reserved" integer DEFAULT 0 NOT NULL,
	"inventory" integer GENERATED ALWAYS AS (on_hand - reserved) STORED NOT NULL,
	"images" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"specifications" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"rating" numeric(3, 2) DEFAULT '0.00' NOT NULL,
	"review_count" integer DEFAULT 0 NOT NULL,
	"is_active" boolean DEFAULT true NOT NULL,
	"search" "tsvector" GENERATED ALWAYS AS (setweight(to_tsvector('english', search_words(name)), 'A')
          || setweight(to_tsvector('simple', search_words(name)), 'A')
          || setweight(to_tsvector('english', search_words(coalesce(brand, ''))), 'B')
          || setweight(to_tsvector('simple', search_words(coalesce(brand, '') || ' ' || coalesce(sku, ''))), 'B')
          || setweight(to_tsvector('simple', replace(search_words(coalesce(sku, '')), ' ', '')), 'B')
          || setweight(to_tsvector('english', search_words(coalesce(description, ''))), 'C')
          || setweight(to_tsvector('english', search_words(category || ' ' || coalesce(subcategory, ''))), 'D')) STORED NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "products_sku_unique" UNIQUE("sku"),
	CONSTRAINT "products_name_present" CHECK (btrim("products"."name") <> ''),
	CONSTRAINT "products_price_range" CHECK ("products"."price" between 0 and 21474836.47),
	CONSTRAINT "products_currency_form" CHECK ("products"."currency" ~ '^[A-Z]{3}$'),
	CONSTRAINT "products_stock" CHECK (0 <= "products"."reserved" and "products"."reserved" <= "products"."on_hand"),
	CONSTRAINT "products_rating_range" CHECK ("products"."rating" between 0 and 5),
	CONSTRAINT "products_review_count" CHECK ("products"."review_count" >= 0),
	CONSTRAINT "products_images_list" CHECK (jsonb_typeof("products"."images") = 'array' and jsonb_array_length("products"."images") <= 20),
	CONSTRAINT "products_specifications_list" CHECK (jsonb_typeof("products"."specifications") = 'array' and jsonb_array_length("products"."specifications") <= 50)
);
--> statement-breakpoint
CREATE TABLE "search_vocabulary" (
	"word" text PRIMARY KEY NOT NULL
);
--> statement-breakpoint
CREATE TABLE "stock_movements" (
	"movement_id" varchar(50) PRIMARY KEY NOT NULL,
	"sequence" bigint GENERATED ALWAYS AS IDENTITY (sequence name "stock_movements_sequence_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"product_id" varchar(50) NOT NULL,
	"kind" varchar(20) NOT NULL,
	"on_hand_delta" integer NOT NULL,
	"reserved_delta" integer NOT NULL,
	"on_hand_after" integer NOT NULL,
	"reserved_after" integer NOT NULL,
	"order_id" varchar(50),
	"note" varchar(500),
	"created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "stock_movements_kind" CHECK ("stock_movements"."kind" in ('initial', 'adjustment', 'reservation', 'release', 'commitment', 'return')),
	CONSTRAINT "stock_movements_after" CHECK (0 <= "stock_movements"."reserved_after" and "stock_movements"."reserved_after" <= "stock_movements"."on_hand_after"),
	CONSTRAINT "stock_movements_change" CHECK ("stock_movements"."kind" = 'initial' or "stock_movements"."on_hand_delta" <> 0 or "stock_movements"."reserved_delta" <> 0),
	CONSTRAINT "stock_movements_order" CHECK (("stock_movements"."order_id" is null) = ("stock_movements"."kind" in ('initial', 'adjustment')))
);
--> statement-breakpoint
CREATE TABLE "stock_releases" (
	"order_id" varchar(50) PRIMARY KEY NOT NULL,
	"released_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "stock_reservations" (
	"order_id" varchar(50) NOT NULL,
	"product_id" varchar(50) NOT NULL,
	"quantity" integer NOT NULL,
	"status" varchar(20) DEFAULT 'held' NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "stock_reservations_order_id_product_id_pk" PRIMARY KEY("order_id","product_id"),
	CONSTRAINT "stock_reservations_status" CHECK ("stock_reservations"."status" in ('held', 'committed', 'released')),
	CONSTRAINT "stock_reservations_quantity" CHECK ("stock_reservations"."quantity" between 1 and 999)
);
--> statement-breakpoint
ALTER TABLE "categories" ADD CONSTRAINT "categories_parent_id_categories_category_id_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."categories"("category_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "products" ADD CONSTRAINT "products_category_id_categories_category_id_fk" FOREIGN KEY ("category_id") REFERENCES "public"."categories"("category_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_movements" ADD CONSTRAINT "stock_movements_product_id_products_product_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("product_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_reservations" ADD CONSTRAINT "stock_reservations_product_id_products_product_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("product_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "categories_parent" ON "categories" USING btree ("parent_id");--> statement-breakpoint
CREATE UNIQUE INDEX "categories_sibling_name_unique" ON "categories" USING btree (coalesce("parent_id", ''),lower("name"));--> statement-breakpoint
CREATE INDEX "idx_category_price" ON "products" USING btree ("category","price");--> statement-breakpoint
CREATE INDEX "idx_price" ON "products" USING btree ("price");--> statement-breakpoint
CREATE INDEX "idx_created_at" ON "products" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "idx_search" ON "products" USING gin ("search");--> statement-breakpoint
CREATE INDEX "products_category_id" ON "products" USING btree ("category_id");--> statement-breakpoint
CREATE INDEX "products_name_order" ON "products" USING btree (lower("name"));--> statement-breakpoint
CREATE INDEX "products_brand" ON "products" USING btree (lower("brand"));--> statement-breakpoint
CREATE INDEX "search_vocabulary_likeness" ON "search_vocabulary" USING gin ("word" gin_trgm_ops);--> statement-breakpoint
CREATE UNIQUE INDEX "stock_movements_product_sequence" ON "stock_movements" USING btree ("product_id","sequence");--> statement-breakpoint
CREATE INDEX "stock_reservations_product" ON "stock_reservations" USING btree ("product_id","status");--> statement-breakpoint
CREATE INDEX "stock_reservations_due" ON "stock_reservations" USING btree ("expires_at") WHERE "stock_reservations"."status" = 'held';