import { z } from 'zod';

/** Kinds as they stand in the table, and as GraphQL names them. */
const kinds = {
  initial: 'INITIAL',
  adjustment: 'ADJUSTMENT',
  reservation: 'RESERVATION',
  release: 'RELEASE',
  commitment: 'COMMITMENT',
  return: 'RETURN',
} as const;
const columnKind = z.enum(['initial', 'adjustment', 'reservation', 'release', 'commitment', 'return']);

/** An entry of the stock ledger. */
export type MovementRecord = {
  movementId: string;
  /** Place in the product's ledger, as text since it is a bigint. */
  sequence: string;
  kind: (typeof kinds)[keyof typeof kinds];
  onHandDelta: number;
  reservedDelta: number;
  onHandAfter: number;
  reservedAfter: number;
  orderId: string | null;
  note: string | null;
  createdAt: Date;
};

/** A row of stock_movements as jsonb. */
export const movementRow = z
  .object({
    movement_id: z.string(),
    sequence: z.coerce.string(),
    kind: columnKind,
    on_hand_delta: z.int(),
    reserved_delta: z.int(),
    on_hand_after: z.int(),
    reserved_after: z.int(),
    order_id: z.string().nullable(),
    note: z.string().nullable(),
    created_at: z.string(),
  })
  .transform(
    (row): MovementRecord => ({
      movementId: row.movement_id,
      sequence: row.sequence,
      kind: kinds[row.kind],
      onHandDelta: row.on_hand_delta,
      reservedDelta: row.reserved_delta,
      onHandAfter: row.on_hand_after,
      reservedAfter: row.reserved_after,
      orderId: row.order_id,
      note: row.note,
      createdAt: new Date(row.created_at),
    }),
  );

export const productMovementRow = z.object({ product_id: z.string(), movement: movementRow });
