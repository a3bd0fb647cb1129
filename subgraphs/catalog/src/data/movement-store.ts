import { type Db, queryRows } from '@commerce/kit/postgres';
import { count, inArray, sql } from 'drizzle-orm';
import { type MovementRecord, productMovementRow } from './movement-record.ts';
import { stockMovements } from './tables.ts';

export type MovementPage = {
  limit: number;
  offset: number;
  /** Sequence of the last entry seen. */
  after: string | null;
};

export type MovementStore = {
  /** A page of each product's ledger, newest first, in one statement.
   *  @returns result[i] belongs to productIds[i] */
  listPages(productIds: readonly string[], page: MovementPage): Promise<MovementRecord[][]>;
  /** @returns result[i] belongs to productIds[i] */
  countAll(productIds: readonly string[]): Promise<number[]>;
};

export function createMovementStore(db: Db): MovementStore {
  return {
    async listPages(productIds, { limit, offset, after }) {
      const rows = await queryRows(
        db,
        sql`
          select wanted.product_id, to_jsonb(m) as movement
          from jsonb_array_elements_text(${JSON.stringify(productIds)}::jsonb) as wanted (product_id)
          cross join lateral (
            select s.movement_id, s.sequence, s.kind, s.on_hand_delta, s.reserved_delta, s.on_hand_after,
                   s.reserved_after, s.order_id, s.note, s.created_at
            from stock_movements s
            where s.product_id = wanted.product_id
              and (${after}::bigint is null or s.sequence < ${after}::bigint)
            order by s.sequence desc
            limit ${limit} offset ${offset}
          ) m
          order by m.sequence desc`,
        productMovementRow,
      );
      return productIds.map((id) => rows.filter((row) => row.product_id === id).map((row) => row.movement));
    },
    async countAll(productIds) {
      const rows = await db
        .select({ productId: stockMovements.productId, count: count() })
        .from(stockMovements)
        .where(inArray(stockMovements.productId, [...productIds]))
        .groupBy(stockMovements.productId);
      const counts = new Map(rows.map((row) => [row.productId, row.count]));
      return productIds.map((id) => counts.get(id) ?? 0);
    },
  };
}
