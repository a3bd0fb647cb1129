CREATE SCHEMA "demo_payments";
--> statement-breakpoint
CREATE TABLE "demo_payments"."entries" (
	"entry_id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "demo_payments"."entries_entry_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"entry_key" varchar(100) NOT NULL,
	"kind" varchar(20) NOT NULL,
	"order_id" varchar(50) NOT NULL,
	"authorisation_key" varchar(100) NOT NULL,
	"amount" numeric(10, 2) NOT NULL,
	"currency" varchar(3) NOT NULL,
	"outcome" varchar(20) NOT NULL,
	"reason" varchar(200),
	"reference" varchar(50),
	"brand" varchar(20),
	"last4" varchar(4),
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "entries_entry_key_key" UNIQUE("entry_key"),
	CONSTRAINT "entries_kind_is_known" CHECK ("demo_payments"."entries"."kind" in ('authorise', 'capture', 'void', 'refund')),
	CONSTRAINT "entries_outcome_is_known" CHECK ("demo_payments"."entries"."outcome" in ('approved', 'declined'))
);
--> statement-breakpoint
CREATE TABLE "demo_payments"."payments" (
	"authorisation_key" varchar(100) PRIMARY KEY NOT NULL,
	"order_id" varchar(50) NOT NULL,
	"state" varchar(20) NOT NULL,
	"amount" numeric(10, 2) NOT NULL,
	"currency" varchar(3) NOT NULL,
	CONSTRAINT "payments_state_is_known" CHECK ("demo_payments"."payments"."state" in ('authorised', 'declined', 'voided', 'captured', 'refunded')),
	CONSTRAINT "payments_amount_is_positive" CHECK ("demo_payments"."payments"."amount" >= 0)
);
--> statement-breakpoint
CREATE INDEX "entries_order_id_idx" ON "demo_payments"."entries" USING btree ("order_id");