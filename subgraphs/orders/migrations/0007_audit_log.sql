CREATE TABLE "audit_log" (
	"entry_id" varchar(50) PRIMARY KEY NOT NULL,
	"sequence" bigint GENERATED ALWAYS AS IDENTITY (sequence name "audit_log_sequence_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"recorded_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"actor_id" varchar(64) NOT NULL,
	"by_administrator" boolean NOT NULL,
	"action" varchar(64) NOT NULL,
	"target" varchar(64),
	"arguments" text NOT NULL,
	"request_id" varchar(128) NOT NULL,
	"client_address" varchar(64) NOT NULL,
	CONSTRAINT "audit_log_names_its_actor" CHECK ("audit_log"."actor_id" <> '' and "audit_log"."action" <> ''),
	CONSTRAINT "audit_log_arguments_are_bounded" CHECK (octet_length("audit_log"."arguments") <= 4096)
);
--> statement-breakpoint
CREATE TABLE "audit_outcomes" (
	"entry_id" varchar(50) PRIMARY KEY NOT NULL,
	"completed_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"outcome" varchar(20) NOT NULL,
	"target" varchar(64),
	CONSTRAINT "audit_outcomes_outcome_is_known" CHECK ("audit_outcomes"."outcome" ~ '^(DONE|[A-Z]{2,8}_[0-9]{3})$')
);
--> statement-breakpoint
ALTER TABLE "audit_outcomes" ADD CONSTRAINT "audit_outcomes_entry_id_audit_log_entry_id_fk" FOREIGN KEY ("entry_id") REFERENCES "public"."audit_log"("entry_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_log_recorded_at_idx" ON "audit_log" USING btree ("recorded_at","sequence");--> statement-breakpoint
CREATE INDEX "audit_log_actor_id_idx" ON "audit_log" USING btree ("actor_id","recorded_at","sequence");--> statement-breakpoint
CREATE INDEX "audit_log_action_idx" ON "audit_log" USING btree ("action","recorded_at","sequence");--> statement-breakpoint
-- Entries are added and nothing else, whoever asks: also where no row would be hit, and by a TRUNCATE of what refers to them.
CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;
--> statement-breakpoint
CREATE TRIGGER audit_log_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
--> statement-breakpoint
CREATE TRIGGER audit_outcomes_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_outcomes
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
