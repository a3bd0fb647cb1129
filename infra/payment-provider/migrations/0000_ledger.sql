CREATE TABLE "entries" (
	"entry_id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "entries_entry_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
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
	CONSTRAINT "entries_kind_is_known" CHECK ("entries"."kind" in ('authorise', 'capture', 'void', 'refund')),
	CONSTRAINT "entries_outcome_is_known" CHECK ("entries"."outcome" in ('approved', 'declined')),
	CONSTRAINT "entries_declined_have_reason" CHECK (("entries"."outcome" = 'declined') = ("entries"."reason" is not null)),
	CONSTRAINT "entries_approvals_have_reference" CHECK (("entries"."kind" = 'authorise' and "entries"."outcome" = 'approved') = ("entries"."reference" is not null)),
	CONSTRAINT "entries_card_is_of_an_approval" CHECK ("entries"."reference" is not null or ("entries"."brand" is null and "entries"."last4" is null)),
	CONSTRAINT "entries_amount_is_positive" CHECK ("entries"."amount" > 0 or ("entries"."amount" = 0 and "entries"."kind" = 'void'))
);
--> statement-breakpoint
CREATE TABLE "payments" (
	"authorisation_key" varchar(100) PRIMARY KEY NOT NULL,
	"order_id" varchar(50) NOT NULL,
	"state" varchar(20) NOT NULL,
	"amount" numeric(10, 2) NOT NULL,
	"captured_amount" numeric(10, 2) DEFAULT '0' NOT NULL,
	"refunded_amount" numeric(10, 2) DEFAULT '0' NOT NULL,
	"currency" varchar(3) NOT NULL,
	CONSTRAINT "payments_state_fits" CHECK (case "payments"."state"
        when 'authorised' then "payments"."captured_amount" = 0
        when 'declined' then "payments"."captured_amount" = 0
        when 'voided' then "payments"."captured_amount" = 0
        when 'captured' then "payments"."captured_amount" > 0 and "payments"."refunded_amount" < "payments"."captured_amount"
        when 'refunded' then "payments"."captured_amount" > 0 and "payments"."refunded_amount" = "payments"."captured_amount"
        else false end),
	CONSTRAINT "payments_amount_is_positive" CHECK ("payments"."amount" > 0 or ("payments"."amount" = 0 and "payments"."state" = 'voided')),
	CONSTRAINT "payments_captured_is_in_range" CHECK ("payments"."captured_amount" >= 0 and "payments"."captured_amount" <= "payments"."amount"),
	CONSTRAINT "payments_refunded_is_in_range" CHECK ("payments"."refunded_amount" >= 0 and "payments"."refunded_amount" <= "payments"."captured_amount"),
	CONSTRAINT "payments_currency_is_iso" CHECK ("payments"."currency" ~ '^[A-Z]{3}$')
);
--> statement-breakpoint
ALTER TABLE "entries" ADD CONSTRAINT "entries_authorisation_key_payments_authorisation_key_fk" FOREIGN KEY ("authorisation_key") REFERENCES "public"."payments"("authorisation_key") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "entries_order_id_idx" ON "entries" USING btree ("order_id");--> statement-breakpoint
CREATE UNIQUE INDEX "entries_single_key" ON "entries" USING btree ("authorisation_key","kind") WHERE "entries"."kind" <> 'refund' and "entries"."outcome" = 'approved';