import { openDatabase } from '@commerce/kit/postgres';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createStockStore, type StockStore } from '../src/data/stock-store.ts';
import { admin, anonymous, type CatalogFixture, customer, openCatalog, service } from './catalog-fixture.ts';
import { insertCategories, insertProducts, productRow } from './samples.ts';
import { expireHolds, findStockFaults, readLedger, readStocks } from './stock-fixture.ts';

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
  await insertProducts(catalog.db, [
    productRow('prod_a', { onHand: 10 }),
    productRow('prod_b', { onHand: 3 }),
    productRow('prod_c', { onHand: 5 }),
  ]);
  return async () => {
    expect(await findStockFaults(catalog.db)).toEqual([]);
  };
});

type Line = [productId: string, quantity: number];
const linesOf = (lines: Line[]) => lines.map(([productId, quantity]) => ({ productId, quantity }));

async function commit(orderId: string, ...lines: Line[]): Promise<void> {
  await stock.reserve({ orderId, lines: linesOf(lines), holdSeconds: 900 });
  await stock.commit(orderId);
}

async function restock(orderId: string, restockId: string, lines: Line[], viewer = service) {
  const { data, codes, errors } = await catalog.run(
    'mutation ($input: RestockOrderInput!) { restockOrder(input: $input) { orderId status expiresAt } }',
    { input: { orderId, restockId, lines: linesOf(lines) } },
    viewer,
  );
  return { ...data?.restockOrder, codes, details: errors[0]?.extensions?.details };
}

describe('restockOrder', () => {
  it('puts pieces back into the stock, and writes them into the ledger', async () => {
    await commit('ord_1', ['prod_a', 4], ['prod_b', 2]);
    expect(await restock('ord_1', 'ref_1', [['prod_a', 3]])).toMatchObject({
      codes: [],
      orderId: 'ord_1',
      status: 'COMMITTED',
      expiresAt: null,
    });
    expect(await readStocks(catalog.db)).toMatchObject({ prod_a: [9, 0], prod_b: [1, 0] });
    expect((await readLedger(catalog.db, 'prod_a')).at(-1)).toBe('return 3/0 -> 9/0');
    await restock('ord_1', 'ref_2', [
      ['prod_b', 2],
      ['prod_a', 1],
    ]);
    expect(await readStocks(catalog.db)).toMatchObject({ prod_a: [10, 0], prod_b: [3, 0] });
  });

  it('again under the same id changes nothing', async () => {
    await commit('ord_1', ['prod_a', 4], ['prod_b', 2]);
    const lines: Line[] = [
      ['prod_a', 4],
      ['prod_b', 1],
    ];
    const first = await restock('ord_1', 'ref_1', lines);
    expect(await restock('ord_1', 'ref_1', lines.toReversed())).toEqual(first);
    expect(await readStocks(catalog.db)).toMatchObject({ prod_a: [10, 0], prod_b: [2, 0] });
  });

  it('is BUS_002 with other lines under the same id, but ids of other orders are others', async () => {
    await commit('ord_1', ['prod_a', 4]);
    await commit('ord_2', ['prod_a', 2]);
    await restock('ord_1', 'ref_1', [['prod_a', 1]]);
    expect((await restock('ord_1', 'ref_1', [['prod_a', 2]])).codes).toEqual(['BUS_002']);
    expect((await restock('ord_2', 'ref_1', [['prod_a', 2]])).codes).toEqual([]);
    expect(await readStocks(catalog.db)).toMatchObject({ prod_a: [7, 0] });
  });

  it('is BUS_002 for more pieces than are left of what was committed, and returns nothing', async () => {
    await commit('ord_1', ['prod_a', 4], ['prod_b', 2]);
    await restock('ord_1', 'ref_1', [['prod_a', 3]]);
    expect(
      await restock('ord_1', 'ref_2', [
        ['prod_b', 1],
        ['prod_a', 2],
      ]),
    ).toMatchObject({
      codes: ['BUS_002'],
      details: { productId: 'prod_a', requested: 2, available: 1 },
    });
    expect(await restock('ord_1', 'ref_2', [['prod_c', 1]])).toMatchObject({
      codes: ['BUS_002'],
      details: { productId: 'prod_c', requested: 1, available: 0 },
    });
    expect(await readStocks(catalog.db)).toMatchObject({ prod_a: [9, 0], prod_b: [1, 0], prod_c: [5, 0] });
  });

  it('is RES_001 for an order that committed nothing', async () => {
    await stock.reserve({ orderId: 'ord_held', lines: linesOf([['prod_a', 1]]), holdSeconds: 900 });
    await stock.reserve({ orderId: 'ord_expired', lines: linesOf([['prod_a', 1]]), holdSeconds: 900 });
    await expireHolds(catalog.db, 'ord_expired');
    await stock.expireReservations(100);
    for (const orderId of ['ord_none', 'ord_held', 'ord_expired'])
      expect((await restock(orderId, 'ref_1', [['prod_a', 1]])).codes, orderId).toEqual(['RES_001']);
    expect(await readStocks(catalog.db)).toMatchObject({ prod_a: [10, 1] });
  });

  it('is harmless after the order was released, and a release returns only the rest', async () => {
    await commit('ord_1', ['prod_a', 4], ['prod_b', 2]);
    await restock('ord_1', 'ref_1', [
      ['prod_a', 1],
      ['prod_b', 2],
    ]);
    await stock.release('ord_1');
    expect((await readLedger(catalog.db, 'prod_a')).at(-1)).toBe('return 3/0 -> 10/0');
    for (const restockId of ['ref_1', 'ref_2'])
      expect(await restock('ord_1', restockId, [['prod_a', 2]])).toMatchObject({
        codes: [],
        status: 'RELEASED',
      });
    expect(await readStocks(catalog.db)).toMatchObject({ prod_a: [10, 0], prod_b: [3, 0] });
  });

  it('leaves the order committed: commit and reserve again change nothing', async () => {
    await commit('ord_1', ['prod_a', 4]);
    await restock('ord_1', 'ref_1', [['prod_a', 4]]);
    await commit('ord_1', ['prod_a', 4]);
    expect(await readStocks(catalog.db)).toMatchObject({ prod_a: [10, 0] });
  });

  it.each([
    ['no lines', { lines: [] }],
    ['no pieces', { lines: linesOf([['prod_a', 0]]) }],
    [
      'a product twice',
      {
        lines: linesOf([
          ['prod_a', 1],
          ['prod_a', 1],
        ]),
      },
    ],
    ['an id that no column holds', { restockId: 'x'.repeat(51) }],
  ])('is VAL_001 for %s', async (_, changes) => {
    await commit('ord_1', ['prod_a', 4]);
    const input = { orderId: 'ord_1', restockId: 'ref_1', lines: linesOf([['prod_a', 1]]), ...changes };
    const { codes } = await catalog.run(
      'mutation ($input: RestockOrderInput!) { restockOrder(input: $input) { status } }',
      { input },
      service,
    );
    expect(codes).toEqual(['VAL_001']);
    expect(await readStocks(catalog.db)).toMatchObject({ prod_a: [6, 0] });
  });

  it.each([customer, admin, anonymous])('is not for %j', async (viewer) => {
    await commit('ord_1', ['prod_a', 4]);
    expect((await restock('ord_1', 'ref_1', [['prod_a', 1]], viewer)).codes).toEqual(['AUTH_004']);
  });
});

