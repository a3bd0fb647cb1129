import { cents } from '@commerce/kit/money';
import type {
  CheckoutRecord,
  CheckoutState,
  Postponement,
  Transition,
} from '../../src/data/checkout-record.ts';
import type { OrderItemRecord, OrderRecord, OrderStatus } from '../../src/data/order-record.ts';
import type { NewOrder, OpenOutcome } from '../../src/data/order-store.ts';
import type { Guards } from './guards.ts';

type Row = {
  order: OrderRecord;
  items: OrderItemRecord[];
  state: CheckoutState;
  epoch: number;
  attempts: number;
  dueAt: number;
  isParked: boolean;
  failure: CheckoutRecord['failure'];
  timeline: OrderStatus[];
  events: string[];
};

const LEASE_MS = 15_000;
const MAX_ATTEMPTS = 8;
const isLive = ({ order }: Row) => order.status !== 'cancelled' && order.status !== 'refunded';
const isUnfinished = ({ state }: Row) => state !== 'done' && state !== 'failed';

/** The orders database: what its statements promise, each as one change at once. */
export function createSimulatedOrders(guards: Guards, now: () => number) {
  const rows = new Map<string, Row>();
  const keys = new Map<string, { requestHash: string; orderId: string }>();
  const moment = () => new Date(now());

  const recordOf = ({ order, state, epoch, attempts, failure }: Row): CheckoutRecord => ({
    order: { ...order },
    state,
    epoch,
    attempts,
    failure,
  });

  function tell(row: Row, event: string): void {
    if (row.order.acknowledgedAt && !row.events.includes(event)) row.events.push(event);
  }

  function findKey(userId: string, key: string) {
    const found = keys.get(`${userId} ${key}`);
    const row = found && rows.get(found.orderId);
    if (!found || !row) return null;
    const isFree = row.order.status === 'cancelled' && row.order.acknowledgedAt === null;
    return isFree ? null : { requestHash: found.requestHash, order: { ...row.order } };
  }

  function isCartTaken({ cartId, cartVersion }: NewOrder): boolean {
    return [...rows.values()].some(
      (row) =>
        isLive(row) &&
        row.order.cartId === cartId &&
        (row.order.cartVersion === cartVersion || row.order.cartConsumedAt === null),
    );
  }

  function open(order: NewOrder): OpenOutcome {
    if (rows.has(order.orderId)) throw new Error('The order is there already');
    const key = order.idempotency && `${order.userId} ${order.idempotency.key}`;
    if (order.idempotency && findKey(order.userId, order.idempotency.key)) {
      return { kind: 'key-taken' };
    }
    if (guards.cartKey && isCartTaken(order)) return { kind: 'cart-taken' };
    const row: Row = {
      order: orderOf(order, moment()),
      items: order.lines.map((line) => ({ ...line, orderId: order.orderId, currency: order.currency })),
      state: 'started',
      epoch: 1,
      attempts: 0,
      dueAt: now() + LEASE_MS,
      isParked: false,
      failure: null,
      timeline: ['pending'],
      events: [],
    };
    rows.set(order.orderId, row);
    if (key && order.idempotency && guards.idempotencyRow) {
      keys.set(key, { requestHash: order.idempotency.requestHash, orderId: order.orderId });
    }
    return { kind: 'opened', checkout: recordOf(row) };
  }

  function isHeld(row: Row | undefined, checkout: CheckoutRecord): row is Row {
    if (!row) return false;
    return !guards.fence || (row.epoch === checkout.epoch && row.state === checkout.state);
  }

  function advance(checkout: CheckoutRecord, transition: Transition): CheckoutRecord | null {
    const row = rows.get(checkout.order.orderId);
    if (!isHeld(row, checkout)) return null;
    const { to, failure, status, approval, isDecision, isConsumed } = transition;
    row.state = to;
    row.attempts = 0;
    row.dueAt = now() + LEASE_MS;
    row.failure = failure ?? row.failure;
    const { order } = row;
    if (approval) order.paymentMethod = { ...order.paymentMethod, ...approval };
    if (isDecision) order.acknowledgedAt ??= moment();
    if (isConsumed) order.cartConsumedAt ??= moment();
    if (isDecision) tell(row, 'order.created');
    if (status) changeStatus(row, status);
    return recordOf(row);
  }

  function changeStatus(row: Row, status: OrderStatus): void {
    row.order.status = status;
    row.timeline.push(status);
    tell(row, `order.${status}`);
  }

  return {
    rows,
    open,
    findKey,
    advance,
    find: (orderId: string) => {
      const row = rows.get(orderId);
      return row ? recordOf(row) : null;
    },
    postpone(checkout: CheckoutRecord, { delayMs }: Postponement): void {
      const row = rows.get(checkout.order.orderId);
      if (isHeld(row, checkout)) row.dueAt = now() + delayMs;
    },
    claimDue(limit: number): CheckoutRecord[] {
      const due = [...rows.values()]
        .filter(
          (row) => isUnfinished(row) && !row.isParked && row.dueAt <= now() && row.attempts < MAX_ATTEMPTS,
        )
        .slice(0, limit);
      return due.map((row) => {
        row.epoch += 1;
        row.attempts += 1;
        row.dueAt = now() + LEASE_MS;
        return recordOf(row);
      });
    },
    parkHopeless(): string[] {
      const hopeless = [...rows.values()].filter(
        (row) => isUnfinished(row) && !row.isParked && row.dueAt <= now() && row.attempts >= MAX_ATTEMPTS,
      );
      return hopeless.map((row) => {
        row.isParked = true;
        row.epoch += 1;
        return row.order.orderId;
      });
    },
    acknowledge(orderId: string): OrderRecord | null {
      const row = rows.get(orderId);
      if (!row || (row.order.status !== 'pending' && row.order.acknowledgedAt === null)) return null;
      row.order.acknowledgedAt ??= moment();
      tell(row, 'order.created');
      return { ...row.order };
    },
    cancel(orderId: string): CheckoutRecord | null {
      const row = rows.get(orderId);
      const isOpen = row?.order.status === 'pending' || row?.order.status === 'confirmed';
      if (
        !row ||
        !isOpen ||
        !row.order.acknowledgedAt ||
        row.state === 'voiding' ||
        row.state === 'releasing'
      ) {
        return null;
      }
      changeStatus(row, 'cancelled');
      Object.assign(row, { state: 'voiding', epoch: row.epoch + 1, attempts: 0, isParked: false });
      row.dueAt = now() + LEASE_MS;
      return recordOf(row);
    },
    retry(orderId: string): boolean {
      const row = rows.get(orderId);
      if (!row?.isParked) return false;
      Object.assign(row, { isParked: false, attempts: 0, dueAt: now() });
      return true;
    },
    hasDue: () => [...rows.values()].some((row) => isUnfinished(row) && !row.isParked && row.dueAt <= now()),
    isSettled: () => ![...rows.values()].some(isUnfinished),
    itemsOf: (orderId: string) => rows.get(orderId)?.items ?? [],
    visible: (orderId: string) => {
      const row = rows.get(orderId);
      return row?.order.acknowledgedAt ? { ...row.order } : null;
    },
  };
}

export type SimulatedOrders = ReturnType<typeof createSimulatedOrders>;

function orderOf(order: NewOrder, createdAt: Date): OrderRecord {
  const { lines, idempotency: _, ...rest } = order;
  return {
    ...rest,
    status: 'pending',
    itemCount: lines.reduce((sum, { quantity }) => sum + quantity, 0),
    tracking: null,
    createdAt,
    updatedAt: createdAt,
    acknowledgedAt: null,
    cartConsumedAt: null,
    refunded: cents(0),
    estimatedDelivery: createdAt,
  };
}
