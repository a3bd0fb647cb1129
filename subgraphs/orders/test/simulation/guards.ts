/** What protects a checkout, each of which can be taken away to see that it is needed. */
export type Guards = {
  /** A write under an old epoch, or from another state, changes nothing. */
  fence: boolean;
  /** Stock is reserved only where it is there. */
  conditionalReserve: boolean;
  /** What was released is not reserved any more. */
  tombstone: boolean;
  /** A key stands for one order. */
  idempotencyRow: boolean;
  /** A cart is ordered once at a time, and each version once. */
  cartKey: boolean;
  /** A cart gives an order's pieces away once. */
  cartInbox: boolean;
  /** A payment that was voided is not authorised any more. */
  voidTombstone: boolean;
};

export const allGuards: Guards = {
  fence: true,
  conditionalReserve: true,
  tombstone: true,
  idempotencyRow: true,
  cartKey: true,
  cartInbox: true,
  voidTombstone: true,
};
