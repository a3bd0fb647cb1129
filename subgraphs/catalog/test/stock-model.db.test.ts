import { afterAll, beforeAll, expect, it } from 'vitest';
import { createStockStore } from '../src/data/stock-store.ts';
import { type CatalogFixture, openCatalog } from './catalog-fixture.ts';
import { insertCategories, insertProducts, productRow } from './samples.ts';
import { expireHolds, findStockFaults, readStocks } from './stock-fixture.ts';

let catalog: CatalogFixture;
beforeAll(async () => {
  catalog = await openCatalog();
  await insertCategories(catalog.db);
});
afterAll(async () => await catalog.close());

/** A sequence that is the same for the same seed, so that a failure can be played again. */
function randomOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

type Order = {
  state: 'held' | 'expired' | 'committed' | 'released';
  lines: Map<string, number>;
  returned: Map<string, number>;
};
type Shop = { onHand: Map<string, number>; orders: Map<string, Order> };

function reservedOf(shop: Shop, productId: string): number {
  const held = [...shop.orders.values()].filter((order) => order.state === 'held');
  return held.reduce((sum, order) => sum + (order.lines.get(productId) ?? 0), 0);
}

function canHave(shop: Shop, lines: Map<string, number>): boolean {
  return [...lines].every(([id, quantity]) => (shop.onHand.get(id) ?? 0) - reservedOf(shop, id) >= quantity);
}

function take(shop: Shop, lines: Map<string, number>, sign: 1 | -1): void {
  for (const [id, quantity] of lines) shop.onHand.set(id, (shop.onHand.get(id) ?? 0) + sign * quantity);
}

it.each([1, 2, 3, 4])(
  'the stock behaves as its model does, over 150 random steps (seed %d)',
  async (seed) => {
    const random = randomOf(seed);
    const ids = ['a', 'b', 'c'].map((name) => `prod_${seed}_${name}`);
    await insertProducts(
      catalog.db,
      ids.map((id) => productRow(id, { onHand: 8 })),
    );
    const stock = createStockStore(catalog.db);
    let restocks = 0;
    const shop: Shop = { onHand: new Map(ids.map((id) => [id, 8])), orders: new Map() };

    async function reserve(orderId: string): Promise<void> {
      const known = shop.orders.get(orderId);
      const lines =
        known && known.lines.size > 0
          ? known.lines
          : new Map(ids.filter(() => random(2) === 0).map((id) => [id, 1 + random(4)]));
      if (lines.size === 0) return;
      const { outcome } = await stock.reserve({
        orderId,
        lines: [...lines].map(([productId, quantity]) => ({ productId, quantity })),
        holdSeconds: 900,
      });
      if (known?.state === 'released') expect(outcome).toBe('refused');
      else if (known?.state === 'committed' || known?.state === 'held') expect(outcome).toBe(known.state);
      else {
        expect(outcome).toBe(canHave(shop, lines) ? 'held' : 'short');
        if (outcome === 'held') shop.orders.set(orderId, { state: 'held', lines, returned: new Map() });
      }
    }

    async function commit(orderId: string): Promise<void> {
      const known = shop.orders.get(orderId);
      const { outcome } = await stock.commit(orderId);
      if (!known) expect(outcome).toBe('unknown');
      else if (known.state === 'released') expect(outcome).toBe('refused');
      else if (known.state === 'expired' && !canHave(shop, known.lines)) expect(outcome).toBe('short');
      else {
        expect(outcome).toBe('committed');
        if (known.state !== 'committed') take(shop, known.lines, -1);
        known.state = 'committed';
      }
    }

    async function release(orderId: string): Promise<void> {
      const known = shop.orders.get(orderId) ?? {
        state: 'released',
        lines: new Map(),
        returned: new Map(),
      };
      await stock.release(orderId);
      if (known.state === 'committed') {
        take(shop, known.lines, 1);
        take(shop, known.returned, -1);
      }
      shop.orders.set(orderId, { ...known, state: 'released' });
    }

    async function restock(orderId: string): Promise<void> {
      const known = shop.orders.get(orderId);
      const productId = ids[random(ids.length)]!;
      const quantity = 1 + random(3);
      restocks += 1;
      const restockId = `ref_${restocks}`;
      const { outcome } = await stock.restock({ orderId, restockId, lines: [{ productId, quantity }] });
      if (known?.state === 'released') expect(outcome).toBe('released');
      else if (known?.state !== 'committed') expect(outcome).toBe('unknown');
      else {
        const returned = known.returned.get(productId) ?? 0;
        const isLeft = quantity <= (known.lines.get(productId) ?? 0) - returned;
        expect(outcome).toBe(isLeft ? 'returned' : 'too_many');
        if (!isLeft) return;
        known.returned.set(productId, returned + quantity);
        take(shop, new Map([[productId, quantity]]), 1);
      }
    }

    async function expire(orderId: string): Promise<void> {
      const known = shop.orders.get(orderId);
      await expireHolds(catalog.db, orderId);
      await stock.expireReservations(100);
      if (known?.state === 'held') known.state = 'expired';
    }

    async function adjust(): Promise<void> {
      const productId = ids[random(ids.length)]!;
      const target = random(14);
      const { outcome } = await stock.adjust({
        productId,
        onHand: target,
        delta: null,
        maxOnHand: 100,
        note: null,
      });
      if (target === shop.onHand.get(productId)) expect(outcome).toBe('unchanged');
      else if (target < reservedOf(shop, productId)) expect(outcome).toBe('short');
      else {
        expect(outcome).toBe('adjusted');
        shop.onHand.set(productId, target);
      }
    }

    for (let step = 0; step < 150; step += 1) {
      const orderId = `ord_${seed}_${random(12)}`;
      const actions = [reserve, reserve, reserve, commit, commit, restock, release, expire, adjust];
      await actions[random(actions.length)]!(orderId);
      const stocks = await readStocks(catalog.db);
      for (const id of ids)
        expect(stocks[id], `step ${step}`).toEqual([shop.onHand.get(id), reservedOf(shop, id)]);
    }
    expect(await findStockFaults(catalog.db)).toEqual([]);
  },
);
