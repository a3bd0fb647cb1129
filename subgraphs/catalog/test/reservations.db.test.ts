import { asc, eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createStockStore } from '../src/data/stock-store.ts';
import { products, stockReservations } from '../src/data/tables.ts';
import { admin, anonymous, type CatalogFixture, customer, openCatalog, service } from './catalog-fixture.ts';
import { insertCategories, insertProducts, productRow } from './samples.ts';
import { expireHolds, findStockFaults, readLedger, readStocks } from './stock-fixture.ts';

let catalog: CatalogFixture;
beforeAll(async () => {
  catalog = await openCatalog();
});
afterAll(async () => await catalog.close());
beforeEach(async () => {
  await catalog.reset();
  await insertCategories(catalog.db);
  await insertProducts(catalog.db, [
    productRow('prod_a', { onHand: 10 }),
    productRow('prod_b', { onHand: 3 }),
    productRow('prod_off', { isActive: false }),
  ]);
  return async () => {
    expect(await findStockFaults(catalog.db)).toEqual([]);
  };
});

type Lines = [productId: string, quantity: number][];

async function reserve(orderId: string, lines: Lines, viewer = service) {
  const { data, codes, errors } = await catalog.run(
    'mutation ($input: ReserveStockInput!) { reserveStock(input: $input) { orderId status expiresAt } }',
    { input: { orderId, lines: lines.map(([productId, quantity]) => ({ productId, quantity })) } },
    viewer,
  );
  return { ...data?.reserveStock, codes, details: errors[0]?.extensions?.details };
}

async function settle(mutation: 'commitStock' | 'releaseStock', orderId: string, viewer = service) {
  const { data, codes, errors } = await catalog.run(
    `mutation ($input: StockOrderInput!) { ${mutation}(input: $input) { orderId status expiresAt } }`,
    { input: { orderId } },
    viewer,
  );
  return { ...data?.[mutation], codes, details: errors[0]?.extensions?.details };
}
const commit = (orderId: string) => settle('commitStock', orderId);
const release = (orderId: string) => settle('releaseStock', orderId);

describe('reserveStock', () => {
  it('holds all lines for 15 minutes by the database clock', async () => {
    const answer = await reserve('ord_1', [
      ['prod_b', 3],
      ['prod_a', 2],
    ]);
    expect(answer).toMatchObject({ codes: [], orderId: 'ord_1', status: 'HELD' });
    expect(await readStocks(catalog.db)).toMatchObject({ prod_a: [10, 2], prod_b: [3, 3] });
    const [row] = await catalog.db
      .select({ left: sql`extract(epoch from expires_at - clock_timestamp())`.mapWith(Number) })
      .from(stockReservations)
      .where(eq(stockReservations.orderId, 'ord_1'));
    expect(row?.left).toBeGreaterThan(880);
    expect(row?.left).toBeLessThanOrEqual(900.001);
    expect(await readLedger(catalog.db, 'prod_b')).toEqual(['initial 3/0 -> 3/0', 'reservation 0/3 -> 3/3']);
  });

  it('shows at once in the inventory', async () => {
    const inventory = async () =>
      (await catalog.run('{ product(productId: "prod_a") { inventory inStock } }')).data.product;
    expect(await inventory()).toEqual({ inventory: 10, inStock: true });
    await reserve('ord_1', [['prod_a', 10]]);
    expect(await inventory()).toEqual({ inventory: 0, inStock: false });
  });

  it('again for the same order and lines, in any order, changes nothing', async () => {
    const lines: Lines = [
      ['prod_a', 2],
      ['prod_b', 1],
    ];
    const first = await reserve('ord_1', lines);
    expect(await reserve('ord_1', lines.toReversed())).toEqual(first);
    expect(await readStocks(catalog.db)).toMatchObject({ prod_a: [10, 2], prod_b: [3, 1] });
    expect(await readLedger(catalog.db, 'prod_a')).toHaveLength(2);
  });

  it.each([
    ['another quantity', [['prod_a', 3]]],
    [
      'one more product',
      [
        ['prod_a', 2],
        ['prod_b', 1],
      ],
    ],
    ['another product', [['prod_b', 2]]],
  ] as [string, Lines][])('again with %s is BUS_002', async (_, lines) => {
    await reserve('ord_1', [['prod_a', 2]]);
    expect((await reserve('ord_1', lines)).codes).toEqual(['BUS_002']);
    expect(await readStocks(catalog.db)).toMatchObject({ prod_a: [10, 2], prod_b: [3, 0] });
  });

  it('holds nothing where one line is short', async () => {
    const answer = await reserve('ord_1', [
      ['prod_a', 2],
      ['prod_b', 4],
    ]);
    expect(answer).toMatchObject({
      codes: ['BUS_001'],
      details: { productId: 'prod_b', requested: 4, available: 3 },
    });
    expect(await readStocks(catalog.db)).toMatchObject({ prod_a: [10, 0], prod_b: [3, 0] });
    // The order is free to try again.
    expect((await reserve('ord_1', [['prod_a', 2]])).codes).toEqual([]);
  });

  it.each([
    [
      'RES_001',
      [
        ['prod_none', 1],
        ['prod_a', 99],
      ],
    ],
    ['RES_001', [["x' or 1=1", 1]]],
    ['BUS_002', [['prod_off', 1]]],
    ['BUS_001', [['prod_a', 11]]],
    ['VAL_001', []],
    ['VAL_001', [['prod_a', 0]]],
    ['VAL_001', [['prod_a', 1000]]],
    [
      'VAL_001',
      [
        ['prod_a', 1],
        ['prod_a', 1],
      ],
    ],
    ['VAL_001', Array.from({ length: 101 }, (_, index) => [`prod_${index}`, 1])],
  ] as [string, Lines][])('is refused with %s: %j', async (code, lines) => {
    expect((await reserve('ord_1', lines)).codes).toEqual([code]);
    expect(await readStocks(catalog.db)).toMatchObject({ prod_a: [10, 0], prod_b: [3, 0] });
  });

  it('refuses order ids that no column holds', async () => {
    expect((await reserve('x'.repeat(51), [['prod_a', 1]])).codes).toEqual(['VAL_001']);
    expect((await reserve('ord\0', [['prod_a', 1]])).codes).toEqual(['VAL_001']);
  });
});

