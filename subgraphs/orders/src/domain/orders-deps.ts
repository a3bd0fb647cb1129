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
import type { Timing } from './timing.ts';

/** Called between the steps of checkouts, refunds and what follows from events, with the name of the place: where a
 *  test ends the process, or holds it up. */
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
