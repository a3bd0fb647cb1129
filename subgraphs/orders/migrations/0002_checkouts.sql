CREATE TABLE "checkouts" (
	"order_id" varchar(50) PRIMARY KEY NOT NULL,
	"state" varchar(20) DEFAULT 'started' NOT NULL,
	"epoch" integer DEFAULT 1 NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"parked_at" timestamp (3) with time zone,
	"failure" varchar(20),
	"last_error" varchar(500),
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "checkouts_state_is_known" CHECK ("checkouts"."state" in ('started', 'authorising', 'authorised', 'committed', 'capturing', 'captured', 'done', 'voiding', 'releasing', 'failed')),
	CONSTRAINT "checkouts_epoch_is_counted" CHECK ("checkouts"."epoch" >= 1 and "checkouts"."attempts" >= 0),
	CONSTRAINT "checkouts_parked_are_unfinished" CHECK ("checkouts"."parked_at" is null or "checkouts"."state" not in ('done', 'failed'))
);
--> statement-breakpoint
CREATE TABLE "order_events" (
	"event_id" varchar(50) PRIMARY KEY NOT NULL,
	"sequence" bigint GENERATED ALWAYS AS IDENTITY (sequence name "order_events_sequence_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"position" bigint,
	"order_id" varchar(50) NOT NULL,
	"type" varchar(30) NOT NULL,
	"data" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "order_events_type_is_known" CHECK ("order_events"."type" in ('order.created', 'order.confirmed', 'order.processing', 'order.shipped', 'order.delivered', 'order.cancelled', 'order.refunded', 'refund.succeeded')),
	CONSTRAINT "order_events_position_counts" CHECK ("order_events"."position" >= 1)
);
--> statement-breakpoint
CREATE TABLE "order_mails" (
	"order_id" varchar(50) NOT NULL,
	"kind" varchar(20) NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"due_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"sent_at" timestamp (3) with time zone,
	"parked_at" timestamp (3) with time zone,
	"last_error" varchar(500),
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "order_mails_pkey" PRIMARY KEY("order_id","kind"),
	CONSTRAINT "order_mails_kind_is_known" CHECK ("order_mails"."kind" in ('confirmation', 'shipped', 'cancelled'))
);
--> statement-breakpoint
CREATE TABLE "provider_messages" (
	"message_id" varchar(255) PRIMARY KEY NOT NULL,
	"type" varchar(100) NOT NULL,
	"order_id" varchar(50),
	"attempts" integer DEFAULT 0 NOT NULL,
	"due_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"handled_at" timestamp (3) with time zone,
	"parked_at" timestamp (3) with time zone,
	"last_error" varchar(500),
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "refunds" (
	"refund_id" varchar(50) PRIMARY KEY NOT NULL,
	"order_id" varchar(50) NOT NULL,
	"amount" numeric(10, 2) NOT NULL,
	"reason" varchar(500),
	"restock" jsonb NOT NULL,
	"requested_by" varchar(50) NOT NULL,
	"idempotency_key" varchar(255),
	"request_hash" char(64) NOT NULL,
	"state" varchar(20) DEFAULT 'requested' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"parked_at" timestamp (3) with time zone,
	"last_error" varchar(500),
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"refunded_at" timestamp (3) with time zone,
	CONSTRAINT "refunds_state_is_known" CHECK ("refunds"."state" in ('requested', 'refunded', 'done', 'refused')),
	CONSTRAINT "refunds_amount_is_positive" CHECK ("refunds"."amount" > 0),
	CONSTRAINT "refunds_restock_is_a_list" CHECK (jsonb_typeof("refunds"."restock") = 'array')
);
--> statement-breakpoint
CREATE TABLE "webhook_deliveries" (
	"endpoint_id" varchar(50) NOT NULL,
	"event_id" varchar(50) NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"due_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"delivered_at" timestamp (3) with time zone,
	"parked_at" timestamp (3) with time zone,
	"last_status" smallint,
	"last_error" varchar(500),
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "webhook_deliveries_pkey" PRIMARY KEY("endpoint_id","event_id")
);
--> statement-breakpoint
CREATE TABLE "webhook_endpoints" (
	"endpoint_id" varchar(50) PRIMARY KEY NOT NULL,
	"url" varchar(2000) NOT NULL,
	"secret" varchar(100) NOT NULL,
	"event_types" jsonb,
	"description" varchar(500),
	"is_active" boolean DEFAULT true NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "webhook_endpoints_url_is_http" CHECK ("webhook_endpoints"."url" ~ '^https?://'),
	CONSTRAINT "webhook_endpoints_types_are_a_list" CHECK ("webhook_endpoints"."event_types" is null or jsonb_typeof("webhook_endpoints"."event_types") = 'array')
);
--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "refunded_amount" numeric(10, 2) DEFAULT '0' NOT NULL;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "pricing" jsonb;--> statement-breakpoint
ALTER TABLE "checkouts" ADD CONSTRAINT "checkouts_order_id_orders_order_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("order_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_events" ADD CONSTRAINT "order_events_order_id_orders_order_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("order_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_mails" ADD CONSTRAINT "order_mails_order_id_orders_order_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("order_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_order_id_orders_order_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("order_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_deliveries" ADD CONSTRAINT "webhook_deliveries_endpoint_id_webhook_endpoints_endpoint_id_fk" FOREIGN KEY ("endpoint_id") REFERENCES "public"."webhook_endpoints"("endpoint_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_deliveries" ADD CONSTRAINT "webhook_deliveries_event_id_order_events_event_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."order_events"("event_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "checkouts_due_idx" ON "checkouts" USING btree ("due_at","order_id") WHERE "checkouts"."state" not in ('done', 'failed') and "checkouts"."parked_at" is null;--> statement-breakpoint
CREATE INDEX "checkouts_parked_idx" ON "checkouts" USING btree ("parked_at","order_id") WHERE "checkouts"."parked_at" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "order_events_position_key" ON "order_events" USING btree ("position");--> statement-breakpoint
CREATE INDEX "order_events_new_idx" ON "order_events" USING btree ("sequence") WHERE "order_events"."position" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "order_events_order_id_key" ON "order_events" USING btree ("order_id","type") WHERE "order_events"."type" <> 'refund.succeeded';--> statement-breakpoint
CREATE INDEX "order_mails_due_idx" ON "order_mails" USING btree ("due_at","order_id") WHERE "order_mails"."sent_at" is null and "order_mails"."parked_at" is null;--> statement-breakpoint
CREATE INDEX "provider_messages_due_idx" ON "provider_messages" USING btree ("due_at","message_id") WHERE "provider_messages"."handled_at" is null and "provider_messages"."parked_at" is null;--> statement-breakpoint
CREATE INDEX "provider_messages_created_at_idx" ON "provider_messages" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "refunds_order_id_idx" ON "refunds" USING btree ("order_id","created_at","refund_id");--> statement-breakpoint
CREATE UNIQUE INDEX "refunds_idempotency_key_key" ON "refunds" USING btree ("order_id","idempotency_key");--> statement-breakpoint
CREATE INDEX "refunds_due_idx" ON "refunds" USING btree ("due_at","refund_id") WHERE "refunds"."state" not in ('done', 'refused') and "refunds"."parked_at" is null;--> statement-breakpoint
CREATE INDEX "webhook_deliveries_due_idx" ON "webhook_deliveries" USING btree ("due_at","endpoint_id","event_id") WHERE "webhook_deliveries"."delivered_at" is null and "webhook_deliveries"."parked_at" is null;--> statement-breakpoint
CREATE INDEX "webhook_deliveries_event_id_idx" ON "webhook_deliveries" USING btree ("event_id");--> statement-breakpoint
UPDATE "orders" SET "refunded_amount" = "total_amount" WHERE "status" = 'refunded';--> statement-breakpoint
-- What was being decided may be authorised: the provider is asked. Everything else goes on where it stood.
INSERT INTO "checkouts" ("order_id", "state", "due_at")
SELECT o."order_id",
  CASE o."checkout_state"
    WHEN 'placing' THEN 'authorising'
    WHEN 'taken' THEN CASE WHEN o."status" = 'pending' THEN 'committed' ELSE 'captured' END
    WHEN 'undoing' THEN 'voiding'
    WHEN 'cancelling' THEN 'voiding'
    WHEN 'failed' THEN 'failed'
    WHEN 'closed' THEN CASE WHEN o."status" = 'cancelled' THEN 'failed' ELSE 'done' END
    ELSE 'done' END,
  now() + interval '15 seconds'
FROM "orders" o;--> statement-breakpoint
INSERT INTO "refunds" ("refund_id", "order_id", "amount", "restock", "requested_by", "request_hash", "due_at")
SELECT 'rfd_' || md5(o."order_id"), o."order_id", o."total_amount", '[]', 'migration', repeat('0', 64), now()
FROM "orders" o WHERE o."checkout_state" = 'refunding' AND o."total_amount" > 0;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_refunds_are_covered" CHECK ("orders"."refunded_amount" between 0 and "orders"."total_amount" and ("orders"."status" <> 'refunded' or "orders"."refunded_amount" = "orders"."total_amount"));--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_paid_were_told_of" CHECK ("orders"."status" in ('pending', 'cancelled') or "orders"."acknowledged_at" is not null);