describe('commitStock', () => {
  it('takes the pieces out of the stock, once', async () => {
    await reserve('ord_1', [['prod_a', 4]]);
    expect(await commit('ord_1')).toMatchObject({ codes: [], status: 'COMMITTED', expiresAt: null });
    expect(await commit('ord_1')).toMatchObject({ codes: [], status: 'COMMITTED' });
    expect(await readStocks(catalog.db)).toMatchObject({ prod_a: [6, 0] });
    expect((await readLedger(catalog.db, 'prod_a')).at(-1)).toBe('commitment -4/-4 -> 6/0');
    // A reserve whose answer got lost comes again.
    expect(await reserve('ord_1', [['prod_a', 4]])).toMatchObject({ codes: [], status: 'COMMITTED' });
    expect(await readStocks(catalog.db)).toMatchObject({ prod_a: [6, 0] });
  });

  it('is RES_001 for an order that reserved nothing', async () => {
    expect((await commit('ord_none')).codes).toEqual(['RES_001']);
  });

  it('commits also what went off sale meanwhile', async () => {
    await reserve('ord_1', [['prod_a', 4]]);
    await catalog.db.update(products).set({ isActive: false }).where(eq(products.productId, 'prod_a'));
    expect((await commit('ord_1')).codes).toEqual([]);
  });

  it('commits a hold past its time that nobody has swept', async () => {
    await reserve('ord_1', [['prod_a', 4]]);
    await expireHolds(catalog.db, 'ord_1');
    expect(await commit('ord_1')).toMatchObject({ codes: [], status: 'COMMITTED' });
    expect(await createStockStore(catalog.db).expireReservations(100)).toEqual({ released: 0, skipped: 0 });
  });

  it('takes an expired hold anew where enough is left', async () => {
    await reserve('ord_1', [
      ['prod_a', 4],
      ['prod_b', 3],
    ]);
    await expireHolds(catalog.db, 'ord_1');
    await createStockStore(catalog.db).expireReservations(100);
    expect(await readStocks(catalog.db)).toMatchObject({ prod_a: [10, 0], prod_b: [3, 0] });
    expect(await commit('ord_1')).toMatchObject({ codes: [], status: 'COMMITTED' });
    expect(await readStocks(catalog.db)).toMatchObject({ prod_a: [6, 0], prod_b: [0, 0] });
    expect((await readLedger(catalog.db, 'prod_a')).at(-1)).toBe('commitment -4/0 -> 6/0');
  });

  it('is BUS_001 where an expired hold cannot be had any more, and takes nothing', async () => {
    await reserve('ord_1', [
      ['prod_a', 4],
      ['prod_b', 3],
    ]);
    await expireHolds(catalog.db, 'ord_1');
    await createStockStore(catalog.db).expireReservations(100);
    await reserve('ord_2', [['prod_b', 1]]);
    expect(await commit('ord_1')).toMatchObject({
      codes: ['BUS_001'],
      details: { productId: 'prod_b', requested: 3, available: 2 },
    });
    expect(await readStocks(catalog.db)).toMatchObject({ prod_a: [10, 0], prod_b: [3, 1] });
  });

  it('commits an order whose lines have expired in part', async () => {
    await reserve('ord_1', [
      ['prod_a', 4],
      ['prod_b', 3],
    ]);
    await expireHolds(catalog.db, 'ord_1');
    await createStockStore(catalog.db).expireReservations(1);
    expect((await commit('ord_1')).codes).toEqual([]);
    expect(await readStocks(catalog.db)).toMatchObject({ prod_a: [6, 0], prod_b: [0, 0] });
  });
});

