import type { OrderRecord } from '../../src/data/order-record.ts';
import type { World } from './simulated-service.ts';

/** What a client was told, or a bug that came up in place of an answer. */
export type Told = { order: OrderRecord; key: string | null } | { bug: unknown };

/** What must not be once all has settled, one line each. */
export function findViolations(world: World, told: readonly Told[]): string[] {
  return [
    ...stockFaults(world),
    ...orderFaults(world),
    ...paymentFaults(world),
    ...cartFaults(world),
    ...clientFaults(world, told),
  ];
}

const rowsOf = ({ orders }: World) => [...orders.rows.values()];

function stockFaults(world: World): string[] {
  const faults: string[] = [];
  const { products, reservations } = world.catalog;
  for (const [productId, { onHand, reserved, ledger }] of products) {
    const held = [...reservations.values()]
      .filter(({ status }) => status === 'held')
      .flatMap(({ lines }) => lines)
      .filter((line) => line.productId === productId)
      .reduce((sum, { quantity }) => sum + quantity, 0);
    if (onHand < 0 || reserved < 0 || reserved > onHand)
      faults.push(`stock of ${productId}: ${reserved} of ${onHand}`);
    if (reserved !== held) faults.push(`${productId}: ${reserved} reserved, ${held} held`);
    if (onHand !== ledger) faults.push(`${productId}: ${onHand} on hand, ledger ${ledger}`);
  }
  for (const { order, items } of rowsOf(world)) {
    const reservation = reservations.get(order.orderId);
    const isPaid = order.status === 'confirmed';
    if (isPaid && reservation?.status !== 'committed')
      faults.push(`${order.orderId} is paid, its stock is not taken`);
    if (isPaid && reservation?.lines.length !== items.length)
      faults.push(`${order.orderId} took other lines`);
    if (order.status === 'cancelled' && reservation && reservation.status !== 'released') {
      faults.push(`${order.orderId} is cancelled and its stock ${reservation.status}`);
    }
  }
  return faults;
}

function orderFaults(world: World): string[] {
  const faults: string[] = [];
  const live = new Map<string, string>();
  for (const { order, state, timeline, events, isParked } of rowsOf(world)) {
    const { orderId, status } = order;
    if (state !== 'done' && state !== 'failed')
      faults.push(`${orderId} is left ${state}${isParked ? ', parked' : ''}`);
    if (status !== 'confirmed' && status !== 'cancelled') faults.push(`${orderId} is left ${status}`);
    const path = timeline.join(' ');
    if (!['pending confirmed', 'pending cancelled', 'pending confirmed cancelled'].includes(path)) {
      faults.push(`${orderId} went ${path}`);
    }
    if (order.acknowledgedAt && events[0] !== 'order.created')
      faults.push(`${orderId} was told of as ${events}`);
    if (order.acknowledgedAt && events.at(-1) !== `order.${status}`)
      faults.push(`${orderId}: last event ${events.at(-1)}`);
    if (!order.acknowledgedAt && (status === 'confirmed' || events.length > 0))
      faults.push(`${orderId} is hidden`);
    if (status === 'cancelled') continue;
    const version = `${order.cartId} ${order.cartVersion}`;
    if (live.has(version)) faults.push(`${orderId} and ${live.get(version)} order one cart version`);
    live.set(version, orderId);
  }
  return faults;
}

function paymentFaults(world: World): string[] {
  const faults = world.chargedTooEarly.map((orderId) => `${orderId} was charged before its stock was taken`);
  for (const { order } of rowsOf(world)) {
    const { orderId, status, total } = order;
    const own = world.payments
      .entries()
      .filter((entry) => entry.orderId === orderId && entry.outcome === 'approved');
    const sum = (kind: string) =>
      own.filter((entry) => entry.kind === kind).reduce((all, { amount }) => all + amount, 0);
    const captures = own.filter(({ kind }) => kind === 'capture').length;
    const net = sum('capture') - sum('refund');
    if (captures > 1) faults.push(`${orderId} was charged ${captures} times`);
    if (status === 'confirmed' && net !== total) faults.push(`${orderId}: ${net} of ${total} charged`);
    if (status === 'cancelled' && net !== 0) faults.push(`${orderId} is cancelled, ${net} kept`);
  }
  for (const { orderId, state } of world.payments.payments.values()) {
    const order = world.orders.rows.get(orderId)?.order;
    if (!order) faults.push(`a payment without the order ${orderId}`);
    if (state === 'authorised') faults.push(`${orderId}: an authorisation is left open`);
  }
  return faults;
}

function cartFaults(world: World): string[] {
  const faults: string[] = [];
  for (const { order } of rowsOf(world)) {
    if (order.status === 'confirmed' && !world.carts.consumed.has(order.orderId)) {
      faults.push(`${order.orderId}: its pieces are still in the cart`);
    }
  }
  if (world.carts.takenTwice() > 0) faults.push('pieces were taken out of a cart twice');
  return faults;
}

/** What clients were told holds, and one key is one order. */
function clientFaults(world: World, told: readonly Told[]): string[] {
  const faults: string[] = [];
  const orderOfKey = new Map<string, string>();
  for (const answer of told) {
    if ('bug' in answer) {
      faults.push(`a bug: ${String(answer.bug)}`);
      continue;
    }
    const { order, key } = answer;
    const kept = world.orders.rows.get(order.orderId)?.order;
    if (!kept?.acknowledgedAt) faults.push(`a client was told of ${order.orderId}, which is not there`);
    if (kept && kept.total !== order.total) faults.push(`${order.orderId} has changed`);
    if (order.status !== 'pending') faults.push(`${order.orderId} was answered as ${order.status}`);
    if (key === null) continue;
    const known = orderOfKey.get(key);
    if (known !== undefined && known !== order.orderId) faults.push(`${key} was answered with two orders`);
    orderOfKey.set(key, order.orderId);
  }
  return faults;
}
