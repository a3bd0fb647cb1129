import { type Db, queryRows } from '@commerce/kit/postgres';
import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { movementRow } from './movement-record.ts';

export type StockLine = { productId: string; quantity: number };

export type StockAdjustment = {
  productId: string;
  /** Pieces counted; null where `delta` tells the change. */
  onHand: number | null;
  delta: number | null;
  /** No adjustment raises the stock above it. */
  maxOnHand: number;
  note: string | null;
};

const count = z.int();
/** A line that cannot be had; `requested` and `available` in pieces. */
const fault = { productId: z.string(), requested: count, available: count };

const reserveResult = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('held'), expiresAt: z.string().transform((text) => new Date(text)) }),
  z.object({ outcome: z.literal(['committed', 'refused', 'other_lines']) }),
  z.object({ outcome: z.literal(['unknown', 'inactive', 'short']), ...fault }),
]);
const commitResult = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal(['committed', 'refused', 'unknown']) }),
  z.object({ outcome: z.literal('short'), ...fault }),
]);
const restockResult = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal(['returned', 'released', 'unknown', 'other_lines']) }),
  z.object({ outcome: z.literal('too_many'), ...fault }),
]);
const adjustResult = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal(['unknown', 'unchanged', 'too_many']) }),
  z.object({ outcome: z.literal('short'), requested: count, available: count }),
  z.object({ outcome: z.literal('adjusted'), movement: movementRow }),
]);
const resultRow = z.object({ result: z.unknown() });
const expireResult = z.object({ released: count, skipped: count });

export type ReserveResult = z.output<typeof reserveResult>;
export type CommitResult = z.output<typeof commitResult>;
export type RestockResult = z.output<typeof restockResult>;
export type AdjustResult = z.output<typeof adjustResult>;
export type ExpireResult = z.output<typeof expireResult>;

/** Each is one statement, and harmless when repeated after a lost answer; all but `adjust`. */
export type StockStore = {
  /** Holds all lines or none. `refused`: the order was released before.
   *  @param lines product ids unique */
  reserve(hold: {
    orderId: string;
    lines: readonly StockLine[];
    holdSeconds: number;
  }): Promise<ReserveResult>;
  commit(orderId: string): Promise<CommitResult>;
  /** Gives up or returns what the order has; nothing can be reserved for it afterwards. */
  release(orderId: string): Promise<void>;
  /** Puts pieces of a committed order back, once a restock id. `released`: it has nothing left to give back.
   *  @param lines product ids unique */
  restock(restock: {
    orderId: string;
    restockId: string;
    lines: readonly StockLine[];
  }): Promise<RestockResult>;
  adjust(adjustment: StockAdjustment): Promise<AdjustResult>;
  /** Releases holds past their time; waits for nobody.
   *  @param limit how many at most
   *  @returns `skipped`: holds that somebody else had locked */
  expireReservations(limit: number): Promise<ExpireResult>;
  /** Forgets orders that were released so long ago that nothing can arrive for them any more.
   *  @param limit how many at most
   *  @returns how many */
  pruneReleased(ageDays: number, limit: number): Promise<number>;
};

export function createStockStore(db: Db): StockStore {
  async function call<Schema extends z.ZodType>(statement: SQL, schema: Schema): Promise<z.output<Schema>> {
    const [row] = await queryRows(db, sql`select ${statement} as result`, resultRow);
    return schema.parse(row?.result);
  }
  return {
    reserve: ({ orderId, lines, holdSeconds }) =>
      call(
        sql`reserve_stock(${orderId}, ${JSON.stringify(lines)}, make_interval(secs => ${holdSeconds}))`,
        reserveResult,
      ),
    commit: (orderId) => call(sql`commit_stock(${orderId})`, commitResult),
    async release(orderId) {
      await db.execute(sql`select release_stock(${orderId})`);
    },
    restock: ({ orderId, restockId, lines }) =>
      call(sql`restock_order(${orderId}, ${restockId}, ${JSON.stringify(lines)})`, restockResult),
    adjust: ({ productId, onHand, delta, maxOnHand, note }) =>
      call(sql`adjust_stock(${productId}, ${onHand}, ${delta}, ${maxOnHand}, ${note})`, adjustResult),
    expireReservations: (limit) => call(sql`expire_stock(${limit})`, expireResult),
    pruneReleased: (ageDays, limit) =>
      call(sql`prune_released_stock(make_interval(days => ${ageDays}), ${limit})`, count),
  };
}
