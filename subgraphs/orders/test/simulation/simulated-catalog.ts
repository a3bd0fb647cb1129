import { AppError } from '@commerce/kit/errors';
import type { StockLine } from '../../src/clients/catalog.ts';
import type { Guards } from './guards.ts';

type Reservation = {
  status: 'held' | 'committed' | 'released';
  lines: readonly StockLine[];
  expiresAt: number;
};

const HOLD_MS = 15 * 60_000;

/** The catalog's stock: what its database functions promise, as state that is changed at once. */
export function createSimulatedCatalog(
  stock: Readonly<Record<string, number>>,
  guards: Guards,
  now: () => number,
) {
  const products = new Map(
    Object.entries(stock).map(([id, onHand]) => [id, { onHand, reserved: 0, ledger: onHand }]),
  );
  const reservations = new Map<string, Reservation>();
  const released = new Set<string>();

  const productOf = (productId: string) => {
    const product = products.get(productId);
    if (!product) throw new AppError('RES_001', 'No such product');
    return product;
  };

  function refuseShort(lines: readonly StockLine[]): void {
    if (!guards.conditionalReserve) return;
    for (const { productId, quantity: requested } of lines) {
      const { onHand, reserved } = productOf(productId);
      const available = onHand - reserved;
      if (available < requested) {
        throw new AppError('BUS_001', undefined, { details: { productId, requested, available } });
      }
    }
  }

  function move(lines: readonly StockLine[], sign: { onHand: number; reserved: number }): void {
    for (const { productId, quantity } of lines) {
      const product = productOf(productId);
      product.onHand += sign.onHand * quantity;
      product.ledger += sign.onHand * quantity;
      product.reserved += sign.reserved * quantity;
    }
  }

  return {
    reserve(orderId: string, lines: readonly StockLine[]): void {
      if (guards.tombstone && released.has(orderId)) throw new AppError('BUS_002', 'The order was released');
      const known = reservations.get(orderId);
      if (known && known.status !== 'released') return;
      refuseShort(lines);
      move(lines, { onHand: 0, reserved: 1 });
      reservations.set(orderId, { status: 'held', lines, expiresAt: now() + HOLD_MS });
    },
    commit(orderId: string): void {
      if (guards.tombstone && released.has(orderId)) throw new AppError('BUS_002', 'The order was released');
      const known = reservations.get(orderId);
      if (!known) throw new AppError('RES_001', 'The order has reserved nothing');
      if (known.status === 'committed') return;
      if (known.status === 'released') refuseShort(known.lines);
      move(known.lines, { onHand: -1, reserved: known.status === 'held' ? -1 : 0 });
      known.status = 'committed';
    },
    release(orderId: string): void {
      released.add(orderId);
      const known = reservations.get(orderId);
      if (!known || known.status === 'released') return;
      move(known.lines, known.status === 'held' ? { onHand: 0, reserved: -1 } : { onHand: 1, reserved: 0 });
      known.status = 'released';
    },
    expire(): void {
      for (const known of reservations.values()) {
        if (known.status !== 'held' || known.expiresAt > now()) continue;
        move(known.lines, { onHand: 0, reserved: -1 });
        known.status = 'released';
      }
    },
    availableOf: (productId: string) => {
      const product = products.get(productId);
      return product ? product.onHand - product.reserved : 0;
    },
    products,
    reservations,
  };
}

export type SimulatedCatalog = ReturnType<typeof createSimulatedCatalog>;
