import { AppError } from '@commerce/kit/errors';
import type { OrderRecord } from '../../src/data/order-record.ts';
import { cancelOrder } from '../../src/domain/cancel-order.ts';
import { requestHash } from '../../src/domain/idempotency.ts';
import type { OrdersDeps } from '../../src/domain/orders-deps.ts';
import { placeOrder } from '../../src/domain/place-order.ts';
import { recoverCheckouts } from '../../src/domain/recover-checkouts.ts';
import { retryCheckout } from '../../src/domain/retry-checkout.ts';
import { createFakePayments } from '../fake-payments.ts';
import { allGuards, type Guards } from './guards.ts';
import { createNetwork, type Process } from './network.ts';
import { createScheduler } from './scheduler.ts';
import { createSimulatedCarts } from './simulated-carts.ts';
import { createSimulatedCatalog } from './simulated-catalog.ts';
import { createSimulatedOrders } from './simulated-orders.ts';
import { createSimulatedDeps, type World } from './simulated-service.ts';
import { findViolations, type Told } from './violations.ts';

/** When customers stop and nothing goes wrong any more. */
const CALM_AT_MS = 30_000;
/** By then all must be settled: longer than the longest row of back-offs. */
const END_AT_MS = 1_500_000;
/** What is still on its way arrives within this. */
const LATE_MS = 31_000;
const RECOVERY_EVERY_MS = 2_000;
const PROCESSES = 2;
const address = { street: 'Main St 1', city: 'Springfield', state: '', zipCode: '1', country: 'USA' };

type Service = { process: Process; deps: OrdersDeps };

/** Runs one schedule: customers order from few products through processes that crash, over a network that loses,
 *  delays and repeats, then waits until all has settled.
 *  @returns what must not be, one line each */
export async function simulate(seed: number, guards: Guards = allGuards): Promise<string[]> {
  const scheduler = createScheduler(seed);
  const now = () => scheduler.now();
  const intensity = scheduler.random() * 0.3;
  const world: World = {
    scheduler,
    network: createNetwork(scheduler, () => (now() < CALM_AT_MS ? intensity : 0)),
    orders: createSimulatedOrders(guards, now),
    catalog: createSimulatedCatalog({ prod_a: scheduler.between(1, 6), prod_b: 4 }, guards, now),
    carts: createSimulatedCarts(guards),
    payments: createFakePayments({ hasTombstones: guards.voidTombstone }),
    chargedTooEarly: [],
  };
  const services = startServices(world);
  const told = startCustomers(world, services);
  await scheduler.runUntil(CALM_AT_MS);
  while (!world.orders.isSettled() && now() < END_AT_MS) await scheduler.runUntil(now() + 5_000);
  await scheduler.runUntil(now() + LATE_MS);
  return findViolations(world, told);
}

function startServices(world: World): () => Service {
  const { scheduler } = world;
  let ids = 0;
  const newId: OrdersDeps['newId'] = (prefix) => `${prefix}_${++ids}`;
  const start = (): Service => {
    const process = { isAlive: true };
    return { process, deps: createSimulatedDeps(world, process, newId) };
  };
  const services = Array.from({ length: PROCESSES }, start);
  const crashRate = scheduler.random() < 0.5 ? 0 : scheduler.random() * 0.5;

  services.forEach((_, index) => {
    const live = () => {
      const service = services[index];
      // Looking for what is not there would only take time.
      if (service?.process.isAlive && world.orders.hasDue()) recover(service.deps);
      scheduler.after(RECOVERY_EVERY_MS, live);
    };
    const die = () => {
      if (scheduler.now() >= CALM_AT_MS) return;
      const service = services[index];
      if (service && scheduler.chance(crashRate)) {
        service.process.isAlive = false;
        scheduler.after(scheduler.between(0, 5_000), () => {
          services[index] = start();
        });
      }
      scheduler.after(scheduler.between(200, 4_000), die);
    };
    scheduler.after(scheduler.between(0, RECOVERY_EVERY_MS), live);
    scheduler.after(scheduler.between(0, 2_000), die);
  });

  function recover(deps: OrdersDeps): void {
    recoverCheckouts(deps, new AbortController().signal).catch(() => undefined);
    if (scheduler.now() < CALM_AT_MS) return;
    const none = { retry: async () => false };
    // What an administrator does once the outage is over.
    for (const [orderId, row] of world.orders.rows) {
      if (row.isParked)
        retryCheckout({ ...deps, mails: none, messages: none }, orderId).catch(() => undefined);
    }
  }

  return () => services[scheduler.between(0, PROCESSES - 1)] ?? start();
}

/** Customers with one cart each, who order, try again, use two tabs and change their minds. */
function startCustomers({ scheduler, carts }: World, anyService: () => Service): Told[] {
  const told: Told[] = [];
  const customers = scheduler.between(1, 3);
  for (let index = 0; index < customers; index += 1) {
    const userId = `usr_${index}`;
    carts.add(userId, scheduler.chance(0.7) ? 'prod_a' : 'prod_b', scheduler.between(1, 3));
    const visits = scheduler.between(1, 3);
    for (let visit = 0; visit < visits; visit += 1) {
      const key = scheduler.chance(0.6) ? `key_${index}_${scheduler.between(0, 1)}` : null;
      scheduler.after(scheduler.between(0, 20_000), () => order(userId, key, scheduler.between(0, 3)));
    }
    if (scheduler.chance(0.4)) {
      scheduler.after(scheduler.between(0, 20_000), () => carts.add(userId, 'prod_b', 1));
    }
  }

  function order(userId: string, key: string | null, retries: number): void {
    const token = scheduler.chance(0.1) ? 'tok_declined' : 'tok_visa_1234';
    const input = {
      shippingAddress: address,
      billingAddress: address,
      paymentMethod: { type: 'credit_card' as const, token },
    };
    const idempotency = key === null ? null : { key, requestHash: requestHash(input) };
    const origin = { clientAddress: '192.0.2.1', requestId: 'simulated' };
    const { process, deps } = anyService();
    // A dead service refuses the connection: whoever is patient tries again.
    const again = () => {
      if (retries > 0 && scheduler.now() < CALM_AT_MS - 10_000) {
        scheduler.after(scheduler.between(100, 9_000), () => order(userId, key, retries - 1));
      }
    };
    if (!process.isAlive) {
      again();
      return;
    }
    placeOrder(deps, { userId, idempotency, input, origin }).then(
      ({ order: placed }) => {
        told.push({ order: placed, key });
        if (scheduler.chance(0.2)) scheduler.after(scheduler.between(0, 15_000), () => cancel(placed));
      },
      (error: unknown) => {
        if (!(error instanceof AppError)) told.push({ bug: error });
        else if (error.code === 'SYS_002' || error.code === 'RES_002') again();
      },
    );
    // A process that dies answers nobody: its clients see the connection end.
    if (scheduler.chance(0.5))
      scheduler.after(10_000, () => {
        if (!process.isAlive) again();
      });
  }

  function cancel({ orderId, userId }: OrderRecord): void {
    const { process, deps } = anyService();
    if (!process.isAlive) return;
    const request = { orderId, reason: null, scope: { kind: 'owner' as const, userId } };
    cancelOrder(deps, request).catch(() => undefined);
  }

  return told;
}
