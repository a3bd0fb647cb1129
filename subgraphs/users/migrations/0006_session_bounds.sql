CREATE INDEX "refresh_families_expires_at_idx" ON "refresh_families" USING btree ("expires_at","family_id");--> statement-breakpoint
CREATE INDEX "refresh_families_ended_at_family_id_idx" ON "refresh_families" USING btree ("ended_at","family_id") WHERE "refresh_families"."ended_at" is not null;--> statement-breakpoint
-- Last: what reads by it is not without an index meanwhile, and the lock that keeps everybody out is held for a moment.
DROP INDEX "refresh_families_ended_at_idx";