describe('restocks and a release at once', () => {
  it('return every piece once, whichever comes first', async () => {
    for (let round = 0; round < 20; round += 1) {
      const orderId = `ord_${round}`;
      await commit(orderId, ['prod_a', 4], ['prod_b', 2]);
      const first = {
        orderId,
        restockId: 'ref_1',
        lines: linesOf([
          ['prod_b', 1],
          ['prod_a', 3],
        ]),
      };
      const second = {
        orderId,
        restockId: 'ref_2',
        lines: linesOf([
          ['prod_a', 2],
          ['prod_b', 1],
        ]),
      };
      const calls = [
        () => stock.restock(first),
        () => stock.restock(first),
        () => stock.restock(second),
        () => stock.release(orderId),
        () => stock.restock(second),
        () => stock.release(orderId),
      ];
      const rotated = [...calls.slice(round % calls.length), ...calls.slice(0, round % calls.length)];
      await Promise.all(rotated.map((call) => call()));
      expect(await readStocks(catalog.db)).toMatchObject({ prod_a: [10, 0], prod_b: [3, 0] });
    }
  });

  it('of one order return no more than it committed', async () => {
    for (let round = 0; round < 20; round += 1) {
      const orderId = `ord_${round}`;
      await commit(orderId, ['prod_a', 4]);
      const results = await Promise.all(
        Array.from({ length: 8 }, (_, index) =>
          stock.restock({ orderId, restockId: `ref_${index % 4}`, lines: linesOf([['prod_a', 2]]) }),
        ),
      );
      const returned = results.filter(({ outcome }) => outcome === 'returned');
      // Two ids win, and each is asked for twice.
      expect(returned).toHaveLength(4);
      expect(await readStocks(catalog.db)).toMatchObject({ prod_a: [10, 0] });
    }
  });
});

describe('what was released long ago', () => {
  const age = async (orderId: string, days: number) =>
    await catalog.db.execute(sql`
      update stock_releases set released_at = now() - make_interval(days => ${days}) where order_id = ${orderId}`);
  const knownOrders = async () => {
    const rows = await catalog.db.execute(sql`
      select order_id from stock_releases union select order_id from stock_reservations order by 1`);
    return rows.map((row) => row.order_id);
  };

  it('is forgotten in bounded batches, and nothing else', async () => {
    for (const orderId of ['ord_1', 'ord_2', 'ord_3', 'ord_young']) {
      await commit(orderId, ['prod_a', 2]);
      await restock(orderId, 'ref_1', [['prod_a', 1]]);
      await stock.release(orderId);
    }
    await commit('ord_kept', ['prod_a', 2]);
    await restock('ord_kept', 'ref_1', [['prod_a', 1]]);
    await stock.reserve({ orderId: 'ord_held', lines: linesOf([['prod_a', 1]]), holdSeconds: 900 });
    for (const orderId of ['ord_1', 'ord_2', 'ord_3']) await age(orderId, 31);
    await age('ord_young', 29);
    expect(await stock.pruneReleased(30, 2)).toBe(2);
    expect(await stock.pruneReleased(30, 2)).toBe(1);
    expect(await stock.pruneReleased(30, 2)).toBe(0);
    expect(await knownOrders()).toEqual(['ord_held', 'ord_kept', 'ord_young']);
    expect(await readStocks(catalog.db)).toMatchObject({ prod_a: [9, 1] });
  });

  it('waits while somebody has the order under way', async () => {
    await stock.release('ord_1');
    await age('ord_1', 31);
    await catalog.db.transaction(async (other) => {
      await other.execute(sql`select lock_order_stock('ord_1')`);
      expect(await stock.pruneReleased(30, 10)).toBe(0);
    });
    expect(await stock.pruneReleased(30, 10)).toBe(1);
  });
});
