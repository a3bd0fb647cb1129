import type { NewId } from '@commerce/kit/ids';
import type { Logger } from '@commerce/kit/logger';
import type { CartClient } from '../clients/cart.ts';
import type { CatalogClient } from '../clients/catalog.ts';
import type { PaymentProvider } from '../clients/payment.ts';
import type { CheckoutStore } from '../data/checkout-store.ts';
import type { IdempotencyStore } from '../data/idempotency-store.ts';
import type { OrderReader } from '../data/order-reader.ts';
import type { OrderStore } from '../data/order-store.ts';
import type { RefundStore } from '../data/refund-store.ts';
import type { Background } from './background.ts';

/** Time and chance. */
export type Timing = {
  /** Milliseconds of a clock that only goes forward. */
  now(): number;
  /** Ends early where the signal aborts. */
  wait(ms: number, signal?: AbortSignal): Promise<void>;
  /** From 0 to 1. */
  random(): number;
};

/** Called between the steps of checkouts and refunds, with the name of the place: where a test ends the process,
 *  or holds it up. */
export type Failpoint = (place: string) => Promise<void> | void;

/** What the use cases work with. */
export type OrdersDeps = {
  orders: OrderStore;
  checkouts: CheckoutStore;
  refunds: RefundStore;
  reader: OrderReader;
  keys: IdempotencyStore;
  cart: CartClient;
  catalog: CatalogClient;
  /** Answers within a bound and never throws. */
  payment: PaymentProvider;
  background: Background;
  logger: Logger;
  newId: NewId;
  timing: Timing;
  failpoint: Failpoint;
};
