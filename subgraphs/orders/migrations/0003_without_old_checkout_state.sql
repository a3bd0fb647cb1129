-- The demonstration provider keeps its books in a database of its own.
DROP TABLE "demo_payments"."entries" CASCADE;--> statement-breakpoint
DROP TABLE "demo_payments"."payments" CASCADE;--> statement-breakpoint
ALTER TABLE "orders" DROP CONSTRAINT "orders_checkout_state_fits";--> statement-breakpoint
DROP INDEX "orders_unfinished_idx";--> statement-breakpoint
ALTER TABLE "orders" DROP COLUMN "checkout_state";--> statement-breakpoint
ALTER TABLE "orders" DROP COLUMN "attempted_at";--> statement-breakpoint
DROP SCHEMA "demo_payments";
