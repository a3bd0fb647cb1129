export const databaseNames = ['users', 'catalog', 'cart', 'orders', 'payments'] as const;
export type DatabaseName = (typeof databaseNames)[number];

/** Without `payments` where the payment provider keeps its ledger elsewhere. */
export type DatabaseUrls = Readonly<
  Record<Exclude<DatabaseName, 'payments'>, string> & { payments?: string }
>;

/** One question, of which every row that it finds is a fault. */
export type Check = {
  /** always: it holds at any moment, also under load. atRest: only once nothing is under way any more. */
  holds: 'always' | 'atRest';
  /** What the database is asked about, batch by batch: no query can cross two databases. Absent where it is asked
   *  about itself. Batches are read before the question is asked: what is certain `always` must be so in this
   *  order of reading. */
  batches?: Listing | 'acked';
  /** The database that is asked. */
  database: DatabaseName;
  /** Selects the faults; ids and figures only. `$1` is the batch: a JSON array of the listing's rows, as text. */
  faults: string;
};

/** Rows in batches. */
export type Listing = {
  database: DatabaseName;
  /** Selects rows with an `id`, in its order: of up to `$2` ids behind `$1`, all rows. */
  rows: string;
};

export type Invariant = { number: number; name: string; checks: readonly Check[] };

/** An order as a client was told of it, amounts in units of the currency. */
export type AckedOrder = {
  orderId: string;
  userId: string;
  total: number;
  items: readonly { productId: string; quantity: number; price: number }[];
  /** The idempotency key that it was ordered with. */
  key?: string | undefined;
};
