CREATE FUNCTION set_updated_at() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.updated_at := now();
  RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER users_updated_at BEFORE UPDATE ON users
  FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION set_updated_at();
--> statement-breakpoint
CREATE TRIGGER addresses_updated_at BEFORE UPDATE ON addresses
  FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION set_updated_at();
--> statement-breakpoint
-- How many addresses there are and which one is the default depend on all of a user's addresses, so
-- they change one at a time: each function locks the user first, and each statement after that sees
-- what the one before it in line has committed.
CREATE FUNCTION lock_active_user(p_user_id varchar) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM users WHERE user_id = p_user_id AND is_active FOR NO KEY UPDATE;
  RETURN FOUND;
END
$$;
--> statement-breakpoint
CREATE FUNCTION add_address(
  p_user_id varchar, p_address_id varchar, p_street varchar, p_city varchar, p_state varchar,
  p_zip_code varchar, p_country varchar, p_is_default boolean, p_limit integer
) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  held integer;
BEGIN
  IF NOT lock_active_user(p_user_id) THEN RETURN 'no_account'; END IF;
  SELECT count(*) INTO held FROM addresses WHERE user_id = p_user_id;
  IF held >= p_limit THEN RETURN 'full'; END IF;
  IF p_is_default THEN
    UPDATE addresses SET is_default = false WHERE user_id = p_user_id AND is_default;
  END IF;
  INSERT INTO addresses (address_id, user_id, street, city, state, zip_code, country, is_default, created_at)
  VALUES (p_address_id, p_user_id, p_street, p_city, p_state, p_zip_code, p_country,
          p_is_default OR held = 0, clock_timestamp());
  RETURN 'saved';
END
$$;
--> statement-breakpoint
-- A field that is null stays as it is.
CREATE FUNCTION update_address(
  p_user_id varchar, p_address_id varchar, p_street varchar, p_city varchar, p_state varchar,
  p_zip_code varchar, p_country varchar, p_is_default boolean
) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  was_default boolean;
BEGIN
  IF NOT lock_active_user(p_user_id) THEN RETURN 'no_account'; END IF;
  SELECT is_default INTO was_default FROM addresses WHERE user_id = p_user_id AND address_id = p_address_id;
  IF NOT FOUND THEN RETURN 'absent'; END IF;
  IF was_default AND NOT p_is_default THEN RETURN 'default_stays'; END IF;
  IF p_is_default AND NOT was_default THEN
    UPDATE addresses SET is_default = false WHERE user_id = p_user_id AND is_default;
  END IF;
  UPDATE addresses
  SET street = coalesce(p_street, street), city = coalesce(p_city, city), state = coalesce(p_state, state),
      zip_code = coalesce(p_zip_code, zip_code), country = coalesce(p_country, country),
      is_default = coalesce(p_is_default, is_default)
  WHERE user_id = p_user_id AND address_id = p_address_id;
  RETURN 'saved';
END
$$;
--> statement-breakpoint
CREATE FUNCTION remove_address(p_user_id varchar, p_address_id varchar) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  was_default boolean;
BEGIN
  IF NOT lock_active_user(p_user_id) THEN RETURN 'no_account'; END IF;
  DELETE FROM addresses WHERE user_id = p_user_id AND address_id = p_address_id
  RETURNING is_default INTO was_default;
  IF NOT FOUND THEN RETURN 'absent'; END IF;
  IF was_default THEN
    UPDATE addresses SET is_default = true
    WHERE address_id = (
      SELECT address_id FROM addresses WHERE user_id = p_user_id ORDER BY created_at, address_id LIMIT 1
    );
  END IF;
  RETURN 'removed';
END
$$;
