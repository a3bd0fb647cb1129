import { stockBounds } from './checks/01-stock-bounds.ts';
import { heldStock } from './checks/02-held-stock.ts';
import { stockLedger } from './checks/03-stock-ledger.ts';
import { orderedStock } from './checks/04-ordered-stock.ts';
import { cancelledStock } from './checks/05-cancelled-stock.ts';
import { capturedMoney } from './checks/06-captured-money.ts';
import { returnedMoney } from './checks/07-returned-money.ts';
import { orphanedPayments } from './checks/08-orphaned-payments.ts';
import { sums } from './checks/09-sums.ts';
import { liveOrders } from './checks/10-live-orders.ts';
import { ackedOrders } from './checks/11-acked-orders.ts';
import { unfinishedWork } from './checks/12-unfinished-work.ts';
import { timelines } from './checks/13-timelines.ts';
import { consumedCarts } from './checks/14-consumed-carts.ts';
import { owners } from './checks/15-owners.ts';
import { erasedCustomers } from './checks/16-erased-customers.ts';
import type { Invariant } from './invariant.ts';

export const invariants: readonly Invariant[] = [
  stockBounds,
  heldStock,
  stockLedger,
  orderedStock,
  cancelledStock,
  capturedMoney,
  returnedMoney,
  orphanedPayments,
  sums,
  liveOrders,
  ackedOrders,
  unfinishedWork,
  timelines,
  consumedCarts,
  owners,
  erasedCustomers,
];
