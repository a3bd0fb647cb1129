CREATE TABLE "erasure_proofs" (
	"erasure_id" varchar(50) NOT NULL,
	"subgraph" varchar(20) NOT NULL,
	"proof" jsonb,
	"proved_at" timestamp (3) with time zone,
	"is_complete" boolean DEFAULT false NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"last_error" varchar(500),
	CONSTRAINT "erasure_proofs_pkey" PRIMARY KEY("erasure_id","subgraph"),
	CONSTRAINT "erasure_proofs_subgraph_is_known" CHECK ("erasure_proofs"."subgraph" in ('users', 'cart', 'orders', 'catalog')),
	CONSTRAINT "erasure_proofs_are_whole" CHECK (("erasure_proofs"."proof" is null) = ("erasure_proofs"."proved_at" is null)),
	CONSTRAINT "erasure_proofs_complete_are_proved" CHECK (not "erasure_proofs"."is_complete" or "erasure_proofs"."proof" is not null)
);
--> statement-breakpoint
CREATE TABLE "erasures" (
	"erasure_id" varchar(50) PRIMARY KEY NOT NULL,
	"user_id" varchar(50) NOT NULL,
	"requested_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "erased_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "erasure_proofs" ADD CONSTRAINT "erasure_proofs_erasure_id_erasures_erasure_id_fk" FOREIGN KEY ("erasure_id") REFERENCES "public"."erasures"("erasure_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "erasures" ADD CONSTRAINT "erasures_user_id_users_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("user_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "erasure_proofs_due_idx" ON "erasure_proofs" USING btree ("due_at","erasure_id","subgraph") WHERE not "erasure_proofs"."is_complete";--> statement-breakpoint
CREATE UNIQUE INDEX "erasures_user_id_key" ON "erasures" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "erasures_requested_at_idx" ON "erasures" USING btree ("requested_at","erasure_id");--> statement-breakpoint
-- NOT VALID: the column is new, so every row passes, and nobody waits for them to be read. What is written is checked.
ALTER TABLE "users" ADD CONSTRAINT "users_erased_name_nobody" CHECK ("users"."erased_at" is null or not "users"."is_active" and not "users"."email_verified" and "users"."email" like 'erased-%@erased.invalid' and "users"."first_name" = 'Erased' and "users"."last_name" = 'Customer' and "users"."phone_number" is null) NOT VALID;--> statement-breakpoint

-- Deletes an account: the row of users stays, naming nobody, since orders elsewhere name its id. The other subgraphs
-- are told of it by whoever finds their rows of erasure_proofs due.
-- p_password_hash: what the password was checked against.
-- Returns the id of the erasure, of an earlier one where there is one; null where the password changed meanwhile or the
-- account is no active customer's.
CREATE FUNCTION erase_account(
  p_user_id varchar, p_password_hash varchar, p_erasure_id varchar, p_lease_seconds integer
) RETURNS varchar LANGUAGE plpgsql AS $$
DECLARE
  v_earlier varchar;
  v_sessions integer;
  v_addresses integer;
  v_resets integer;
  v_verifications integer;
  v_demo integer;
  v_attempts integer;
BEGIN
  -- All that is written for an account locks its row or finds it inactive.
  PERFORM 1 FROM users
  WHERE user_id = p_user_id AND is_active AND role = 'customer' AND password_hash = p_password_hash FOR UPDATE;
  IF NOT FOUND THEN
    SELECT erasure_id INTO v_earlier FROM erasures WHERE user_id = p_user_id;
    RETURN v_earlier;
  END IF;
  -- Tokens before their families, as a trade locks them.
  DELETE FROM refresh_tokens t USING refresh_families f WHERE f.user_id = p_user_id AND t.family_id = f.family_id;
  -- Ends the sessions by a trigger.
  UPDATE users SET email = 'erased-' || lower(p_erasure_id) || '@erased.invalid', password_hash = '$2-erased',
    first_name = 'Erased', last_name = 'Customer', phone_number = NULL, is_active = false, email_verified = false,
    session_epoch = session_epoch + 1, erased_at = now()
  WHERE user_id = p_user_id;
  UPDATE refresh_families SET device = NULL, address = NULL WHERE user_id = p_user_id;
  GET DIAGNOSTICS v_sessions = ROW_COUNT;
  -- Of a trade that was under way.
  DELETE FROM refresh_tokens t USING refresh_families f WHERE f.user_id = p_user_id AND t.family_id = f.family_id;
  DELETE FROM addresses WHERE user_id = p_user_id;
  GET DIAGNOSTICS v_addresses = ROW_COUNT;
  DELETE FROM password_resets WHERE user_id = p_user_id;
  GET DIAGNOSTICS v_resets = ROW_COUNT;
  DELETE FROM email_verifications WHERE user_id = p_user_id;
  GET DIAGNOSTICS v_verifications = ROW_COUNT;
  DELETE FROM demo_accounts WHERE user_id = p_user_id;
  GET DIAGNOSTICS v_demo = ROW_COUNT;
  -- Its table comes with a later migration.
  SELECT count(*) INTO v_attempts FROM audit_log WHERE actor_id = p_user_id;
  INSERT INTO erasures (erasure_id, user_id) VALUES (p_erasure_id, p_user_id);
  INSERT INTO erasure_proofs (erasure_id, subgraph, due_at)
  SELECT p_erasure_id, other, now() + make_interval(secs => p_lease_seconds)
  FROM unnest(array['cart', 'orders', 'catalog']) AS other;
  INSERT INTO erasure_proofs (erasure_id, subgraph, due_at, proved_at, is_complete, proof)
  VALUES (p_erasure_id, 'users', now(), now(), true,
    jsonb_build_object(
      'found', erasure_entries(jsonb_build_object('account with profile and password', 1, 'sessions', v_sessions,
        'addresses', v_addresses, 'password resets', v_resets, 'e-mail verifications', v_verifications,
        'demonstration password', v_demo, 'entries of the audit log', v_attempts)),
      'erased', erasure_entries(jsonb_build_object('e-mail address, names, phone number and password', 1,
        'devices and network addresses of sessions', v_sessions, 'addresses', v_addresses,
        'password resets', v_resets, 'e-mail verifications', v_verifications, 'demonstration password', v_demo)),
      'kept', erasure_entries(jsonb_build_object('id of the account', 1),
          'orders name it; it leads to nobody any more')
        || erasure_entries(jsonb_build_object('ids and ends of sessions', v_sessions),
          'routers refuse their access tokens by them')
        || erasure_entries(jsonb_build_object('entries of the audit log', v_attempts),
          'nothing is taken out of it; they name an id that leads to nobody, and the network address that each came from')));
  RETURN p_erasure_id;
END $$;
--> statement-breakpoint
-- Counts as the list that proofs hold; nothing is not worth a word.
CREATE FUNCTION erasure_entries(p_counts jsonb, p_reason text DEFAULT NULL) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(jsonb_agg(jsonb_build_object('what', key, 'count', value, 'reason', p_reason) ORDER BY key), '[]')
  FROM jsonb_each(p_counts) WHERE value <> '0'
$$;
