ALTER TABLE "refresh_families" DROP CONSTRAINT "refresh_families_reason_is_known";--> statement-breakpoint
ALTER TABLE "refresh_families" ADD COLUMN "device" varchar(200);--> statement-breakpoint
ALTER TABLE "refresh_families" ADD COLUMN "address" varchar(64);--> statement-breakpoint
ALTER TABLE "refresh_families" ADD COLUMN "last_used_at" timestamp (3) with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "refresh_families" ADD COLUMN "ended_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "refresh_families_ended_at_idx" ON "refresh_families" USING btree ("ended_at") WHERE "refresh_families"."ended_at" is not null;--> statement-breakpoint
ALTER TABLE "refresh_families" ADD CONSTRAINT "refresh_families_reason_is_known" CHECK ("refresh_families"."revoked_for" in ('logout', 'replay', 'ended', 'password', 'deactivated'));--> statement-breakpoint
UPDATE refresh_families SET last_used_at = created_at;
--> statement-breakpoint
-- By the database's clock, whoever ends it: those who are told of the ended ones ask for what came since.
CREATE FUNCTION note_session_end() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.ended_at := now();
  RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER refresh_families_ended_at BEFORE UPDATE ON refresh_families
  FOR EACH ROW WHEN (OLD.revoked_at IS NULL AND NEW.revoked_at IS NOT NULL) EXECUTE FUNCTION note_session_end();
--> statement-breakpoint
-- A session counts only under the number that its user had when it began: raising it ends them all.
CREATE FUNCTION end_sessions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE refresh_families
  SET revoked_at = now(), revoked_for = CASE WHEN NEW.is_active THEN 'password' ELSE 'deactivated' END
  WHERE user_id = NEW.user_id AND revoked_at IS NULL;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER users_end_sessions AFTER UPDATE ON users
  FOR EACH ROW WHEN (OLD.session_epoch IS DISTINCT FROM NEW.session_epoch) EXECUTE FUNCTION end_sessions();