describe('releaseStock', () => {
  it('gives up what is held, once', async () => {
    await reserve('ord_1', [['prod_a', 4]]);
    expect(await release('ord_1')).toMatchObject({ codes: [], status: 'RELEASED', expiresAt: null });
    expect(await release('ord_1')).toMatchObject({ codes: [], status: 'RELEASED' });
    expect(await readStocks(catalog.db)).toMatchObject({ prod_a: [10, 0] });
    expect(await readLedger(catalog.db, 'prod_a')).toEqual([
      'initial 10/0 -> 10/0',
      'reservation 0/4 -> 10/4',
      'release 0/-4 -> 10/0',
    ]);
  });

  it('returns what was committed, once', async () => {
    await reserve('ord_1', [['prod_a', 4]]);
    await commit('ord_1');
    await release('ord_1');
    await release('ord_1');
    expect(await readStocks(catalog.db)).toMatchObject({ prod_a: [10, 0] });
    expect((await readLedger(catalog.db, 'prod_a')).at(-1)).toBe('return 4/0 -> 10/0');
  });

  it('bars the order from reserving and committing, whatever it held before', async () => {
    await release('ord_never');
    await reserve('ord_held', [['prod_a', 1]]);
    await release('ord_held');
    for (const orderId of ['ord_never', 'ord_held']) {
      expect((await reserve(orderId, [['prod_a', 1]])).codes).toEqual(['BUS_002']);
      expect((await commit(orderId)).codes).toEqual(['BUS_002']);
    }
    expect(await readStocks(catalog.db)).toMatchObject({ prod_a: [10, 0] });
  });

  it('gives back nothing twice for an expired hold', async () => {
    await reserve('ord_1', [['prod_a', 4]]);
    await expireHolds(catalog.db, 'ord_1');
    await createStockStore(catalog.db).expireReservations(100);
    await release('ord_1');
    expect(await readStocks(catalog.db)).toMatchObject({ prod_a: [10, 0] });
  });
});

