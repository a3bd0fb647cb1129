import type { NewId } from '@commerce/kit/ids';
import type { Logger } from '@commerce/kit/logger';
import type { CartClient } from '../clients/cart.ts';
import type { CatalogClient } from '../clients/catalog.ts';
import type { PaymentProvider } from '../clients/payment.ts';
import type { IdempotencyStore } from '../data/idempotency-store.ts';
import type { OrderReader } from '../data/order-reader.ts';
import type { OrderStore } from '../data/order-store.ts';
import type { Background } from './background.ts';

/** What the use cases work with. */
export type OrdersDeps = {
  orders: OrderStore;
  reader: OrderReader;
  keys: IdempotencyStore;
  cart: CartClient;
  catalog: CatalogClient;
  /** Answers within a bound and never throws. */
  payment: PaymentProvider;
  background: Background;
  logger: Logger;
  newId: NewId;
};
