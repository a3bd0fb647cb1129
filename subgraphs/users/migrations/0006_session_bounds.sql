DROP INDEX "refresh_families_ended_at_idx";--> statement-breakpoint
CREATE INDEX "refresh_families_expires_at_idx" ON "refresh_families" USING btree ("expires_at","family_id");--> statement-breakpoint
CREATE INDEX "refresh_families_ended_at_idx" ON "refresh_families" USING btree ("ended_at","family_id") WHERE "refresh_families"."ended_at" is not null;