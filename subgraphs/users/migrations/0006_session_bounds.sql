CREATE INDEX "refresh_families_expires_at_idx" ON "refresh_families" USING btree ("expires_at","family_id");--> statement-breakpoint
CREATE INDEX "refresh_families_ended_at_family_id_idx" ON "refresh_families" USING btree ("ended_at","family_id") WHERE "refresh_families"."ended_at" is not null;--> statement-breakpoint
-- Last: what reads by it is not without an index meanwhile, and the lock that keeps everybody out is held for a moment.
DROP INDEX "refresh_families_ended_at_idx";
--> statement-breakpoint

-- Keeps a reset token, and removes the user's of more than a day before. Returns false where the user has p_max_open
-- usable ones already, or got p_max_daily within a day. One at a time: a statement that waits for the lock and counts
-- as well counts what there was before it waited.
CREATE FUNCTION open_password_reset(
  p_token_hash varchar, p_user_id varchar, p_expires_at timestamptz, p_now timestamptz,
  p_max_open integer, p_max_daily integer
) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  -- All are good for as long: those of a day ago expired a day before this one.
  v_day_ago timestamptz := p_expires_at - interval '1 day';
BEGIN
  IF NOT lock_active_user(p_user_id) THEN RETURN false; END IF;
  DELETE FROM password_resets WHERE user_id = p_user_id AND expires_at <= v_day_ago;
  INSERT INTO password_resets (token_hash, user_id, expires_at)
  SELECT p_token_hash, p_user_id, p_expires_at
  WHERE (SELECT count(*) FROM password_resets
      WHERE user_id = p_user_id AND used_at IS NULL AND expires_at > p_now) < p_max_open
    AND (SELECT count(*) FROM password_resets WHERE user_id = p_user_id) < p_max_daily;
  RETURN FOUND;
END $$;
