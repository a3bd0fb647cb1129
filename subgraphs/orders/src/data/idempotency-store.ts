import { type Db, queryRows } from '@commerce/kit/postgres';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { OrderRecord } from './order-record.ts';
import { orderColumns, orderRow } from './order-rows.ts';

const keyRow = orderRow.extend({ requestHash: z.string() });

export type IdempotencyStore = ReturnType<typeof createIdempotencyStore>;

/** Clients' keys. They are written together with the order they stand for: see `open` of the order store. */
export function createIdempotencyStore(db: Db) {
  return {
    /** @returns null for a key that is free: unknown, older than a day, or of an order that failed */
    async findOrder(
      userId: string,
      key: string,
    ): Promise<{ requestHash: string; order: OrderRecord } | null> {
      const [row] = await queryRows(
        db,
        sql`select ${orderColumns}, k.request_hash as "requestHash"
          from idempotency_keys k join orders o on o.order_id = k.order_id
          where k.user_id = ${userId} and k.idempotency_key = ${key} and k.expires_at > now()
            and not (o.status = 'cancelled' and o.acknowledged_at is null)`,
        keyRow,
      );
      if (!row) return null;
      const { requestHash, ...order } = row;
      return { requestHash, order };
    },
  };
}
