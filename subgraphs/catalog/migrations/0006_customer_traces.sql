CREATE INDEX "stock_movements_noted" ON "stock_movements" USING btree ("movement_id") WHERE "stock_movements"."note" is not null;--> statement-breakpoint
-- Looks for a customer where the catalog could name one: in all columns, of whatever table, whose name says that people
-- stand in them, and in what people wrote. No table of today has such a column; one that comes is found by itself.
-- The extension's views are not tables.
CREATE FUNCTION customer_traces(p_user_id varchar) RETURNS TABLE (what text, count integer) LANGUAGE plpgsql STABLE AS $$
DECLARE
  v_column record;
  v_columns integer := 0;
  v_count integer;
BEGIN
  FOR v_column IN
    SELECT c.table_name, c.column_name
    FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
    WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE'
      AND c.column_name ~ '(user|customer|person|buyer|owner|actor|admin|mail|phone|address|street|zip|first_name|last_name)'
    ORDER BY 1, 2
  LOOP
    v_columns := v_columns + 1;
    EXECUTE format('SELECT count(*)::integer FROM %I WHERE %I::text = $1', v_column.table_name, v_column.column_name)
      INTO v_count USING p_user_id;
    IF v_count > 0 THEN
      RETURN QUERY SELECT format('rows of %s by %s', v_column.table_name, v_column.column_name), v_count;
    END IF;
  END LOOP;
  RETURN QUERY SELECT 'columns that could name a person', v_columns;
  RETURN QUERY SELECT 'notes of stock movements with the customer''s id',
    (SELECT count(*)::integer FROM stock_movements m
     WHERE m.note IS NOT NULL AND position(p_user_id in m.note) > 0);
END $$;
