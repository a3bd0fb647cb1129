import { openDatabase } from '@commerce/kit/postgres';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createStockStore, type StockStore } from '../src/data/stock-store.ts';
import { admin, type CatalogFixture, openCatalog } from './catalog-fixture.ts';
import { insertCategories, insertProducts, productRow } from './samples.ts';
import { expireHolds, findStockFaults, readStocks } from './stock-fixture.ts';

const HOLD_SECONDS = 900;

let catalog: CatalogFixture;
let stock: StockStore;
beforeAll(async () => {
  catalog = await openCatalog();
  // The real pool, its lock and statement timeouts included.
  const database = openDatabase({ url: catalog.url, applicationName: 'test', poolSize: 10 });
  stock = createStockStore(database.db);
  return async () => await database.close();
});
afterAll(async () => await catalog.close());
beforeEach(async () => {
  await catalog.reset();
  await insertCategories(catalog.db);
  return async () => {
    expect(await findStockFaults(catalog.db)).toEqual([]);
  };
});

function reserve(orderId: string, ...lines: [productId: string, quantity: number][]) {
  return stock.reserve({
    orderId,
    lines: lines.map(([productId, quantity]) => ({ productId, quantity })),
    holdSeconds: HOLD_SECONDS,
  });
}

function tally(results: { outcome: string }[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { outcome } of results) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}

describe('parallel reservations', () => {
  it('of 100 orders for 10 pieces are held exactly 10 times', async () => {
    await insertProducts(catalog.db, [productRow('prod_a', { onHand: 10 })]);
    const results = await Promise.all(
      Array.from({ length: 100 }, (_, index) => reserve(`ord_${index}`, ['prod_a', 1])),
    );
    expect(tally(results)).toEqual({ held: 10, short: 90 });
    expect(await readStocks(catalog.db)).toEqual({ prod_a: [10, 10] });
  });

  it('of carts whose lines stand in opposite order never deadlock', async () => {
    await insertProducts(
      catalog.db,
      ['a', 'b', 'c', 'd'].map((name) => productRow(`prod_${name}`, { onHand: 1_000 })),
    );
    const ids = ['prod_a', 'prod_b', 'prod_c', 'prod_d'];
    for (let round = 0; round < 15; round += 1) {
      const results = await Promise.all(
        Array.from({ length: 20 }, async (_, index) => {
          const orderId = `ord_${round}_${index}`;
          const order = index % 2 === 0 ? ids : ids.toReversed();
          const held = await reserve(orderId, ...order.map((id): [string, number] => [id, 1]));
          if (index % 4 === 0) await stock.commit(orderId);
          if (index % 4 === 1) await stock.release(orderId);
          return held;
        }),
      );
      expect(tally(results)).toEqual({ held: 20 });
    }
    expect(await readStocks(catalog.db)).toMatchObject({ prod_a: [925, 150], prod_d: [925, 150] });
  });

  it('of one order with the same lines hold them once', async () => {
    await insertProducts(catalog.db, [productRow('prod_a', { onHand: 100 }), productRow('prod_b')]);
    const results = await Promise.all(
      Array.from({ length: 30 }, () => reserve('ord_1', ['prod_a', 3], ['prod_b', 2])),
    );
    expect(tally(results)).toEqual({ held: 30 });
    expect(await readStocks(catalog.db)).toEqual({ prod_a: [100, 3], prod_b: [10, 2] });
  });

  it('of one order with other lines let one win', async () => {
    await insertProducts(catalog.db, [productRow('prod_a', { onHand: 100 })]);
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, index) => reserve('ord_1', ['prod_a', 1 + (index % 2)])),
    );
    expect(tally(results)).toEqual({ held: 10, other_lines: 10 });
  });
});

describe('parallel endings of one order', () => {
  it('commit once', async () => {
    await insertProducts(catalog.db, [productRow('prod_a', { onHand: 10 })]);
    await reserve('ord_1', ['prod_a', 4]);
    const results = await Promise.all(Array.from({ length: 20 }, () => stock.commit('ord_1')));
    expect(tally(results)).toEqual({ committed: 20 });
    expect(await readStocks(catalog.db)).toEqual({ prod_a: [6, 0] });
  });

  it('release once, and leave nothing behind whichever of reserve, commit and release comes first', async () => {
    await insertProducts(catalog.db, [productRow('prod_a', { onHand: 100 }), productRow('prod_b')]);
    for (let round = 0; round < 20; round += 1) {
      const orderId = `ord_${round}`;
      await Promise.all([
        reserve(orderId, ['prod_b', 1], ['prod_a', 2]),
        stock.release(orderId),
        stock.commit(orderId),
        reserve(orderId, ['prod_a', 2], ['prod_b', 1]),
        stock.release(orderId),
      ]);
      expect(await readStocks(catalog.db)).toEqual({ prod_a: [100, 0], prod_b: [10, 0] });
    }
  });
});

describe('everything at once', () => {
  it('keeps stock, holds and ledger agreeing, and nobody waits in a circle', async () => {
    const ids = Array.from({ length: 6 }, (_, index) => `prod_${index}`);
    await insertProducts(
      catalog.db,
      ids.map((id) => productRow(id, { onHand: 40 })),
    );
    let isDone = false;
    const sweeper = (async () => {
      while (!isDone) await stock.expireReservations(20);
    })();
    const renamer = (async () => {
      for (let name = 0; !isDone; name += 1) {
        const { codes } = await catalog.run(
          'mutation ($name: String) { updateCategory(input: { categoryId: "cat_books", name: $name }) { category { name } } }',
          { name: `Books ${name}` },
          admin,
        );
        expect(codes).toEqual([]);
      }
    })();
    const shopper = async (number: number) => {
      for (let turn = 0; turn < 12; turn += 1) {
        const orderId = `ord_${number}_${turn}`;
        const lines = [0, 1, 2].map((step): [string, number] => [
          ids[(number + turn + step * (1 + (number % 2))) % ids.length]!,
          1 + ((number + turn) % 3),
        ]);
        await reserve(orderId, ...new Map(lines));
        if (turn % 4 === 0) await expireHolds(catalog.db, orderId);
        if (turn % 3 === 0) await stock.commit(orderId);
        if (turn % 3 === 1) await stock.release(orderId);
        if (turn % 5 === 0) {
          const productId = ids[turn % ids.length]!;
          await stock.adjust({ productId, onHand: null, delta: 2, maxOnHand: 1_000, note: null });
        }
      }
    };
    try {
      await Promise.all(Array.from({ length: 12 }, (_, number) => shopper(number)));
    } finally {
      isDone = true;
      await Promise.all([sweeper, renamer]);
    }
  });
});