describe('expiry', () => {
  it('releases what is past its time and nothing else', async () => {
    await reserve('ord_1', [['prod_a', 4]]);
    await reserve('ord_2', [['prod_a', 5]]);
    await expireHolds(catalog.db, 'ord_1');
    const stock = createStockStore(catalog.db);
    expect(await stock.expireReservations(100)).toEqual({ released: 1, skipped: 0 });
    expect(await stock.expireReservations(100)).toEqual({ released: 0, skipped: 0 });
    expect(await readStocks(catalog.db)).toMatchObject({ prod_a: [10, 5] });
  });

  it('releases no more than it is told to', async () => {
    for (const order of ['ord_1', 'ord_2', 'ord_3']) {
      await reserve(order, [['prod_a', 1]]);
      await expireHolds(catalog.db, order);
    }
    expect(await createStockStore(catalog.db).expireReservations(2)).toEqual({ released: 2, skipped: 0 });
    expect(await readStocks(catalog.db)).toMatchObject({ prod_a: [10, 1] });
  });

  it('releases many holds of one product, an entry of the ledger each', async () => {
    for (const [index, order] of ['ord_1', 'ord_2', 'ord_3'].entries()) {
      await reserve(order, [['prod_a', index + 1]]);
      await expireHolds(catalog.db, order);
    }
    expect(await createStockStore(catalog.db).expireReservations(100)).toEqual({ released: 3, skipped: 0 });
    expect((await readLedger(catalog.db, 'prod_a')).slice(-3)).toEqual([
      'release 0/-1 -> 10/5',
      'release 0/-2 -> 10/3',
      'release 0/-3 -> 10/0',
    ]);
  });

  it('lets the same order hold anew', async () => {
    await reserve('ord_1', [
      ['prod_a', 4],
      ['prod_b', 1],
    ]);
    await expireHolds(catalog.db, 'ord_1');
    await createStockStore(catalog.db).expireReservations(1);
    const { codes, status, expiresAt } = await reserve('ord_1', [
      ['prod_a', 4],
      ['prod_b', 1],
    ]);
    expect({ codes, status }).toEqual({ codes: [], status: 'HELD' });
    expect(new Date(expiresAt).getTime()).toBeGreaterThan(Date.now() + 800_000);
    expect(await readStocks(catalog.db)).toMatchObject({ prod_a: [10, 4], prod_b: [3, 1] });
  });

  it('makes a hold past its time last again where the order asks again', async () => {
    await reserve('ord_1', [['prod_a', 4]]);
    await expireHolds(catalog.db, 'ord_1');
    expect((await reserve('ord_1', [['prod_a', 4]])).codes).toEqual([]);
    expect(await createStockStore(catalog.db).expireReservations(100)).toEqual({ released: 0, skipped: 0 });
    expect(await readLedger(catalog.db, 'prod_a')).toHaveLength(2);
  });

  it('waits for no change of a category either', async () => {
    for (const order of ['ord_1', 'ord_2']) {
      await reserve(order, [['prod_a', 1]]);
      await expireHolds(catalog.db, order);
    }
    await catalog.db.transaction(async (other) => {
      await other.execute(sql`select update_category('cat_electronics', '{"slug": "other"}')`);
      await other.execute(sql`select 1 from categories for update`);
      expect(await createStockStore(catalog.db).expireReservations(100)).toEqual({ released: 2, skipped: 0 });
    });
  });

  it('waits for nobody, and nobody for it', async () => {
    await reserve('ord_1', [
      ['prod_a', 1],
      ['prod_b', 1],
    ]);
    await expireHolds(catalog.db, 'ord_1');
    const stock = createStockStore(catalog.db);
    await catalog.db.transaction(async (other) => {
      await other.execute(sql`select 1 from products where product_id = 'prod_a' for update`);
      expect(await stock.expireReservations(100)).toEqual({ released: 1, skipped: 1 });
      const blocked = await reserve('ord_2', [['prod_b', 3]]);
      expect(blocked.codes).toEqual([]);
    });
    expect(await stock.expireReservations(100)).toEqual({ released: 1, skipped: 0 });
    const rows = await catalog.db
      .select({ status: stockReservations.status })
      .from(stockReservations)
      .orderBy(asc(stockReservations.orderId));
    expect(rows.map((row) => row.status)).toEqual(['released', 'released', 'held']);
  });
});

describe('strangers', () => {
  it.each([customer, admin, anonymous])('may not touch the stock of orders: %j', async (viewer) => {
    expect((await reserve('ord_1', [['prod_a', 1]], viewer)).codes).toEqual(['AUTH_004']);
    expect((await settle('commitStock', 'ord_1', viewer)).codes).toEqual(['AUTH_004']);
    expect((await settle('releaseStock', 'ord_1', viewer)).codes).toEqual(['AUTH_004']);
    const offers = await catalog.run('{ productOffers(productIds: ["prod_a"]) { inventory } }', {}, viewer);
    expect(offers.codes).toEqual(['AUTH_004']);
  });
});
