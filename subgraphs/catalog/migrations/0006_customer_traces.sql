CREATE INDEX "stock_movements_note_parts" ON "stock_movements" USING gin ("note" gin_trgm_ops) WHERE "stock_movements"."note" is not null;--> statement-breakpoint
-- Looks for a customer where the catalog could name one: in all columns, of whatever table, that hold ids of people by
-- their names, and in what administrators wrote. The audit log has such a column; one of a table that comes is found by
-- itself. Only text is looked at, as it is: an index over the column serves.
CREATE FUNCTION customer_traces(p_user_id varchar) RETURNS TABLE (what text, count integer) LANGUAGE plpgsql STABLE AS $$
DECLARE
  v_column record;
  v_count integer;
BEGIN
  FOR v_column IN
    SELECT c.table_name, c.column_name
    FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
    -- The extension's views are not tables.
    WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE'
      AND c.data_type IN ('character varying', 'text')
      AND c.column_name ~ '(^|_)((user|customer|person|buyer|owner|author|actor|admin|administrator)(_id)?|by)$'
    ORDER BY 1, 2
  LOOP
    EXECUTE format('SELECT count(*)::integer FROM %I WHERE %I = $1', v_column.table_name, v_column.column_name)
      INTO v_count USING p_user_id;
    IF v_count > 0 THEN
      RETURN QUERY SELECT CASE v_column.table_name WHEN 'audit_log' THEN 'entries of the audit log'
        ELSE format('rows of %s by %s', v_column.table_name, v_column.column_name) END, v_count;
    END IF;
  END LOOP;
  SELECT count(*)::integer INTO v_count FROM stock_movements m
  WHERE m.note LIKE '%' || regexp_replace(p_user_id, '([\\%_])', '\\\1', 'g') || '%';
  IF v_count > 0 THEN
    RETURN QUERY SELECT 'notes of stock movements with the id of the customer', v_count;
  END IF;
END $$;
