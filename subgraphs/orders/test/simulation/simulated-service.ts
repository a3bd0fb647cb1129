import { createLogger } from '@commerce/kit/logger';
import type { CartClient } from '../../src/clients/cart.ts';
import type { CatalogClient } from '../../src/clients/catalog.ts';
import type { PaymentProvider, Unknown } from '../../src/clients/payment.ts';
import { createBackground } from '../../src/domain/background.ts';
import type { OrdersDeps } from '../../src/domain/orders-deps.ts';
import type { createFakePayments } from '../fake-payments.ts';
import type { Call, Network, Process } from './network.ts';
import type { Scheduler } from './scheduler.ts';
import type { SimulatedCarts } from './simulated-carts.ts';
import type { SimulatedCatalog } from './simulated-catalog.ts';
import type { SimulatedOrders } from './simulated-orders.ts';

/** Everything outside the processes of the orders service. */
export type World = {
  scheduler: Scheduler;
  network: Network;
  orders: SimulatedOrders;
  catalog: SimulatedCatalog;
  carts: SimulatedCarts;
  payments: ReturnType<typeof createFakePayments>;
  /** Orders whose money was taken at a moment when their stock was not. */
  chargedTooEarly: string[];
};

const SERVICE_TIMEOUT_MS = 3_000;
const PAYMENT_TIMEOUT_MS = 5_000;
const DATABASE_TIMEOUT_MS = 2_000;
/** A token between services is worth 30 s: what comes later is refused. */
const HTTP_LATE_MS = 25_000;
/** A statement whose client has gone runs for its timeout at most. */
const STATEMENT_LATE_MS = 2_000;

const logger = createLogger({ service: 'orders', level: 'silent' });

/** The use cases of one process, over the simulated world. */
export function createSimulatedDeps(world: World, process: Process, newId: OrdersDeps['newId']): OrdersDeps {
  const { network, orders } = world;
  const query = <Result>(act: () => Result) =>
    network.send(process, {
      act,
      timeoutMs: DATABASE_TIMEOUT_MS,
      lateMs: STATEMENT_LATE_MS,
      mayRepeat: false,
    });
  return {
    orders: { open: (order) => query(() => orders.open(order)), changeStatus: notSimulated },
    checkouts: {
      find: (orderId) => query(() => orders.find(orderId)),
      advance: (checkout, transition) => query(() => orders.advance(checkout, transition)),
      postpone: (checkout, postponement) => query(() => orders.postpone(checkout, postponement)),
      claimDue: (limit) => query(() => orders.claimDue(limit)),
      parkHopeless: () => query(() => orders.parkHopeless()),
      acknowledge: (orderId) => query(() => orders.acknowledge(orderId)),
      cancel: ({ orderId }) => query(() => orders.cancel(orderId)),
      retry: (orderId) => query(() => orders.retry(orderId)),
      wake: notSimulated,
    },
    refunds: simulatedRefunds,
    reader: {
      findOrders: (ids) => query(() => ids.map((id) => orders.visible(id))),
      listItems: (ids) => query(() => ids.map((id) => orders.itemsOf(id))),
      listTimelines: notSimulated,
    },
    keys: { findOrder: (userId, key) => query(() => orders.findKey(userId, key)) },
    ...createServices(world, process),
    background: createBackground(logger),
    logger,
    newId,
    timing: createTiming(world.scheduler, process),
    failpoint: () => undefined,
  };
}

function createServices(
  { network, catalog, carts, payments, chargedTooEarly }: World,
  process: Process,
): Pick<OrdersDeps, 'cart' | 'catalog' | 'payment'> {
  const call = <Result>(act: () => Result) =>
    network.send(process, {
      act,
      timeoutMs: SERVICE_TIMEOUT_MS,
      lateMs: HTTP_LATE_MS,
      mayRepeat: true,
    });
  const cart: CartClient = {
    readCheckoutCart: (userId) => call(() => carts.read(userId, catalog.availableOf)),
    readVersion: (userId) => call(() => carts.versionOf(userId)),
    consumeCart: (cart) => call(() => carts.consume(cart)),
  };
  const stock: CatalogClient = {
    reserveStock: (orderId, lines) => call(() => catalog.reserve(orderId, lines)),
    commitStock: (orderId) => call(() => catalog.commit(orderId)),
    releaseStock: (orderId) => call(() => catalog.release(orderId)),
    restockOrder: notSimulated,
  };
  const { payment } = payments;
  const pay = async <Outcome>(act: () => Promise<Outcome>): Promise<Outcome | Unknown> => {
    const request: Call<Promise<Outcome>> = {
      act,
      timeoutMs: PAYMENT_TIMEOUT_MS,
      lateMs: HTTP_LATE_MS,
      mayRepeat: true,
    };
    return await network
      .send(process, request)
      .catch((cause: unknown) => ({ kind: 'unknown' as const, cause }));
  };
  const provider: PaymentProvider = {
    authorise: (request) => pay(() => payment.authorise(request)),
    capture: (request) =>
      pay(async () => {
        // A repetition only tells how the first one went.
        const isFirst = payments.payments.get(request.authorisationKey)?.state === 'authorised';
        const isTaken = catalog.reservations.get(request.orderId)?.status === 'committed';
        if (isFirst && !isTaken) chargedTooEarly.push(request.orderId);
        return await payment.capture(request);
      }),
    void: (request) => pay(() => payment.void(request)),
    refund: (request) => pay(() => payment.refund(request)),
    find: (request) => pay(() => payment.find(request)),
  };
  return { cart, catalog: stock, payment: provider };
}

function createTiming(scheduler: Scheduler, process: Process): OrdersDeps['timing'] {
  return {
    now: () => scheduler.now(),
    random: () => scheduler.random(),
    wait: (ms, signal) =>
      new Promise((resolve) => {
        const takeBack = scheduler.after(ms, () => {
          if (process.isAlive) resolve();
        });
        signal?.addEventListener('abort', () => {
          takeBack();
          resolve();
        });
      }),
  };
}

// An asynchronous function: the machine under test must not come this way at all.
async function notSimulated(): Promise<never> {
  throw new Error('Not part of the simulation');
}

const simulatedRefunds: OrdersDeps['refunds'] = {
  request: notSimulated,
  findByKey: notSimulated,
  markRefunded: notSimulated,
  markPaidElsewhere: notSimulated,
  markDone: notSimulated,
  markRefused: notSimulated,
  parkRefused: notSimulated,
  owe: notSimulated,
  leaveWithProvider: notSimulated,
  wake: notSimulated,
  reopen: notSimulated,
  claimDue: notSimulated,
  postpone: notSimulated,
  parkHopeless: notSimulated,
  retry: async () => false,
  listByOrders: notSimulated,
};
